import { EventSource } from 'eventsource';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RoundRobin, startRoundRobin } from '../../harness/support/round-robin.ts';
import { AS_OPERATOR, OPERATOR_TOKEN } from '../../harness/support/tokens.ts';
import { AdjustStockDocument, accepted, type Client, connect, WatchOrderDocument } from '../../src/cli/client.ts';
import { startPanier } from './panier.ts';
import { ends, fillCart, placeOrder, reaches, shelve, typesOf } from './shop.ts';

const opened = new AsyncDisposableStack();
let balancer: RoundRobin;
let client: Client;

beforeAll(async () => {
  const panier = opened.use(await startPanier());
  const other = opened.use(await panier.another({ roles: ['gateway'] }));
  balancer = opened.use(await startRoundRobin([panier.url, other.url]));
  client = opened.use(connect({ url: balancer.url, token: OPERATOR_TOKEN }));
});
afterAll(() => opened.disposeAsync());

interface Answer<Data> {
  readonly data: Data;
}

/** As the client's own, by the balancer. */
const ask = async <Data>(query: string, variables: object = {}, headers: object = {}): Promise<Data> => {
  const response = await fetch(`${balancer.url}/graphql`, {
    method: 'POST',
    headers: { ...AS_OPERATOR, 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  });
  return ((await response.json()) as Answer<Data>).data;
};

/** How many more requests each gateway is given meanwhile. */
const givenTo = async (work: () => Promise<unknown>): Promise<readonly number[]> => {
  const before = balancer.given();
  await work();
  return balancer.given().map((given, nth) => given - (before[nth] ?? 0));
};

const CREATE = 'mutation { createCart { ... on Cart { id consistencyToken } } }';
const READ = 'query ($id: ID!, $token: String) { cart(id: $id, consistentWith: $token) { version } }';
const CHECK_OUT = `mutation ($input: CheckoutInput!) { checkout(input: $input) { ... on Order { id } } }`;
const TICKET = 'mutation { streamTicket { ... on StreamTicket { ticket } } }';
const STOCK = 'subscription ($filter: EventFilter) { events(filter: $filter) { node { type } } }';

/** Statuses of an order, as one WebSocket tells them. */
const watch = async (id: string): Promise<readonly string[]> => {
  await using watching = connect({ url: balancer.url, token: OPERATOR_TOKEN });
  const statuses: string[] = [];
  for await (const { orderStatus } of watching.watch(WatchOrderDocument, { id }))
    statuses.push(orderStatus.order.status);
  return statuses;
};

describe('two gateways behind a balancer that knows nobody again', () => {
  it('bring an order to its end, each command at the other one', async () => {
    const productId = await shelve(client, 5);
    let steps: readonly string[] = [];
    const given = await givenTo(async () => {
      const id = await placeOrder(client, [{ productId, quantity: 2 }], { paymentMethod: 'pm_card_visa' });
      steps = typesOf(await reaches(client, id, 'CONFIRMED'));
    });
    expect(steps).toEqual(['OrderConfirmed', 'OrderCreated', 'PaymentRequested', 'PaymentSucceeded', 'StockReserved']);
    expect(Math.min(...given)).toBeGreaterThan(1);
  });

  it('show at one what was written at the other, to who says how new it has to be', async () => {
    for (let nth = 0; nth < 4; nth += 1) {
      type Created = { readonly createCart: { readonly id: string; readonly consistencyToken: string } };
      const { id, consistencyToken: token } = (await ask<Created>(CREATE)).createCart;
      expect(await ask(READ, { id, token })).toEqual({ cart: { version: 1 } });
    }
  });

  it('take a command that is sent again for the same, whichever took it', async () => {
    const productId = await shelve(client, 5);
    const cartId = await fillCart(client, [{ productId, quantity: 1 }]);
    type CheckedOut = { readonly checkout: { readonly id: string } };
    const send = () => ask<CheckedOut>(CHECK_OUT, { input: { cartId, idempotencyKey: `again-${cartId}` } });
    const [first, second] = [await send(), await send()];
    expect(first.checkout.id).toMatch(/^order_/);
    expect(second).toEqual(first);
  });

  it('tell both of their subscribers the end of an order', async () => {
    const productId = await shelve(client, 5);
    const id = await placeOrder(client, [{ productId, quantity: 1 }], { paymentMethod: 'pm_card_visa' });
    const told = await Promise.all([watch(id), watch(id)]);
    expect(told.map((statuses) => statuses.at(-1))).toEqual(['CONFIRMED', 'CONFIRMED']);
    expect((await ends(client, id)).status).toBe('CONFIRMED');
  });

  it('open a stream with a ticket of the other one, and go on with it there after a cut, without a gap', async () => {
    const productId = await shelve(client, 0);
    type Ticket = { readonly streamTicket: { readonly ticket: string } };
    const { ticket } = (await ask<Ticket>(TICKET)).streamTicket;
    const variables = JSON.stringify({ filter: { types: ['StockAdjusted'], aggregateId: productId } });
    const search = new URLSearchParams({ query: STOCK, variables, ticket });
    let told = 0;
    const source = new EventSource(`${balancer.url}/graphql?${search}`);
    source.addEventListener('next', () => (told += 1));
    const adjust = async () =>
      accepted((await client.request(AdjustStockDocument, { input: { productId, delta: 1 } })).adjustStock);
    await expect.poll(() => source.readyState).toBe(source.OPEN);
    await adjust();
    await expect.poll(() => told, { timeout: 10_000 }).toBe(1);
    const given = await givenTo(async () => {
      balancer.cut();
      await adjust();
      await adjust();
      await expect.poll(() => told, { timeout: 10_000 }).toBe(3);
    });
    source.close();
    expect(Math.min(...given)).toBeGreaterThan(0);
  });
});
