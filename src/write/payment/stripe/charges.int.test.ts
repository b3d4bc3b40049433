import { describe, expect, it } from 'vitest';
import { type ChargeRequest, type ChargeResult, ProviderUnreachable } from '../provider.ts';
import { booksOf, requestOf, stripeAtWork, takenFor } from './stripe.fixture.ts';

const atWork = await stripeAtWork();
const { provider, other, told, db, fake } = atWork;
const { controls } = fake;

/** As the task does it: again under the same key, until it is known how the charge went. */
const untilKnown = async (request: ChargeRequest): Promise<{ result: ChargeResult; attempts: number }> => {
  for (let attempts = 1; ; attempts += 1) {
    try {
      return { result: await provider.charge(request), attempts };
    } catch (error) {
      if (!(error instanceof ProviderUnreachable) || attempts > 8) throw error;
      expect(error.cause).toBeUndefined();
      expect(error.message).not.toContain('pm_');
    }
  }
};

const STEPS = [
  ['is made', 'payment_intents'],
  ['is confirmed', 'confirm'],
] as const;
/** Twice, what the SDK asks for once more by itself. */
const FAULTS = [
  ['lose-request', 2],
  ['lose-answer', 2],
  ['conflict', 2],
  ['unavailable', 2],
  ['slow', 1],
  ['error-before', 1],
  ['error-after', 1],
] as const;

describe('a charge by Stripe', () => {
  it.each(STEPS.flatMap(([step, path]) => FAULTS.map(([kind, times]) => ({ kind, step, path, times }))))(
    'meets $kind while its intent $step, and takes the money once',
    async ({ kind, path, times }) => {
      const request = requestOf();
      const before = controls.tally().faults[kind] ?? 0;
      controls.arm({ kind, path, method: 'POST', times });
      expect((await untilKnown(request)).result).toMatchObject({ type: 'Succeeded' });
      expect(takenFor(atWork, request)).toEqual([2_100, 0]);
      expect(booksOf(atWork, request).filter(({ charges }) => charges > 0)).toHaveLength(1);
      expect((controls.tally().faults[kind] ?? 0) - before).toBe(times);
    },
  );

  it('that is declined meets a lost answer, and stays declined in the same words', async () => {
    const request = requestOf('pm_card_chargeDeclinedInsufficientFunds');
    controls.arm({ kind: 'lose-answer', path: 'confirm', times: 2 });
    const { result } = await untilKnown(request);
    expect(result).toEqual({ type: 'Declined', message: 'Your card has insufficient funds.' });
    expect([await provider.charge(request), await provider.status(request.idempotencyKey)]).toEqual([result, result]);
    expect(booksOf(atWork, request)).toMatchObject([{ status: 'canceled', charged: 0 }]);
  });

  it('is found days later, when Stripe has forgotten its idempotency keys', async () => {
    const request = requestOf();
    controls.arm({ kind: 'lose-answer', path: 'confirm', times: 2 });
    await expect(provider.charge(request)).rejects.toThrow(ProviderUnreachable);
    controls.advance({ ms: 3 * 24 * 3_600_000 });
    expect(await provider.charge(request)).toMatchObject({ type: 'Succeeded' });
    expect(takenFor(atWork, request)).toEqual([2_100, 0]);
  });

  it('is made by several processes at once, and taken once', async () => {
    const request = requestOf();
    const processes = [provider, other(), other(), other()];
    const results = await Promise.allSettled(processes.map((each) => each.charge(request)));
    expect(results.some(({ status }) => status === 'fulfilled')).toBe(true);
    expect(await provider.charge(request)).toMatchObject({ type: 'Succeeded' });
    expect(takenFor(atWork, request)).toEqual([2_100, 0]);
  });

  it('is not made once it was given up, whoever comes later', async () => {
    const request = requestOf();
    controls.arm({ kind: 'lose-request', path: 'payment_intents', times: 2 });
    await expect(provider.charge(request)).rejects.toThrow(ProviderUnreachable);
    const cancelled = await provider.cancel(request);
    expect(cancelled).toMatchObject({ type: 'Declined' });
    expect(await provider.charge(request)).toEqual(cancelled);
    expect(takenFor(atWork, request)).toEqual([0, 0]);
  });

  it.each([
    ['12.345', 'EUR'],
    ['5.125', 'KWD'],
    ['5.5', 'JPY'],
  ])('of %s %s is declined, for Stripe takes none so fine', async (amount, currency) => {
    const request = requestOf('pm_card_visa', { amount, currency });
    expect(await provider.charge(request)).toMatchObject({
      type: 'Declined',
      message: expect.stringContaining(currency) as string,
    });
    expect(booksOf(atWork, request)).toEqual([]);
  });

  it('that Stripe refuses for good is declined, not asked for again', async () => {
    const request = requestOf('pm_card_visa', { amount: '0.10' });
    const declined = { type: 'Declined', message: 'The amount is too small for this payment method.' };
    expect(await provider.charge(request)).toEqual(declined);
    expect(await provider.charge(request)).toEqual(declined);
    expect(await provider.status(request.idempotencyKey)).toEqual(declined);
  });

  it('of another amount than asked for is said as it was received, and told to operators', async () => {
    const request = requestOf();
    const asked = await provider.charge(request);
    await db
      .updateTable('write.stripe_charge')
      .set({ amount_minor: 9_900 } as object)
      .where('idempotency_key', '=', request.idempotencyKey)
      .execute();
    expect(await provider.status(request.idempotencyKey)).toEqual({
      ...asked,
      received: { amount: '21.00', currency: 'EUR' },
    });
    expect(told.some((line) => line.includes('another amount') && line.includes('99.00'))).toBe(true);
  });
});

describe('Stripe', () => {
  it('that does not accept the key says so once, and nothing is declined for it', async () => {
    const before = told.length;
    const barred = other({ secretKey: 'sk_test_wrong' });
    for (const _ of [1, 2]) await expect(barred.charge(requestOf())).rejects.toThrow('Stripe answered 401');
    expect(told.slice(before).filter((line) => line.includes('STRIPE_SECRET_KEY'))).toHaveLength(1);
  });

  it('of another account knows none of our intents, and nothing is declined for it', async () => {
    const request = requestOf('pm_card_authenticationRequired');
    await provider.charge(request);
    await db
      .updateTable('write.stripe_charge')
      .set({ payment_intent_id: 'pi_of_another_account' } as object)
      .where('idempotency_key', '=', request.idempotencyKey)
      .execute();
    await expect(provider.status(request.idempotencyKey)).rejects.toThrow(ProviderUnreachable);
    await expect(provider.cancel(request)).rejects.toThrow(ProviderUnreachable);
    expect(told.some((line) => line.includes('pi_of_another_account'))).toBe(true);
  });

  it('that is not there leaves it open', async () => {
    const away = other({ apiBase: 'http://127.0.0.1:1' });
    await expect(away.charge(requestOf())).rejects.toThrow(ProviderUnreachable);
    await expect(away.kindOf('pm_card_visa')).rejects.toThrow('cannot be reached');
  });
});
