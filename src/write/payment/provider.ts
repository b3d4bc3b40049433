import type { Db } from '../../database/index.ts';
import { type Currency, type Decimal, isWord, type JsonObject, type Rejection } from '../../events/index.ts';
import { err, type Logger, ok, type Result, type StripeSettings, Unavailable } from '../../platform/index.ts';
import { withoutReference } from './without-reference.ts';

export interface ChargeRequest {
  /** The provider charges at most once for a key, however often it is asked. */
  readonly idempotencyKey: string;
  readonly orderId: string;
  readonly amount: Decimal;
  readonly currency: Currency;
  /** The reference that the customer's client was given by the provider. */
  readonly paymentMethod: string;
}

/** What was to be charged: whoever gives a charge up need not know whether it was asked for. */
export type CancelRequest = Omit<ChargeRequest, 'paymentMethod'>;

/** How a customer pays. */
export interface PaymentMethod {
  /** Whoever has it may charge the customer: it stands in no event, log or error (ADR-051). */
  readonly reference: string;
  /** What may be told of it: a word of capitals, such as CARD. */
  readonly kind: string;
}

/** What the customer's client needs to go on: where to send the customer, or what to hand to the provider's own library. */
export type NextAction =
  | { readonly type: 'Redirect'; readonly url: string }
  | { readonly type: 'Confirm'; readonly clientSecret: string };

/** How a charge stands. The first two are final: they never change. */
export type ChargeResult =
  | {
      readonly type: 'Succeeded';
      readonly paymentId: string;
      /** Where it is not what was asked for. */
      readonly received?: { readonly amount: Decimal; readonly currency: Currency };
    }
  | { readonly type: 'Declined'; readonly message: string }
  | { readonly type: 'Pending' }
  | { readonly type: 'ActionRequired'; readonly nextAction: NextAction };

export interface RefundRequest {
  readonly idempotencyKey: string;
  /** Whose money it is: anybody on the streams may say that an order was paid by the payment of another. */
  readonly orderId: string;
  readonly paymentId: string;
  readonly amount: Decimal;
  readonly currency: Currency;
}

export type DisputeStatus = 'OPEN' | 'WON' | 'LOST' | 'CLOSED';

/** A customer has asked for a payment back at the bank, as it stands now. */
export interface Dispute {
  readonly disputeId: string;
  readonly paymentId: string;
  readonly amount: Decimal;
  readonly currency: Currency;
  /** A word of capitals, such as FRAUDULENT. */
  readonly reason: string;
  readonly status: DisputeStatus;
}

/** What a provider sent by itself, to the last byte, for its signature is over those. */
export interface Sent {
  readonly body: Buffer;
  readonly header: (name: string) => string | undefined;
}

export type Receipt = 'Taken' | 'NotSigned' | 'Unreadable';

/** What was found when a notice was looked into. */
export type Learned =
  | { readonly type: 'Charge'; readonly idempotencyKey: string; readonly result: ChargeResult }
  | { readonly type: 'Dispute'; readonly dispute: Dispute }
  | { readonly type: 'Nothing' };

/** The notices of a provider that calls back. They come late, twice, in any order and from anybody. */
export interface Notices {
  /** They are sent to `/webhooks/<name>`. */
  readonly name: string;
  /**
   * Taken: written down, once, and a task for whoever looks into it where it is of a payment of ours. The signature comes
   * first. @throws when it was not written down
   */
  readonly receive: (sent: Sent) => Promise<Receipt>;
  /** What has come of that which a notice was about: asked anew. @throws {ProviderUnreachable} */
  readonly look: (about: JsonObject) => Promise<Learned>;
}

/**
 * Whoever charges the customer: the port that each payment provider's adapter implements. Every function @throws
 * {ProviderUnreachable} when it is not known what the provider has done.
 */
export interface PaymentProvider {
  /** Of what kind the payment method is: a word of at most 30 capital letters; null when the provider does not know it. */
  readonly kindOf: (paymentMethod: string) => Promise<string | null>;
  /** Asked again under a key it charges nothing more. */
  readonly charge: (request: ChargeRequest) => Promise<ChargeResult>;
  /** How a charge stands now that was not final. */
  readonly status: (idempotencyKey: string) => Promise<ChargeResult>;
  /** Gives up a charge: declined from now on, also when nobody has asked for it yet, unless it came to an end before. */
  readonly cancel: (request: CancelRequest) => Promise<ChargeResult>;
  /** Gives a payment back, once; nothing where it was not charged for this order. */
  readonly refund: (request: RefundRequest) => Promise<void>;
  /** Of a provider that calls back by HTTP. */
  readonly notices?: Notices;
}

/**
 * Takes what a provider tells of a charge by itself: any number of times, also before `charge` returned, also in another
 * process than asked. @throws when it was not written down: tell it again, or be asked.
 */
export type Tell = (told: { readonly idempotencyKey: string; readonly result: ChargeResult }) => Promise<void>;

export interface ProviderParts {
  /** Of the `commands` service; for an adapter that keeps something. */
  readonly db: Db;
  readonly tell: Tell;
  readonly logger: Logger;
  readonly settings: ProviderSettings;
}

/** What the configuration says to each provider. */
export interface ProviderSettings {
  readonly stripe?: StripeSettings | undefined;
}

/** How an adapter is opened: what its one file exports. */
export type OpenProvider = (parts: ProviderParts) => PaymentProvider;

/** The provider did not answer; asking again with the same key is safe. */
export class ProviderUnreachable extends Error {
  override readonly name = 'ProviderUnreachable';
}

/** What the provider says while somebody waits for it. @throws {Unavailable} when it is unreachable */
export const askNow = async <T>(asked: Promise<T>): Promise<T> => {
  try {
    return await asked;
  } catch (error) {
    if (!(error instanceof ProviderUnreachable)) throw error;
    throw new Unavailable('The payment provider cannot be reached; nothing was done.', { cause: error });
  }
};

const UNKNOWN_METHOD: Rejection = {
  code: 'INVALID_INPUT',
  message: 'The payment provider knows no such paymentMethod: hand in the reference that it gave to your client.',
  path: ['paymentMethod'],
};

/** The payment method that was handed in. @throws {Unavailable} */
export const methodOf = async (
  provider: Pick<PaymentProvider, 'kindOf'>,
  reference: string,
): Promise<Result<PaymentMethod, Rejection>> => {
  const kind = await askNow(withoutReference(reference, () => provider.kindOf(reference)));
  if (kind === null) return err(UNKNOWN_METHOD);
  // An adapter that said more than the kind would say it in events, for ever.
  if (!isWord(kind)) throw new TypeError('The payment provider says a kind of payment method that is no word.');
  return ok({ reference, kind });
};
