import type { Db } from '../../database/index.ts';
import { type Currency, type Decimal, type Rejection, shownText } from '../../events/index.ts';
import { Unavailable } from '../../platform/index.ts';

export interface ChargeRequest {
  /** The provider charges at most once for a key, however often it is asked. */
  readonly idempotencyKey: string;
  readonly orderId: string;
  readonly amount: Decimal;
  readonly currency: Currency;
  readonly paymentMethod: string;
}

/** What the customer's client needs to go on: where to send the customer, or what to hand to the provider's own library. */
export type NextAction =
  | { readonly type: 'Redirect'; readonly url: string }
  | { readonly type: 'Confirm'; readonly clientSecret: string };

/** How a charge stands. The first two are final: they never change. */
export type ChargeResult =
  | { readonly type: 'Succeeded'; readonly paymentId: string }
  | { readonly type: 'Declined'; readonly message: string }
  | { readonly type: 'Pending' }
  | { readonly type: 'ActionRequired'; readonly nextAction: NextAction };

export interface RefundRequest {
  readonly idempotencyKey: string;
  readonly paymentId: string;
  readonly amount: Decimal;
  readonly currency: Currency;
}

/**
 * Whoever charges the customer: the port that each payment provider's adapter implements. Every function @throws
 * {ProviderUnreachable} when it is not known what the provider has done.
 */
export interface PaymentProvider {
  /** Whether the provider knows this payment method. */
  readonly accepts: (paymentMethod: string) => Promise<boolean>;
  /** Asked again under a key it charges nothing more. */
  readonly charge: (request: ChargeRequest) => Promise<ChargeResult>;
  /** How a charge stands now that was not final. */
  readonly status: (idempotencyKey: string) => Promise<ChargeResult>;
  /** Gives up a charge that was not final: declined from now on, unless it came to an end before. */
  readonly cancel: (idempotencyKey: string) => Promise<ChargeResult>;
  /** Gives a payment back, once. */
  readonly refund: (request: RefundRequest) => Promise<void>;
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

/** What is wrong with a payment method that was handed in; null when nothing is. @throws {Unavailable} */
export const methodProblem = async (
  provider: Pick<PaymentProvider, 'accepts'>,
  paymentMethod: string | null,
): Promise<Rejection | null> => {
  if (paymentMethod === null || (await askNow(provider.accepts(paymentMethod)))) return null;
  return { code: 'INVALID_INPUT', message: `The payment provider knows no method ${shownText(paymentMethod)}.` };
};
