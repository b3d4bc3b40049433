import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../../harness/support/eventually.ts';
import { newId } from '../../src/events/index.ts';
import type { ChargeRequest, ChargeResult, PaymentProvider, Tell } from '../../src/write/index.ts';

/** A payment provider of one kind, and what its customers may do. */
export interface ProviderAtWork extends AsyncDisposable {
  /** The provider as one process has it; `tell` takes what it tells by itself. */
  readonly open: (tell: Tell) => PaymentProvider;
  /** Payment methods that come to each of these ends; `pending` is paid by itself, `action` when its customer acts. */
  readonly methods: Readonly<Record<'paid' | 'declined' | 'pending' | 'action', string>>;
  readonly isRefunded: (paymentId: string) => Promise<boolean>;
  /** What the customer does who was asked to act. */
  readonly act: (charge: ChargeResult, isRefused: boolean) => Promise<void>;
}

const isFinal = ({ type }: ChargeResult): boolean => type === 'Succeeded' || type === 'Declined';

const requestOf = (paymentMethod: string): ChargeRequest => {
  const orderId = newId('Order');
  return { idempotencyKey: `${orderId}:1`, orderId, amount: '21.00', currency: 'EUR', paymentMethod };
};

export const describePaymentProvider = (name: string, openAtWork: () => Promise<ProviderAtWork>): void => {
  describe(`the payment provider ${name}`, () => {
    let atWork: ProviderAtWork;
    let provider: PaymentProvider;
    const told: { readonly idempotencyKey: string; readonly result: ChargeResult }[] = [];
    beforeAll(async () => {
      atWork = await openAtWork();
      provider = atWork.open(async (each) => void told.push(each));
    });
    afterAll(() => atWork[Symbol.asyncDispose]());

    const end = (key: string) =>
      eventually(async () => {
        const result = await provider.status(key);
        expect(isFinal(result)).toBe(true);
        return result;
      });

    it('knows its methods and their kinds, and no others', async () => {
      for (const method of Object.values(atWork.methods))
        expect(await provider.kindOf(method)).toMatch(/^[A-Z_]{1,30}$/);
      for (const method of ['', 'pm_of_nobody', 'constructor']) expect(await provider.kindOf(method)).toBeNull();
    });

    it('charges once for a key, however often and by whomever it is asked', async () => {
      const request = requestOf(atWork.methods.paid);
      const other = atWork.open(async () => {});
      const results = await Promise.all([provider, other, provider].map((each) => each.charge(request)));
      expect(results[0]).toMatchObject({ type: 'Succeeded' });
      expect(new Set(results.map((result) => JSON.stringify(result))).size).toBe(1);
      expect(await provider.status(request.idempotencyKey)).toEqual(results[0]);
    });

    it('says no, and stays with it', async () => {
      const request = requestOf(atWork.methods.declined);
      const declined = await provider.charge(request);
      expect(declined).toMatchObject({ type: 'Declined', message: expect.stringMatching(/./) as string });
      expect([await provider.charge(request), await provider.cancel(request)]).toEqual([declined, declined]);
    });

    it('leaves a pending charge open, and tells its end by itself', async () => {
      const request = requestOf(atWork.methods.pending);
      const { idempotencyKey } = request;
      expect(await provider.charge(request)).toEqual({ type: 'Pending' });
      const isOfThis = (each: (typeof told)[number]) => each.idempotencyKey === idempotencyKey && isFinal(each.result);
      await eventually(async () => expect(told.some(isOfThis)).toBe(true));
      const result = await provider.status(idempotencyKey);
      expect(result).toMatchObject({ type: 'Succeeded' });
      expect(told.find(isOfThis)?.result).toEqual(result);
    });

    it.each([
      ['completes', false, 'Succeeded'],
      ['refuses', true, 'Declined'],
    ])('waits for its customer, who %s it', async (_, isRefused, outcome) => {
      const request = requestOf(atWork.methods.action);
      const asked = await provider.charge(request);
      expect(asked).toMatchObject({ type: 'ActionRequired' });
      expect(await provider.status(request.idempotencyKey)).toEqual(asked);
      await atWork.act(asked, isRefused);
      expect(await end(request.idempotencyKey)).toMatchObject({ type: outcome });
    });

    it('gives up a charge that is open, for good', async () => {
      const request = requestOf(atWork.methods.action);
      const asked = await provider.charge(request);
      const cancelled = await provider.cancel(request);
      expect(cancelled).toMatchObject({ type: 'Declined' });
      await atWork.act(asked, false).catch(() => {});
      expect(await provider.status(request.idempotencyKey)).toEqual(cancelled);
      expect(await provider.charge(request)).toEqual(cancelled);
    });

    it('gives up a charge that nobody has asked for yet, for good', async () => {
      const request = requestOf(atWork.methods.paid);
      const cancelled = await provider.cancel(request);
      expect(cancelled).toMatchObject({ type: 'Declined' });
      expect(await provider.cancel(request)).toEqual(cancelled);
      expect(await provider.charge(request)).toEqual(cancelled);
      expect(await provider.status(request.idempotencyKey)).toEqual(cancelled);
    });

    it('does not give up what was paid', async () => {
      const request = requestOf(atWork.methods.paid);
      const paid = await provider.charge(request);
      expect(await provider.cancel(request)).toEqual(paid);
    });

    it('refunds what was paid, to its own order alone, also when it is asked twice', async () => {
      const request = requestOf(atWork.methods.paid);
      const paid = await provider.charge(request);
      if (paid.type !== 'Succeeded') throw new Error('it was to be paid');
      const { orderId, amount, currency } = request;
      const { paymentId } = paid;
      const refund = { idempotencyKey: `refund:${paymentId}`, orderId, paymentId, amount, currency };
      await provider.refund({ ...refund, orderId: requestOf(atWork.methods.paid).orderId });
      expect(await atWork.isRefunded(paymentId)).toBe(false);
      await Promise.all([provider.refund(refund), provider.refund(refund)]);
      expect(await atWork.isRefunded(paymentId)).toBe(true);
    });
  });
};
