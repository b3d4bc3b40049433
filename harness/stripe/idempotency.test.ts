import { describe, expect, it } from 'vitest';
import { errorOf } from './sdk.fixture.ts';
import { openStage } from './stage.fixture.ts';

const { stripe, controls } = await openStage();

const DAY_MS = 24 * 3_600_000;

let count = 0;
const newKey = () => {
  count += 1;
  return `order_${count}:1`;
};

const wanted = (method: string, amount = 2_100) => ({
  amount,
  currency: 'eur',
  confirm: true,
  payment_method: method,
  allowed_payment_method_types: ['card', 'sepa_debit'],
});
const pay = (idempotencyKey: string, method = 'pm_card_visa', amount?: number) =>
  stripe.paymentIntents.create(wanted(method, amount), { idempotencyKey });
const made = (key: string) => controls.books().filter(({ keys }) => keys.includes(key));

describe('an idempotency key', () => {
  it('gives the same answer to the same request, and says so', async () => {
    const key = newKey();
    const first = await pay(key);
    const second = await pay(key);
    expect(second).toEqual(first);
    expect(first.lastResponse.headers['idempotent-replayed']).toBeUndefined();
    expect(second.lastResponse.headers).toMatchObject({
      'idempotent-replayed': 'true',
      'original-request': first.lastResponse.requestId,
      'idempotency-key': key,
    });
    expect(made(key)).toMatchObject([{ charged: 2_100, charges: 1 }]);
  });

  it('gives the answer of then, however things stand now', async () => {
    const key = newKey();
    const asked = await pay(key, 'pm_card_authenticationRequired');
    controls.act({ clientSecret: asked.client_secret ?? '', isRefused: false });
    expect((await pay(key, 'pm_card_authenticationRequired')).status).toBe('requires_action');
    expect((await stripe.paymentIntents.retrieve(asked.id)).status).toBe('succeeded');
  });

  it('keeps a decline', async () => {
    const key = newKey();
    const errors = [
      await errorOf(pay(key, 'pm_card_chargeDeclined')),
      await errorOf(pay(key, 'pm_card_chargeDeclined')),
    ];
    expect(errors[1]?.headers?.['idempotent-replayed']).toBe('true');
    expect(errors[1]?.payment_intent?.id).toBe(errors[0]?.payment_intent?.id);
    expect(made(key).length).toBe(1);
  });

  it('is of one request: others are refused', async () => {
    const key = newKey();
    const { id } = await pay(key);
    const refused = { type: 'StripeIdempotencyError', statusCode: 400 };
    expect(await errorOf(pay(key, 'pm_card_visa', 2_200))).toMatchObject(refused);
    expect(await errorOf(stripe.refunds.create({ payment_intent: id }, { idempotencyKey: key }))).toMatchObject(
      refused,
    );
    expect(made(key)).toMatchObject([{ charged: 2_100, refunded: 0 }]);
  });

  it('is in use while its request is carried out', async () => {
    const key = newKey();
    controls.arm({ kind: 'slow' });
    const first = pay(key);
    const [second] = await Promise.all([errorOf(pay(key)), first]);
    expect(second).toMatchObject({ statusCode: 409, code: 'idempotency_key_in_use' });
    expect((await pay(key)).id).toBe((await first).id);
    expect(made(key).length).toBe(1);
  });

  it('does not keep what was not begun', async () => {
    const key = newKey();
    expect((await errorOf(pay(key, 'pm_card_visa', 1))).code).toBe('amount_too_small');
    expect((await pay(key)).status).toBe('succeeded');
  });

  it('keeps a failure of the server, whether it came before the effect or after', async () => {
    for (const [kind, intents] of [
      ['error-before', 0],
      ['error-after', 1],
    ] as const) {
      const key = newKey();
      controls.arm({ kind });
      for (const replayed of [undefined, 'true', 'true']) {
        const error = await errorOf(pay(key));
        expect([error.statusCode, error.headers?.['idempotent-replayed']]).toEqual([500, replayed]);
      }
      expect(made(key).length).toBe(intents);
    }
  });

  it('is forgotten after a day', async () => {
    const key = newKey();
    const { id } = await pay(key);
    controls.advance({ ms: DAY_MS - 60_000 });
    expect((await pay(key)).id).toBe(id);
    controls.advance({ ms: 60_000 });
    expect((await pay(key)).id).not.toBe(id);
    expect(made(key)).toMatchObject([{ charged: 2_100 }, { charged: 2_100 }]);
  });
});
