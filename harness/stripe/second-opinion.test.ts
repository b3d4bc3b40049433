import { createEmulator } from 'emulate';
import type { Stripe } from 'stripe';
import { afterAll, describe, expect, it } from 'vitest';
import { freePort } from '../../src/servers/index.ts';
import { sdkAt } from './sdk.fixture.ts';
import { openStage } from './stage.fixture.ts';

// It takes no port of its own choice.
const emulator = await createEmulator({ service: 'stripe', port: await freePort() });
afterAll(() => emulator.close());

const fake = await openStage();
const other = sdkAt(emulator.url, 'sk_test_emulated');

const WANTED = { amount: 2_100, currency: 'eur', payment_method: 'pm_card_visa', metadata: { order_id: 'order_1' } };

type Play = (stripe: Stripe) => Promise<unknown>;

const intentOf = ({ object, amount, currency, status, metadata, livemode }: Stripe.PaymentIntent) => ({
  object,
  amount,
  currency,
  status,
  metadata,
  livemode,
});

/** What the SDK made of an answer that is an error. */
const refusalOf = async (asked: Promise<unknown>): Promise<unknown> => {
  const error = await asked.then(
    () => 'it was answered',
    (reason: unknown) => reason,
  );
  if (!(error instanceof Error)) return error;
  const { type, statusCode, code } = error as InstanceType<typeof Stripe.errors.StripeError>;
  return { type, statusCode, code };
};

const paid = async (stripe: Stripe): Promise<Stripe.PaymentIntent> => {
  const { id } = await stripe.paymentIntents.create(WANTED);
  return stripe.paymentIntents.confirm(id, { return_url: 'https://shop.example/back' });
};

const AGREED: Readonly<Record<string, Play>> = {
  'an intent with a method waits to be confirmed': async (stripe) =>
    intentOf(await stripe.paymentIntents.create(WANTED)),
  'one without waits for a method': async (stripe) =>
    intentOf(await stripe.paymentIntents.create({ amount: 2_100, currency: 'eur' })),
  'a confirmed one is paid': async (stripe) => intentOf(await paid(stripe)),
  'what was paid is retrieved so': async (stripe) => {
    const { id } = await paid(stripe);
    return intentOf(await stripe.paymentIntents.retrieve(id));
  },
  'what was paid has one charge': async (stripe) => {
    const { id } = await paid(stripe);
    const { data } = await stripe.charges.list({ payment_intent: id });
    return data.map(({ object, amount, currency, status }) => ({ object, amount, currency, status }));
  },
  'what was paid cannot be cancelled': async (stripe) =>
    refusalOf(stripe.paymentIntents.cancel((await paid(stripe)).id)),
  'what was paid cannot be confirmed': async (stripe) =>
    refusalOf(
      stripe.paymentIntents.confirm((await paid(stripe)).id, {
        payment_method: 'pm_card_visa',
        return_url: 'https://shop.example/back',
      }),
    ),
  'what waits is cancelled, once': async (stripe) => {
    const { id } = await stripe.paymentIntents.create(WANTED);
    const cancelled = await stripe.paymentIntents.cancel(id);
    return [intentOf(cancelled), await refusalOf(stripe.paymentIntents.cancel(id))];
  },
  'what there is not is not found': (stripe) => refusalOf(stripe.paymentIntents.retrieve('pi_none')),
  'lists come newest first, in pages': async (stripe) => {
    const made = [await paid(stripe), await paid(stripe), await paid(stripe)];
    const first = await stripe.paymentIntents.list({ limit: 2 });
    const second = await stripe.paymentIntents.list({ limit: 2, starting_after: first.data[1]?.id ?? '' });
    const seen = [...first.data, ...second.data].slice(0, 3).map(({ id }) => made.findIndex((each) => each.id === id));
    return [first.object, first.url, first.has_more, seen];
  },
};

describe('the fake Stripe and emulate agree', () => {
  it.each(Object.keys(AGREED))('%s', async (name) => {
    const play = AGREED[name] ?? (() => Promise.reject(new Error(name)));
    const ours = await play(fake.stripe);
    expect(await play(other)).toEqual(ours);
    expect(ours).toBeDefined();
  });
});

const ODD = { ...WANTED, colour: 'red' };
const RETURNING = { return_url: 'https://shop.example/back' };

/** What Stripe documents and emulate 0.12 does not do: in each of these it stands alone, until it says otherwise. */
const DIFFERENT: Readonly<Record<string, readonly [play: Play, ours: unknown, theirs: unknown]>> = {
  'confirm while creating': [
    async (stripe) => (await stripe.paymentIntents.create({ ...WANTED, ...RETURNING, confirm: true })).status,
    'succeeded',
    'requires_confirmation',
  ],
  'the idempotency key': [
    async (stripe) => {
      const make = () => stripe.paymentIntents.create(WANTED, { idempotencyKey: 'order_1:1' });
      return (await make()).id === (await make()).id;
    },
    true,
    false,
  ],
  'a declined card': [
    async (stripe) => {
      const { id } = await stripe.paymentIntents.create({ ...WANTED, payment_method: 'pm_card_chargeDeclined' });
      return refusalOf(stripe.paymentIntents.confirm(id, RETURNING));
    },
    { type: 'StripeCardError', statusCode: 402, code: 'card_declined' },
    'it was answered',
  ],
  'a card that asks its customer': [
    async (stripe) => {
      const { id } = await stripe.paymentIntents.create({
        ...WANTED,
        payment_method: 'pm_card_authenticationRequired',
      });
      return (await stripe.paymentIntents.confirm(id, RETURNING)).status;
    },
    'requires_action',
    'succeeded',
  ],
  'the client secret': [
    async (stripe) => typeof (await stripe.paymentIntents.create(WANTED)).client_secret,
    'string',
    'undefined',
  ],
  'an unknown parameter': [
    (stripe) => refusalOf(stripe.paymentIntents.create(ODD)),
    { type: 'StripeInvalidRequestError', statusCode: 400, code: 'parameter_unknown' },
    'it was answered',
  ],
  refunds: [
    async (stripe) => (await stripe.refunds.create({ payment_intent: (await paid(stripe)).id })).object,
    'refund',
    undefined,
  ],
  'payment methods': [
    async (stripe) => (await stripe.paymentMethods.retrieve('pm_card_visa')).object,
    'payment_method',
    undefined,
  ],
  events: [async (stripe) => (await stripe.events.list({ limit: 1 })).object, 'list', undefined],
};

describe('the fake Stripe and emulate differ in', () => {
  it.each(Object.keys(DIFFERENT))('%s', async (name) => {
    const [play, ours, theirs] = DIFFERENT[name] ?? [() => Promise.resolve(), null, null];
    expect([await play(fake.stripe), await play(other)]).toEqual([ours, theirs]);
  });
});
