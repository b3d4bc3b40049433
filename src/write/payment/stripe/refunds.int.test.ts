import { describe, expect, it } from 'vitest';
import { ProviderUnreachable, type RefundRequest } from '../provider.ts';
import { requestOf, stripeAtWork, takenFor } from './stripe.fixture.ts';

const atWork = await stripeAtWork();
const { provider, told, warned, fake } = atWork;
const { controls } = fake;

const paid = async (paymentMethod = 'pm_card_visa') => {
  const request = requestOf(paymentMethod);
  const result = await provider.charge(request);
  if (result.type !== 'Succeeded') throw new Error('it was to be paid');
  const { paymentId } = result;
  const { orderId, amount, currency } = request;
  const refund: RefundRequest = { idempotencyKey: `refund:${paymentId}`, orderId, paymentId, amount, currency };
  return { request, refund };
};

const untilDone = async (refund: RefundRequest): Promise<number> => {
  for (let attempts = 1; ; attempts += 1) {
    try {
      await provider.refund(refund);
      return attempts;
    } catch (error) {
      if (!(error instanceof ProviderUnreachable) || attempts > 8) throw error;
    }
  }
};

describe('a refund by Stripe', () => {
  it.each([
    ['lose-request', 2],
    ['lose-answer', 2],
    ['conflict', 2],
    ['unavailable', 2],
    ['error-before', 1],
    ['error-after', 1],
  ] as const)('meets %s, and is given once', async (kind, times) => {
    const { request, refund } = await paid();
    controls.arm({ kind, path: 'refunds', method: 'POST', times });
    expect(await untilDone(refund)).toBeGreaterThan(1);
    await provider.refund(refund);
    expect(takenFor(atWork, request)).toEqual([2_100, 2_100]);
    expect(controls.books().find(({ paymentIntent }) => paymentIntent === refund.paymentId)).toMatchObject({
      refunds: 1,
    });
  });

  it('gives what is missing where somebody gave a part back by hand', async () => {
    const { request, refund } = await paid();
    await provider.refund({ ...refund, idempotencyKey: 'by hand', amount: '6.00' });
    await provider.refund(refund);
    await provider.refund(refund);
    expect(takenFor(atWork, request)).toEqual([2_100, 2_100]);
  });

  it('that Stripe takes its time for is given', async () => {
    const { refund } = await paid('pm_card_pendingRefund');
    await provider.refund(refund);
    await provider.refund(refund);
    expect(controls.books().find(({ paymentIntent }) => paymentIntent === refund.paymentId)).toMatchObject({
      refunds: 1,
    });
  });

  it('that has failed is not asked for again, and operators are told', async () => {
    const { refund } = await paid('pm_card_refundFail');
    const failed = () =>
      controls.books().find(({ paymentIntent }) => paymentIntent === refund.paymentId)?.failedRefunds;
    await provider.refund(refund);
    await expect.poll(failed).toBe(1);
    const before = told.length;
    await expect(provider.refund(refund)).rejects.toThrow(ProviderUnreachable);
    expect([failed(), told.slice(before).filter((line) => line.includes('by hand')).length]).toEqual([1, 1]);
  });

  it('of a payment that was not asked for here is left to whoever took it', async () => {
    const id = controls.foreign({ amount: 2_100, currency: 'eur', paymentMethod: 'pm_card_visa' });
    const { orderId, amount, currency } = requestOf();
    const refund = { idempotencyKey: `refund:${id}`, orderId, paymentId: id, amount, currency };
    const before = [told.length, warned.length] as const;
    await provider.refund(refund);
    expect(controls.books().find(({ paymentIntent }) => paymentIntent === id)).toMatchObject({ refunded: 0 });
    expect([told.length, warned.length]).toEqual([before[0], before[1] + 1]);
    expect(warned.at(-1)).toContain(id);
  });

  it('of what was charged for another order is not given', async () => {
    const { request, refund } = await paid();
    const before = warned.length;
    await provider.refund({ ...refund, orderId: requestOf().orderId });
    expect(takenFor(atWork, request)).toEqual([2_100, 0]);
    expect(warned.slice(before)).toEqual([expect.stringContaining(refund.paymentId)]);
  });

  it('of an amount too fine for Stripe is not given, and operators are told', async () => {
    const { request, refund } = await paid();
    const before = told.length;
    await expect(provider.refund({ ...refund, amount: '20.999' })).rejects.toThrow(ProviderUnreachable);
    expect(takenFor(atWork, request)).toEqual([2_100, 0]);
    expect(told.slice(before).filter((line) => line.includes('by hand'))).toHaveLength(1);
  });
});
