import type { Stripe } from 'stripe';
import {
  type CancelRequest,
  type ChargeRequest,
  type ChargeResult,
  type PaymentProvider,
  ProviderUnreachable,
} from '../provider.ts';
import { toStripeAmount } from './amounts.ts';
import { type BookedCharge, keyFor } from './charge-book.ts';
import { KeySpent, Refused } from './line.ts';
import { declineMessage, GIVEN_UP, NOT_PAID, notChargeable } from './messages.ts';
import type { StripeParts } from './parts.ts';
import { succeeded, underWay } from './settled.ts';

type Intent = Stripe.PaymentIntent;

const declined = (message: string): ChargeResult => ({ type: 'Declined', message });

/** A step that Stripe may be asked for again. Where it would only repeat a failure of its own, the next one has another key. */
const step = async <T>({ line, book }: StripeParts, charge: BookedCharge, call: () => Promise<T>): Promise<T> => {
  try {
    return await line.ask(call);
  } catch (error) {
    if (error instanceof KeySpent) await book.spend(charge);
    throw error;
  }
};

const retrieve = async ({ stripe, line, logger }: StripeParts, intentId: string): Promise<Intent> => {
  try {
    return await line.ask(() => stripe.paymentIntents.retrieve(intentId));
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const { message: answer } = error;
    logger.error(
      { paymentId: intentId, answer },
      'Stripe does not know a payment intent of ours: is it the same account?',
    );
    throw new ProviderUnreachable(answer);
  }
};

const REFUSED_STATE = 'payment_intent_unexpected_state';

/** Declined for good: a client could go on with an intent that only lacks a payment method. */
const giveUp = async (parts: StripeParts, charge: BookedCharge, message: string): Promise<ChargeResult> => {
  const { stripe, line, book } = parts;
  const booked = (await book.decline(charge.idempotencyKey, message)) ?? charge;
  const { intentId } = booked;
  const isDeclined = declined(booked.declined ?? message);
  if (intentId === null) return isDeclined;
  try {
    await line.ask(() => stripe.paymentIntents.cancel(intentId));
    return isDeclined;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return notGivenUp(parts, booked, await retrieve(parts, intentId));
  }
};

/** It came to another end before, or cannot be stopped any more. */
const notGivenUp = (parts: StripeParts, charge: BookedCharge, intent: Intent): ChargeResult => {
  if (intent.status === 'succeeded') return succeeded(parts, charge, intent);
  if (intent.status === 'canceled') return declined(charge.declined ?? NOT_PAID);
  if (intent.status === 'processing') return underWay(intent);
  throw new ProviderUnreachable(`Stripe does not cancel a payment intent that is ${intent.status}.`);
};

const settled = async (parts: StripeParts, charge: BookedCharge, intent: Intent): Promise<ChargeResult> => {
  if (intent.status === 'succeeded') return succeeded(parts, charge, intent);
  if (intent.status === 'canceled') return declined(charge.declined ?? NOT_PAID);
  if (intent.status !== 'requires_payment_method') return underWay(intent);
  const { code, decline_code: declineCode } = intent.last_payment_error ?? {};
  return giveUp(parts, charge, declineMessage({ code, declineCode }));
};

/** An intent alone charges nothing: so it may be asked for again without end, and the first that is kept is the one. */
const create = async (parts: StripeParts, charge: BookedCharge, request: ChargeRequest): Promise<Intent> => {
  const { idempotencyKey, orderId, currency, amountMinor } = charge;
  const asked = {
    amount: amountMinor,
    currency: currency.toLowerCase(),
    payment_method: request.paymentMethod,
    // A page to send customers back to is the shop's: methods that need one are not taken.
    automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
    metadata: { order_id: orderId, panier_charge: idempotencyKey },
  } as const;
  const options = { idempotencyKey: keyFor(idempotencyKey, charge) };
  return step(parts, charge, () => parts.stripe.paymentIntents.create(asked, options));
};

/** An intent succeeds once at most, however often and under whichever key it is confirmed. */
const confirm = async (parts: StripeParts, charge: BookedCharge, intent: Intent): Promise<ChargeResult> => {
  const options = { idempotencyKey: keyFor(`${charge.idempotencyKey}:confirm`, charge) };
  try {
    const confirmed = await step(parts, charge, () => parts.stripe.paymentIntents.confirm(intent.id, {}, options));
    return await settled(parts, charge, confirmed);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    if (error.code === REFUSED_STATE) return settled(parts, charge, await retrieve(parts, intent.id));
    return giveUp(parts, charge, declineMessage(error));
  }
};

const intentOf = async (parts: StripeParts, charge: BookedCharge, request: ChargeRequest) => {
  if (charge.intentId !== null) return { charge, intent: await retrieve(parts, charge.intentId) };
  const created = await create(parts, charge, request);
  const kept = await parts.book.keepIntent(charge.idempotencyKey, created.id);
  const isFirst = kept.intentId === created.id || kept.intentId === null;
  return { charge: kept, intent: isFirst ? created : await retrieve(parts, kept.intentId) };
};

const advance = async (parts: StripeParts, booked: BookedCharge, request: ChargeRequest): Promise<ChargeResult> => {
  const { charge, intent } = await intentOf(parts, booked, request);
  if (intent.status !== 'requires_confirmation') return settled(parts, charge, intent);
  // Given up while it was made.
  if (charge.declined !== null) return giveUp(parts, charge, charge.declined);
  return confirm(parts, charge, intent);
};

const charge = async (parts: StripeParts, request: ChargeRequest): Promise<ChargeResult> => {
  const amountMinor = toStripeAmount(request.amount, request.currency);
  if (amountMinor === null) return declined(notChargeable(request.currency));
  const booked = await parts.book.open({ ...request, amountMinor });
  if (booked.intentId === null && booked.declined !== null) return declined(booked.declined);
  try {
    return await advance(parts, booked, request);
  } catch (error) {
    if (error instanceof Refused && booked.intentId === null) return giveUp(parts, booked, declineMessage(error));
    throw error;
  }
};

const status = async (parts: StripeParts, idempotencyKey: string): Promise<ChargeResult> => {
  const booked = await parts.book.find(idempotencyKey);
  if (booked === null) throw new ProviderUnreachable('Stripe was not asked for this charge yet.');
  if (booked.intentId !== null) return settled(parts, booked, await retrieve(parts, booked.intentId));
  if (booked.declined !== null) return declined(booked.declined);
  throw new ProviderUnreachable('Stripe has not made a payment intent for this charge yet.');
};

/** Written down as given up also where it was never written down: whoever charges it later finds that. */
const cancel = async (parts: StripeParts, request: CancelRequest): Promise<ChargeResult> => {
  const amountMinor = toStripeAmount(request.amount, request.currency);
  if (amountMinor === null) return declined(notChargeable(request.currency));
  return giveUp(parts, await parts.book.open({ ...request, amountMinor }), GIVEN_UP);
};

/** Charges by one payment intent each. */
export const openIntents = (parts: StripeParts): Pick<PaymentProvider, 'charge' | 'status' | 'cancel'> => ({
  charge: (request) => charge(parts, request),
  status: (idempotencyKey) => status(parts, idempotencyKey),
  cancel: (request) => cancel(parts, request),
});
