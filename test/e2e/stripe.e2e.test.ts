import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openFakeStripe } from '../../harness/stripe/index.ts';
import { eventually } from '../../harness/support/eventually.ts';
import { AS_OPERATOR } from '../../harness/support/tokens.ts';
import { accepted, CancelOrderDocument, type Client } from '../../src/cli/client.ts';
import { expectSound } from './invariants.ts';
import { startPanier, type TestPanier } from './panier.ts';
import { ends, orderOf, placeOrder, reaches, shelve, typesOf } from './shop.ts';

const SECRET = 'whsec_of_the_shop';
const FORMER_SECRET = 'whsec_of_the_former_endpoint';

let stripe: Awaited<ReturnType<typeof openFakeStripe>>;
let panier: TestPanier;
let client: Client;

beforeAll(async () => {
  stripe = await openFakeStripe({ bankMs: 50, retryMs: 50, lateMs: 300 });
  panier = await startPanier({
    paymentProvider: 'stripe',
    stripe: { secretKey: stripe.secretKey, webhookSecrets: [FORMER_SECRET, SECRET], apiBase: stripe.url },
    chargeGraceMs: 0,
    // What is not told is not asked for within a test.
    chargeBackoffMs: 60_000,
  });
  stripe.controls.listenAt({ url: `${panier.url}/webhooks/stripe`, secrets: [SECRET] });
  client = panier.client();
});
afterAll(async () => {
  await expectSound(panier.db);
  await panier[Symbol.asyncDispose]();
  await stripe[Symbol.asyncDispose]();
});

interface Payment {
  readonly status: string;
  readonly nextAction: { readonly url: string | null; readonly clientSecret: string | null } | null;
}

const ask = async <T>(query: string, id: string): Promise<T> => {
  const body = JSON.stringify({ query, variables: { id } });
  const request = { method: 'POST', headers: { ...AS_OPERATOR, 'content-type': 'application/json' }, body };
  return ((await (await fetch(`${panier.url}/graphql`, request)).json()) as { readonly data: T }).data;
};

const paymentOf = async (id: string): Promise<Payment | null> => {
  const query = 'query ($id: ID!) { order(id: $id) { payment { status nextAction { url clientSecret } } } }';
  return (await ask<{ readonly order: { readonly payment: Payment | null } }>(query, id)).order.payment;
};

const order = async (paymentMethod: string): Promise<string> =>
  placeOrder(client, [{ productId: await shelve(client, 5), quantity: 1 }], { paymentMethod });

const secretOf = (id: string): Promise<string> =>
  eventually(async () => {
    const secret = (await paymentOf(id))?.nextAction?.clientSecret ?? '';
    expect(secret).toMatch(/^pi_\w+_secret_/);
    return secret;
  });

const bookOf = (id: string) => stripe.controls.books().filter(({ metadata }) => metadata['order_id'] === id);

describe('an order that is paid by Stripe', () => {
  it('is confirmed, and charged once', async () => {
    const id = await order('pm_card_visa');
    await reaches(client, id, 'CONFIRMED');
    expect(bookOf(id)).toMatchObject([{ charged: 1_250, charges: 1, refunded: 0, currency: 'eur' }]);
  });

  it('with 3-D Secure asks its customer, and is confirmed when Stripe has told that they did', async () => {
    const id = await order('pm_card_authenticationRequired');
    const clientSecret = await secretOf(id);
    expect(await paymentOf(id)).toEqual({ status: 'ACTION_REQUIRED', nextAction: { url: null, clientSecret } });
    expect(stripe.controls.act({ clientSecret, isRefused: false })).toBe(true);
    await reaches(client, id, 'CONFIRMED');
    expect(typesOf(await orderOf(client, id))).toContain('PaymentPending');
  });

  it('that its customer does not authenticate is cancelled, for good', async () => {
    const id = await order('pm_card_authenticationRequired');
    const clientSecret = await secretOf(id);
    stripe.controls.act({ clientSecret, isRefused: true });
    await reaches(client, id, 'CANCELLED');
    expect((await orderOf(client, id)).failure).toMatchObject({ message: 'The payment was not authenticated.' });
    expect(stripe.controls.payAgain({ clientSecret, paymentMethod: 'pm_card_visa' })).toBe('canceled');
    expect(bookOf(id)).toMatchObject([{ charged: 0 }]);
  });

  it('by a card that is declined is cancelled, and says why in words for the customer', async () => {
    const id = await order('pm_card_chargeDeclinedInsufficientFunds');
    await reaches(client, id, 'CANCELLED');
    expect((await orderOf(client, id)).failure).toMatchObject({
      reason: 'PAYMENT_DECLINED',
      message: 'Your card has insufficient funds.',
    });
  });

  it('that is called off while the customer was to act is not charged', async () => {
    const id = await order('pm_card_authenticationRequired');
    await secretOf(id);
    accepted((await client.request(CancelOrderDocument, { input: { orderId: id } })).cancelOrder);
    await ends(client, id);
    await eventually(() => expect(bookOf(id)).toMatchObject([{ status: 'canceled', charged: 0 }]));
  });

  it('says of which kind its method is, and which there is not', async () => {
    const id = await order('pm_success_sepaDebit');
    await reaches(client, id, 'CONFIRMED');
    const events = await ask<object>('query { events(last: 50) { edges { node { type data } } } }', id);
    expect(JSON.stringify(events)).toContain('SEPA_DEBIT');
    await expect(order('pm_of_nobody')).rejects.toThrow('knows no such paymentMethod');
  });

  it('tells of a dispute in its steps, each stage once, and stays as it is', async () => {
    const id = await order('pm_card_visa');
    await reaches(client, id, 'CONFIRMED');
    const paymentIntent = bookOf(id)[0]?.paymentIntent ?? '';
    const dispute = stripe.controls.openDispute({ paymentIntent, reason: 'fraudulent' }) ?? '';
    const disputes = async () => typesOf(await orderOf(client, id)).filter((type) => type === 'PaymentDisputed');
    await eventually(async () => expect(await disputes()).toHaveLength(1));
    stripe.controls.closeDispute({ dispute, status: 'lost' });
    await eventually(async () => expect(await disputes()).toHaveLength(2));
    expect((await orderOf(client, id)).status).toBe('CONFIRMED');
  });
});
