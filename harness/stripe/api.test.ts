import { describe, expect, it } from 'vitest';
import { errorOf, sdkAt } from './sdk.fixture.ts';
import { openStage } from './stage.fixture.ts';

const { stripe, controls, url } = await openStage();

const wanted = (method: string) => ({
  amount: 2_100,
  currency: 'eur',
  payment_method: method,
  automatic_payment_methods: { enabled: true, allow_redirects: 'never' as const },
  metadata: { order_id: 'order_1' },
});
const pay = (method: string) => stripe.paymentIntents.create({ ...wanted(method), confirm: true });
const soon = <T>(ask: () => Promise<T>, isSo: (answer: T) => boolean): Promise<T> =>
  expect.poll(ask).toSatisfy(isSo).then(ask);

describe('a payment, asked for by the official SDK', () => {
  it('is paid in one request', async () => {
    const intent = await pay('pm_card_visa');
    expect(intent).toMatchObject({
      object: 'payment_intent',
      id: expect.stringMatching(/^pi_/) as string,
      status: 'succeeded',
      amount: 2_100,
      amount_received: 2_100,
      currency: 'eur',
      metadata: { order_id: 'order_1' },
      livemode: false,
      last_payment_error: null,
    });
    const again = await stripe.paymentIntents.retrieve(intent.id, { expand: ['latest_charge', 'payment_method'] });
    expect(again).toMatchObject({
      status: 'succeeded',
      latest_charge: { object: 'charge', paid: true, amount_captured: 2_100, payment_intent: intent.id },
      payment_method: { object: 'payment_method', type: 'card', card: { last4: '4242' } },
    });
  });

  it('is paid in three: made, given a method, confirmed', async () => {
    const { payment_method: _, ...unpaid } = wanted('');
    const made = await stripe.paymentIntents.create(unpaid);
    expect(made).toMatchObject({ status: 'requires_payment_method', payment_method: null, latest_charge: null });
    const updated = await stripe.paymentIntents.update(made.id, { metadata: { attempt: 2 } });
    expect(updated.metadata).toEqual({ order_id: 'order_1', attempt: '2' });
    expect((await errorOf(stripe.paymentIntents.confirm(made.id))).code).toBe('payment_intent_unexpected_state');
    const paid = await stripe.paymentIntents.confirm(made.id, { payment_method: 'pm_card_visa' });
    expect(paid.status).toBe('succeeded');
  });

  it.each([
    ['pm_card_chargeDeclined', 'card_declined', 'generic_decline'],
    ['pm_card_chargeDeclinedInsufficientFunds', 'card_declined', 'insufficient_funds'],
    ['pm_card_chargeDeclinedExpiredCard', 'expired_card', 'expired_card'],
    ['pm_card_chargeDeclinedProcessingError', 'processing_error', 'processing_error'],
  ])('by %s is declined: 402, %s', async (method, code, declineCode) => {
    const error = await errorOf(pay(method));
    expect(error).toMatchObject({
      type: 'StripeCardError',
      statusCode: 402,
      code,
      decline_code: declineCode,
      payment_intent: { status: 'requires_payment_method', payment_method: null },
      message: expect.stringMatching(/^(Your card|An error)/) as string,
    });
    const intent = await stripe.paymentIntents.retrieve(error.payment_intent?.id ?? '');
    expect(intent).toMatchObject({
      status: 'requires_payment_method',
      last_payment_error: { code },
      amount_received: 0,
    });
  });

  it('that was declined may be paid with another method, until it is cancelled', async () => {
    const first = (await errorOf(pay('pm_card_chargeDeclined'))).payment_intent?.id ?? '';
    expect(await stripe.paymentIntents.confirm(first, { payment_method: 'pm_card_visa' })).toMatchObject({
      status: 'succeeded',
    });
    const second = (await errorOf(pay('pm_card_chargeDeclined'))).payment_intent;
    expect((await stripe.paymentIntents.cancel(second?.id ?? '')).status).toBe('canceled');
    const secret = second?.client_secret ?? '';
    expect(controls.payAgain({ clientSecret: secret, paymentMethod: 'pm_card_visa' })).toBe('canceled');
  });

  it('asks its customer, who completes or refuses it', async () => {
    const asked = await pay('pm_card_authenticationRequired');
    expect(asked).toMatchObject({ status: 'requires_action', next_action: { type: 'use_stripe_sdk' } });
    const clientSecret = asked.client_secret ?? '';
    expect(clientSecret).toMatch(new RegExp(`^${asked.id}_secret_`));
    expect(controls.act({ clientSecret, isRefused: false })).toBe(true);
    expect(controls.act({ clientSecret, isRefused: true })).toBe(false);
    expect(await stripe.paymentIntents.retrieve(asked.id)).toMatchObject({ status: 'succeeded', next_action: null });
    const refused = await pay('pm_card_authenticationRequired');
    controls.act({ clientSecret: refused.client_secret ?? '', isRefused: true });
    expect(await stripe.paymentIntents.retrieve(refused.id)).toMatchObject({
      status: 'requires_payment_method',
      last_payment_error: { code: 'payment_intent_authentication_failure' },
    });
  });

  it.each([
    ['pm_success_sepaDebit', 'succeeded'],
    ['pm_failed_sepaDebit', 'requires_payment_method'],
  ])('by %s is processing, then %s', async (method, end) => {
    const intent = await pay(method);
    expect(intent).toMatchObject({ status: 'processing', amount_received: 0 });
    expect((await errorOf(stripe.paymentIntents.cancel(intent.id))).code).toBe('payment_intent_unexpected_state');
    await soon(
      () => stripe.paymentIntents.retrieve(intent.id),
      ({ status }) => status === end,
    );
  });

  it('that a bank never decides stays processing, until somebody decides it', async () => {
    const intent = await pay('pm_usBankAccount_processing');
    await new Promise((done) => setTimeout(done, 1_200));
    expect((await stripe.paymentIntents.retrieve(intent.id)).status).toBe('processing');
    expect(controls.settle({ paymentIntent: intent.id, outcome: 'succeeded' })).toBe(true);
    expect((await stripe.paymentIntents.retrieve(intent.id)).status).toBe('succeeded');
  });

  it('is cancelled once, and never after it was paid', async () => {
    const { id } = await pay('pm_card_authenticationRequired');
    const cancelled = await stripe.paymentIntents.cancel(id, { cancellation_reason: 'abandoned' });
    expect(cancelled).toMatchObject({ status: 'canceled', cancellation_reason: 'abandoned' });
    const paid = await pay('pm_card_visa');
    for (const each of [id, paid.id])
      expect(await errorOf(stripe.paymentIntents.cancel(each))).toMatchObject({
        type: 'StripeInvalidRequestError',
        statusCode: 400,
        code: 'payment_intent_unexpected_state',
      });
    expect(controls.act({ clientSecret: cancelled.client_secret ?? '', isRefused: false })).toBe(false);
  });
});

describe('a payment method', () => {
  it('is of a kind, and pays once without a customer', async () => {
    const method = await stripe.paymentMethods.retrieve('pm_card_visa');
    expect(method).toMatchObject({
      object: 'payment_method',
      type: 'card',
      id: expect.stringMatching(/^pm_/) as string,
    });
    expect((await stripe.paymentMethods.retrieve('pm_success_sepaDebit')).type).toBe('sepa_debit');
    expect((await pay(method.id)).payment_method).toBe(method.id);
    expect((await errorOf(pay(method.id))).message).toContain('It may not be used again');
  });

  it('that there is not is not found', async () => {
    const missing = await errorOf(stripe.paymentMethods.retrieve('pm_of_nobody'));
    expect(missing).toMatchObject({ statusCode: 404, code: 'resource_missing', param: 'payment_method' });
    expect(missing.message).toBe("No such PaymentMethod: 'pm_of_nobody'");
    expect(await errorOf(pay('pm_of_nobody'))).toMatchObject({ statusCode: 400, code: 'resource_missing' });
  });
});

describe('what does not fit', () => {
  const { automatic_payment_methods: _, ...redirecting } = wanted('pm_card_visa');
  it.each([
    ['an amount that is too small', { ...wanted('pm_card_visa'), amount: 49 }, 'amount_too_small'],
    ['an amount that is none', { ...wanted('pm_card_visa'), amount: 1.5 }, 'parameter_invalid_integer'],
    ['a parameter that there is not', { ...wanted('pm_card_visa'), colour: 'red' }, 'parameter_unknown'],
    ['no way back from a redirect', { ...redirecting, confirm: true }, undefined],
    ['a third decimal', { ...wanted('pm_card_visa'), currency: 'kwd', amount: 10_001 }, undefined],
    ['a kind that it does not take', { ...redirecting, allowed_payment_method_types: ['sepa_debit'] }, undefined],
    [
      'what the version of the API has no longer',
      { ...redirecting, payment_method_types: ['card'] },
      'payment_method_types_no_longer_supported',
    ],
  ])('is refused with 400, and makes nothing: %s', async (_name, params, code) => {
    const before = controls.books().length;
    const error = await errorOf(stripe.paymentIntents.create(params));
    expect([error.type, error.statusCode, error.code]).toEqual(['StripeInvalidRequestError', 400, code]);
    expect(controls.books().length).toBe(before);
  });

  it('is told to nobody without the key', async () => {
    const error = await errorOf(sdkAt(url, 'sk_test_other').paymentIntents.list());
    expect(error).toMatchObject({ type: 'StripeAuthenticationError', statusCode: 401 });
  });

  it('is not found where there is no such thing', async () => {
    expect(await errorOf(stripe.paymentIntents.retrieve('pi_none'))).toMatchObject({ statusCode: 404 });
    expect(await errorOf(stripe.customers.list())).toMatchObject({ statusCode: 404 });
  });
});

describe('a refund', () => {
  it('gives back once, whatever is left', async () => {
    const { id } = await pay('pm_card_visa');
    const part = await stripe.refunds.create({ payment_intent: id, amount: 100, metadata: { why: 'late' } });
    expect(part).toMatchObject({ object: 'refund', amount: 100, status: 'succeeded', payment_intent: id });
    expect(await stripe.refunds.create({ payment_intent: id })).toMatchObject({ amount: 2_000, status: 'succeeded' });
    expect(await errorOf(stripe.refunds.create({ payment_intent: id }))).toMatchObject({
      statusCode: 400,
      code: 'charge_already_refunded',
    });
    const { data } = await stripe.refunds.list({ payment_intent: id });
    expect(data.map(({ amount }) => amount)).toEqual([2_000, 100]);
    expect(controls.books().find(({ paymentIntent }) => paymentIntent === id)).toMatchObject({
      charged: 2_100,
      refunded: 2_100,
      refunds: 2,
    });
  });

  it('takes a while, or fails after a while, as the bank has it', async () => {
    const slow = await stripe.refunds.create({ payment_intent: (await pay('pm_card_pendingRefund')).id });
    expect(slow.status).toBe('pending');
    await soon(
      () => stripe.refunds.retrieve(slow.id),
      ({ status }) => status === 'succeeded',
    );
    const { id } = await pay('pm_card_refundFail');
    const failing = await stripe.refunds.create({ payment_intent: id });
    expect(failing.status).toBe('succeeded');
    await soon(
      () => stripe.refunds.retrieve(failing.id),
      ({ status }) => status === 'failed',
    );
    expect(controls.books().find(({ paymentIntent }) => paymentIntent === id)).toMatchObject({ refunded: 0 });
  });

  it.each([['pm_card_authenticationRequired'], ['pm_success_sepaDebit']])('is of what was paid: %s', async (method) => {
    const { id } = await pay(method);
    const error = await errorOf(stripe.refunds.create({ payment_intent: id }));
    expect(error.message).toContain('does not have a successful charge to refund');
    expect((await errorOf(stripe.refunds.create({ payment_intent: 'pi_none' }))).code).toBe('resource_missing');
  });
});

describe('a dispute', () => {
  it('is opened by the bank, stands in the way of a refund, and is closed', async () => {
    const { id } = await pay('pm_card_visa');
    const dispute = controls.openDispute({ paymentIntent: id, reason: 'product_not_received' }) ?? '';
    expect(controls.openDispute({ paymentIntent: id, reason: 'fraudulent' })).toBeNull();
    expect(await stripe.disputes.retrieve(dispute, { expand: ['charge'] })).toMatchObject({
      status: 'needs_response',
      reason: 'product_not_received',
      amount: 2_100,
      charge: { disputed: true },
    });
    expect((await errorOf(stripe.refunds.create({ payment_intent: id }))).code).toBe('charge_disputed');
    expect(controls.closeDispute({ dispute, status: 'won' })).toBe(true);
    expect((await stripe.disputes.list({ payment_intent: id })).data).toMatchObject([{ status: 'won' }]);
    const { id: other } = await pay('pm_card_createDispute');
    expect((await stripe.disputes.list({ payment_intent: other })).data).toMatchObject([{ reason: 'fraudulent' }]);
  });
});

describe('lists', () => {
  it('come newest first, page after page', async () => {
    const made = [];
    for (let n = 0; n < 5; n += 1) made.unshift((await pay('pm_card_visa')).id);
    const page = await stripe.paymentIntents.list({ limit: 2 });
    expect([page.has_more, page.data.map(({ id }) => id)]).toEqual([true, made.slice(0, 2)]);
    const seen = await stripe.paymentIntents.list({ limit: 2 }).autoPagingToArray({ limit: 5 });
    expect(seen.map(({ id }) => id)).toEqual(made);
    const later = Math.floor(Date.now() / 1_000) + 60;
    expect((await stripe.paymentIntents.list({ created: { gte: later } })).data).toEqual([]);
  });

  it('are searched by metadata, but not for what was just made', async () => {
    const intent = await stripe.paymentIntents.create({ ...wanted('pm_card_visa'), metadata: { order_id: 'order_7' } });
    const search = () => stripe.paymentIntents.search({ query: `metadata['order_id']:'order_7' AND amount>2000` });
    expect((await search()).data).toEqual([]);
    controls.advance({ ms: 5_000 });
    expect((await search()).data).toMatchObject([{ id: intent.id }]);
    expect(await errorOf(stripe.paymentIntents.search({ query: 'anything' }))).toMatchObject({ statusCode: 400 });
  });

  it('tell all that happened, in order', async () => {
    const { id } = await pay('pm_card_visa');
    await stripe.refunds.create({ payment_intent: id });
    const { data } = await stripe.events.list({ limit: 6 });
    expect(data.map(({ type }) => type)).toEqual([
      'charge.refunded',
      'refund.created',
      'payment_intent.succeeded',
      'charge.succeeded',
      'payment_intent.created',
      expect.any(String),
    ]);
    // Each has its object as it was then.
    expect(data[4]?.data.object).toMatchObject({ id, status: 'requires_confirmation' });
    const [event] = (await stripe.events.list({ type: 'payment_intent.succeeded', limit: 1 })).data;
    expect(await stripe.events.retrieve(event?.id ?? '')).toMatchObject({ data: { object: { id } } });
  });
});
