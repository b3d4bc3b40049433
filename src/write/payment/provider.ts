import { type Currency, type Decimal, type Rejection, shownText } from '../../events/index.ts';

export interface ChargeRequest {
  /** The provider charges at most once for a key, however often it is asked. */
  readonly idempotencyKey: string;
  readonly orderId: string;
  readonly amount: Decimal;
  readonly currency: Currency;
  readonly paymentMethod: string;
}

export type ChargeResult =
  | { readonly type: 'Succeeded'; readonly paymentId: string }
  | { readonly type: 'Declined'; readonly message: string };

export interface RefundRequest {
  readonly idempotencyKey: string;
  readonly paymentId: string;
  readonly amount: Decimal;
  readonly currency: Currency;
}

/** Whoever charges the customer: the port that each payment provider's adapter implements. */
export interface PaymentProvider {
  /** Whether the provider knows this payment method. */
  readonly accepts: (paymentMethod: string) => boolean;
  /** @throws {ProviderUnreachable} when it is not known whether the provider has charged. */
  readonly charge: (request: ChargeRequest) => Promise<ChargeResult>;
  /** Gives a payment back, once. @throws {ProviderUnreachable} */
  readonly refund: (request: RefundRequest) => Promise<void>;
}

/** The provider did not answer; asking again with the same key is safe. */
export class ProviderUnreachable extends Error {
  override readonly name = 'ProviderUnreachable';
}

/** What is wrong with a payment method that was handed in; null when nothing is. */
export const methodProblem = (provider: PaymentProvider, paymentMethod: string | null): Rejection | null => {
  if (paymentMethod === null || provider.accepts(paymentMethod)) return null;
  return { code: 'INVALID_INPUT', message: `The payment provider knows no method ${shownText(paymentMethod)}.` };
};
