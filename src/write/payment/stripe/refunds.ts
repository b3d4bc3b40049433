import type { Stripe } from 'stripe';
import { ProviderUnreachable, type RefundRequest } from '../provider.ts';
import { toStripeAmount } from './amounts.ts';
import { type BookedCharge, keyFor } from './charge-book.ts';
import { KeySpent, Refused } from './line.ts';
import type { StripeParts } from './parts.ts';

const ALREADY_REFUNDED = 'charge_already_refunded';

export const hasFailed = ({ status }: Stripe.Refund): boolean => status === 'failed' || status === 'canceled';

/** Whoever gave it back: an operator, by Stripe's dashboard, does as well. */
const givenBack = (refunds: readonly Stripe.Refund[]): number =>
  refunds.filter((each) => !hasFailed(each)).reduce((sum, { amount }) => sum + amount, 0);

const byHand = ({ logger }: StripeParts, request: RefundRequest, why: string): ProviderUnreachable => {
  const { paymentId, amount, currency } = request;
  logger.error({ paymentId, amount, currency, why }, 'a payment was not refunded: give it back by hand, in Stripe');
  return new ProviderUnreachable(`Stripe did not refund ${paymentId}.`);
};

interface Giving {
  readonly charge: BookedCharge;
  readonly request: RefundRequest;
  /** What is missing still, as Stripe counts. */
  readonly missing: number;
}

const ask = async (
  { line, book, stripe }: StripeParts,
  { charge, request, missing }: Giving,
): Promise<Stripe.Refund> => {
  const { paymentId, idempotencyKey } = request;
  const metadata = { order_id: charge.orderId, panier_refund: idempotencyKey };
  const options = { idempotencyKey: keyFor(idempotencyKey, charge) };
  try {
    const asked = { payment_intent: paymentId, amount: missing, metadata };
    return await line.ask(() => stripe.refunds.create(asked, options));
  } catch (error) {
    if (error instanceof KeySpent) await book.spend(charge);
    throw error;
  }
};

const give = async (parts: StripeParts, giving: Giving): Promise<void> => {
  const { request } = giving;
  try {
    const refund = await ask(parts, giving);
    if (hasFailed(refund)) throw byHand(parts, request, refund.failure_reason ?? 'failed');
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    if (error.code !== ALREADY_REFUNDED) throw byHand(parts, request, error.code ?? 'refused');
  }
};

/** Anybody on the streams may say that an order was paid: whoever took that money is told by the event to give it back. */
const leaveToOthers = ({ logger }: StripeParts, { paymentId, amount, currency }: RefundRequest): void =>
  logger.warn({ paymentId, amount, currency }, 'a payment of another service is to be given back by that service');

/** Gives a payment back, once: Stripe gives no more than was paid. @throws {ProviderUnreachable} */
export const refund = async (parts: StripeParts, request: RefundRequest): Promise<void> => {
  const { paymentId, idempotencyKey } = request;
  const charge = await parts.book.findByIntent(paymentId);
  if (charge === null || charge.orderId !== request.orderId) return leaveToOthers(parts, request);
  const owed = toStripeAmount(request.amount, request.currency);
  if (owed === null) throw byHand(parts, request, 'Stripe knows no such amount');
  const { data } = await parts.line.ask(() => parts.stripe.refunds.list({ payment_intent: paymentId, limit: 100 }));
  const missing = owed - givenBack(data);
  if (missing <= 0) return;
  const failed = data.find((each) => hasFailed(each) && each.metadata?.['panier_refund'] === idempotencyKey);
  // Asked again, it would fail again, once a minute.
  if (failed !== undefined) throw byHand(parts, request, failed.failure_reason ?? 'failed');
  await give(parts, { charge, request, missing });
};
