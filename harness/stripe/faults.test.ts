import { describe, expect, it } from 'vitest';
import { Random } from '../support/random.ts';
import { API_FAULTS, Faults } from './faults/faults.ts';
import { errorOf, sdkAt } from './sdk.fixture.ts';
import { openStage } from './stage.fixture.ts';

const { stripe, controls, url, secretKey } = await openStage();

let count = 0;
const newKey = () => {
  count += 1;
  return `order_${count}:1`;
};

/** Shorter than what hangs or is slow, longer than a busy machine takes. */
const IMPATIENT = { timeout: 300 };

const pay = (idempotencyKey: string, sdk = stripe, patience: { readonly timeout?: number } = {}) =>
  sdk.paymentIntents.create(
    {
      amount: 990,
      currency: 'eur',
      confirm: true,
      payment_method: 'pm_card_visa',
      allowed_payment_method_types: ['card'],
    },
    { idempotencyKey, ...patience },
  );
const chargesUnder = (key: string) =>
  controls
    .books()
    .filter(({ keys }) => keys.includes(key))
    .reduce((sum, { charges }) => sum + charges, 0);

// A 500 is kept by its key; and the SDK leaves it to its caller when to ask again after a 429.
const SURVIVED = API_FAULTS.filter((kind) => !kind.startsWith('error') && kind !== 'rate-limit');

describe('a fault', () => {
  // The SDK asks once more by itself where the connection ends: each of those strikes twice.
  it.each([
    ['lose-request', 2, 'StripeConnectionError', undefined, 0],
    ['lose-answer', 2, 'StripeConnectionError', undefined, 1],
    ['hang', 1, 'StripeConnectionError', undefined, 1],
    ['conflict', 1, 'StripeAPIError', 409, 0],
    ['rate-limit', 1, 'StripeRateLimitError', 429, 0],
    ['unavailable', 1, 'StripeAPIError', 503, 0],
    ['error-before', 1, 'StripeAPIError', 500, 0],
    ['error-after', 1, 'StripeAPIError', 500, 1],
  ] as const)('%s strikes %i times, and is seen as %s %s; charges: %i', async (kind, times, ...seen) => {
    const [type, status, charges] = seen;
    const key = newKey();
    controls.arm({ kind, times, method: 'POST', path: 'payment_intents' });
    const error = await errorOf(pay(key, stripe, kind === 'hang' ? IMPATIENT : {}));
    expect([error.type, error.statusCode]).toEqual([type, status]);
    expect(chargesUnder(key)).toBe(charges);
    expect(controls.tally().faults[kind]).toBe(times);
  });

  it('slow takes effect after the client has given up', async () => {
    const key = newKey();
    controls.arm({ kind: 'slow' });
    expect((await errorOf(pay(key, stripe, IMPATIENT))).type).toBe('StripeConnectionError');
    expect(chargesUnder(key)).toBe(0);
    await expect.poll(() => chargesUnder(key)).toBe(1);
    expect((await pay(key)).status).toBe('succeeded');
    expect(chargesUnder(key)).toBe(1);
  });

  it('of the other kinds is survived by an SDK that asks again, without a second charge', async () => {
    const patient = sdkAt(url, secretKey, 2);
    for (const kind of SURVIVED) {
      const key = newKey();
      controls.arm({ kind, method: 'POST' });
      expect((await pay(key, patient)).status).toBe('succeeded');
      expect([kind, chargesUnder(key)]).toEqual([kind, 1]);
    }
  });
});

const draws = (seed: number, budget: number): readonly string[] => {
  const faults = new Faults(new Random(seed));
  faults.plan({ api: 0.3, webhook: 0.3, budget });
  const target = { method: 'POST', path: 'refunds', hasKey: true };
  return Array.from({ length: 200 }, () => `${faults.ofRequest(target)} ${faults.ofEvent('refund.created')}`);
};

describe('faults by chance', () => {
  it('are the same for the same seed', () => {
    expect(draws(7, 50)).toEqual(draws(7, 50));
    expect(draws(7, 50)).not.toEqual(draws(8, 50));
  });

  it('are as many as they may be', () => {
    const struck = draws(7, 50).flatMap((both) => both.split(' ').filter((each) => each !== 'null'));
    expect(struck.length).toBe(50);
    expect(new Set(struck).size).toBeGreaterThan(10);
  });

  it('are of the kinds that were asked for', () => {
    const faults = new Faults(new Random(1));
    faults.plan({ api: 1, webhook: 1, budget: 10, kinds: ['hang'] });
    const target = { method: 'GET', path: 'refunds', hasKey: false };
    expect([faults.ofRequest(target), faults.ofEvent('refund.created'), faults.struck]).toEqual([
      'hang',
      null,
      { hang: 1 },
    ]);
  });
});
