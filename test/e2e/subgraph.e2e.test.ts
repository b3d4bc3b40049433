import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signedInAs, tokenOf } from '../../harness/support/tokens.ts';
import type { Client } from '../../src/cli/client.ts';
import { type Answer, type Asked, askAt, codeOf, type Headers, sdlAt, watchAt } from '../federation/ask.ts';
import { compose } from '../federation/compose.ts';
import { type Hive, type SubscribesBy, startHive } from '../federation/hive.ts';
import { type Reviews, startReviews } from '../federation/reviews.ts';
import { startPanier, type TestPanier } from './panier.ts';
import { ends, fillCart, placeOrder, shelve, stands } from './shop.ts';

const open = new AsyncDisposableStack();
let panier: TestPanier;
let reviews: Reviews;
let gateways: Readonly<Record<SubscribesBy, Hive>>;
let ann: Client;
let asAnn: Headers;

beforeAll(async () => {
  panier = open.use(await startPanier({ subgraph: true }));
  reviews = open.use(await startReviews());
  const url = `${panier.url}/subgraph`;
  const service = { authorization: `Bearer ${await tokenOf({ role: 'service', subject: 'gateway' })}` };
  const composed = compose([
    { name: 'panier', url, sdl: await sdlAt({ url, headers: service }) },
    { name: 'reviews', url: reviews.url, sdl: await sdlAt({ url: reviews.url, headers: {} }) },
  ]);
  if ('problems' in composed) throw new Error(composed.problems.join('\n'));
  const started = async (subscribesBy: SubscribesBy) => open.use(await startHive({ ...composed, subscribesBy }));
  gateways = { 'server-sent events': await started('server-sent events'), WebSocket: await started('WebSocket') };
  ann = panier.client({ customerId: 'ann' });
  asAnn = await signedInAs('ann');
});
afterAll(() => open.disposeAsync());

const PATIENCE = { timeout: 10_000, interval: 50 };

const askGateway = (asked: Asked, headers: Headers): Promise<Answer> =>
  askAt({ url: gateways['server-sent events'].url, headers }, asked);

const shelveTwo = async (): Promise<readonly [string, string]> => {
  const operator = panier.client();
  const ids = [await shelve(operator, 5), await shelve(operator, 6)] as const;
  await stands(operator, ids[0], { available: 5, reserved: 0, sold: 0 });
  await stands(operator, ids[1], { available: 6, reserved: 0, sold: 0 });
  return ids;
};

const orderOf = async (client: Client, products: readonly string[]): Promise<string> => {
  const order = await placeOrder(
    client,
    products.map((productId) => ({ productId, quantity: 1 })),
    {
      paymentMethod: 'pm_card_visa',
    },
  );
  await ends(client, order);
  return order;
};

const line = (id: string) => ({ product: { name: `Product ${id}`, reviews: [{ stars: id.length % 5 }] } });

describe('through a gateway of Apollo Federation', () => {
  it('an order leads to its products, and these to what another service says of them', async () => {
    const [one, other] = await shelveTwo();
    const order = await orderOf(ann, [one, other]);
    const query = `query ($order: ID!) {
      order(id: $order) { status lines { product { name reviews { stars } } } }
    }`;
    expect(await askGateway({ query, variables: { order } }, asAnn)).toEqual({
      data: { order: { status: 'CONFIRMED', lines: [line(one), line(other)] } },
    });
    expect(reviews.headers.at(-1)?.authorization).toBe(asAnn['authorization']);
  });

  it('many references are one request to panier', async () => {
    const [one, other] = await shelveTwo();
    const { sent } = gateways['server-sent events'];
    const before = sent.length;
    const query = 'query ($of: [ID!]!) { reviews(of: $of) { stars product { id name available } } }';
    const answer = await askGateway({ query, variables: { of: [one, other, 'prod_none'] } }, {});
    expect(answer.data?.['reviews']).toMatchObject([
      { product: { id: one, name: `Product ${one}`, available: 5 } },
      { product: { id: other, name: `Product ${other}`, available: 6 } },
      { product: null },
    ]);
    const toPanier = sent.slice(before).filter(({ url }) => url === `${panier.url}/subgraph`);
    expect(toPanier).toHaveLength(1);
    expect(toPanier[0]?.query).toContain('_entities(');
    expect(toPanier[0]?.variables['representations']).toHaveLength(3);
  });

  it("what is another customer's is not there, as what there is not", async () => {
    const [one] = await shelveTwo();
    const [order, cart] = [await orderOf(ann, [one]), await fillCart(ann, [{ productId: one, quantity: 1 }])];
    const query = `query ($orders: [ID!]!, $carts: [ID!]!) {
      notes(orders: $orders, carts: $carts) { text order { id status } cart { id totalItems } }
    }`;
    const asked = { query, variables: { orders: [order], carts: [cart] } };
    await expect
      .poll(async () => (await askGateway(asked, asAnn)).data?.['notes'], PATIENCE)
      .toMatchObject([
        { order: { id: order, status: 'CONFIRMED' }, cart: null },
        { order: null, cart: { id: cart, totalItems: 1 } },
      ]);
    for (const headers of [{}, await signedInAs('bob')])
      expect((await askGateway(asked, headers)).data?.['notes']).toMatchObject([
        { order: null, cart: null },
        { order: null, cart: null },
      ]);
  });

  it('a cart is checked out, with what another service adds to its order, or refused with the reason', async () => {
    const [one] = await shelveTwo();
    const cart = await fillCart(ann, [{ productId: one, quantity: 2 }]);
    const checkout = `mutation ($cart: ID!) {
      checkout(input: { cartId: $cart, paymentMethod: "pm_card_visa" }) {
        ... on Order { id status lines { product { reviews { stars } } } }
        ... on UserError { code }
      }
    }`;
    const { data } = await askGateway({ query: checkout, variables: { cart } }, asAnn);
    expect(data?.['checkout']).toMatchObject({
      status: 'PENDING',
      lines: [{ product: { reviews: [{ stars: one.length % 5 }] } }],
    });
    const again = { query: checkout, variables: { cart: `${cart}0` } };
    expect((await askGateway(again, asAnn)).data?.['checkout']).toEqual({ code: 'NOT_FOUND' });
  });

  it.each(['server-sent events', 'WebSocket'] as const)(
    'an order is watched to its end, with what another service adds, by %s',
    async (subscribesBy) => {
      const [one] = await shelveTwo();
      const order = await placeOrder(ann, [{ productId: one, quantity: 1 }], { paymentMethod: 'pm_card_visa' });
      const query = `subscription ($order: ID!) {
        orderStatus(orderId: $order) { order { status lines { product { name reviews { stars } } } } }
      }`;
      const { url, sent } = gateways[subscribesBy];
      const updates = await watchAt({ url, headers: asAnn }, { query, variables: { order } });
      expect(updates.at(-1)).toEqual({
        data: { orderStatus: { order: { status: 'CONFIRMED', lines: [line(one)] } } },
      });
      const asBob = await signedInAs('bob');
      const [refusal] = await watchAt({ url, headers: asBob }, { query, variables: { order } });
      expect(codeOf(refusal ?? {})).toBe('NOT_FOUND');
      const isStreamed = sent.some((each) => each.query.startsWith('subscription'));
      expect(isStreamed).toBe(subscribesBy === 'server-sent events');
    },
  );

  it.each(['server-sent events', 'WebSocket'] as const)('anybody watches the shelf, by %s', async (subscribesBy) => {
    const [one] = await shelveTwo();
    const query = 'subscription ($of: [ID!]!) { stock(productIds: $of) { available reviews { stars } } }';
    const { url } = gateways[subscribesBy];
    expect(await watchAt({ url, headers: {} }, { query, variables: { of: [one] } }, 1)).toEqual([
      { data: { stock: { available: 5, reviews: [{ stars: one.length % 5 }] } } },
    ]);
  });

  it.each([
    ['a scope that is missing', '{ events(first: 1) { edges { cursor } } }', () => asAnn, 'FORBIDDEN'],
    ['a mistake', '{ order(id: "order_1", atRevision: 0) { id } }', () => asAnn, 'BAD_USER_INPUT'],
    ['nobody', '{ orders(first: 1) { edges { cursor } } }', () => ({}), 'UNAUTHENTICATED'],
    [
      'a token that is wrong',
      '{ __typename products { edges { cursor } } }',
      () => ({ authorization: 'Bearer x' }),
      'UNAUTHENTICATED',
    ],
  ] satisfies [string, string, () => Headers, string][])(
    'an error is told with its code: %s',
    async (...[, query, headers, code]) => {
      expect(codeOf(await askGateway({ query }, headers()))).toBe(code);
    },
  );

  it('nothing else is asked by the gateway', () => {
    const hosts = Object.values(gateways).flatMap(({ sent }) => sent.map(({ url }) => url));
    expect(new Set(hosts)).toEqual(new Set([`${panier.url}/subgraph`, reviews.url]));
  });
});
