import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Client,
  type EventFilter,
  EventsDocument,
  NodeDocument,
  NodesDocument,
  type OrderFilter,
  type OrderStatus,
  OrdersDocument,
  type ProductFilter,
  ProductsDocument,
} from '../../src/cli/client.ts';
import { startPanier, type TestPanier } from './panier.ts';
import { ends, placeOrder, shelve } from './shop.ts';

interface Page {
  readonly edges: readonly { readonly cursor: string; readonly node: object }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

type Turn = { readonly first: number; readonly after?: string } | { readonly last: number; readonly before?: string };

let panier: TestPanier;
let client: Client;
const productIds: string[] = [];
const orderIds: string[] = [];

const CONNECTIONS: Readonly<Record<string, (turn: Turn) => Promise<Page>>> = {
  products: async (turn) => (await client.request(ProductsDocument, turn)).products,
  orders: async (turn) => (await client.request(OrdersDocument, turn)).orders,
  events: async (turn) => (await client.request(EventsDocument, turn)).events,
};

beforeAll(async () => {
  panier = await startPanier();
  client = panier.client();
  for (let nth = 0; nth < 5; nth += 1) productIds.push(await shelve(client, 2));
  for (const productId of productIds) {
    orderIds.push(await placeOrder(client, [{ productId, quantity: 1 }], { paymentMethod: 'pm_card_visa' }));
    orderIds.push(await placeOrder(client, [{ productId, quantity: 3 }], { paymentMethod: 'pm_card_visa' }));
  }
  await Promise.all(orderIds.map((orderId) => ends(client, orderId)));
});
afterAll(() => panier[Symbol.asyncDispose]());

describe.each(Object.entries(CONNECTIONS))('the pages of %s', (_name, pageOf) => {
  const all = async (): Promise<readonly object[]> => (await pageOf({ first: 100 })).edges.map(({ node }) => node);

  it.each([1, 3, 4])('are together everything when walked forwards by %i', async (first) => {
    const walked: object[] = [];
    for (let after: string | undefined; ; ) {
      const { edges, pageInfo } = await pageOf(after === undefined ? { first } : { first, after });
      expect(pageInfo.hasPreviousPage).toBe(after !== undefined);
      expect(pageInfo.startCursor).toBe(edges[0]?.cursor ?? null);
      expect(pageInfo.endCursor).toBe(edges.at(-1)?.cursor ?? null);
      walked.push(...edges.map(({ node }) => node));
      if (!pageInfo.hasNextPage) break;
      expect(edges).toHaveLength(first);
      after = pageInfo.endCursor ?? '';
    }
    expect(walked).toEqual(await all());
  });

  it.each([1, 3, 4])('are together everything when walked backwards by %i', async (last) => {
    const walked: object[] = [];
    for (let before: string | undefined; ; ) {
      const { edges, pageInfo } = await pageOf(before === undefined ? { last } : { last, before });
      expect(pageInfo.hasNextPage).toBe(before !== undefined);
      walked.unshift(...edges.map(({ node }) => node));
      if (!pageInfo.hasPreviousPage) break;
      before = pageInfo.startCursor ?? '';
    }
    expect(walked).toEqual(await all());
  });

  it.each([
    [{ first: 0 }, 'BAD_USER_INPUT'],
    [{ first: 101 }, 'PAGE_TOO_LARGE'],
    [{ last: -1 }, 'BAD_USER_INPUT'],
    [{ first: 1, last: 1 }, 'BAD_USER_INPUT'],
    [{ first: 1, after: 'nonsense' }, 'BAD_USER_INPUT'],
  ])('are refused for %o as %s', async (turn, code) => {
    await expect(pageOf(turn)).rejects.toMatchObject({ codes: [code] });
  });
});

const ordersFound = async (filter: OrderFilter, status?: OrderStatus[]): Promise<readonly string[]> => {
  const { orders } = await client.request(OrdersDocument, { first: 100, filter, ...(status && { status }) });
  return orders.edges.map(({ node }) => node.id);
};

describe('the orders', () => {
  it('come newest first', async () => {
    const { orders } = await client.request(OrdersDocument, { first: 100 });
    expect(orders.edges.map(({ node }) => node.id)).toEqual(orderIds.toReversed());
  });

  it('are filtered by status', async () => {
    const { orders } = await client.request(OrdersDocument, { first: 100, status: ['REJECTED'] });
    expect(orders.edges).toHaveLength(5);
    expect(new Set(orders.edges.map(({ node }) => node.status))).toEqual(new Set(['REJECTED']));
    const none = await client.request(OrdersDocument, { first: 100, status: ['COMPENSATING'] });
    expect(none.orders.edges).toEqual([]);
  });

  it('are filtered by product, time and failure, with a status and without', async () => {
    const [productId = ''] = productIds;
    const [bought, refused] = orderIds;
    expect(await ordersFound({ productId })).toEqual([refused, bought]);
    expect(await ordersFound({ productId }, ['CONFIRMED'])).toEqual([bought]);
    expect(await ordersFound({ productId, failureReason: 'OUT_OF_STOCK' })).toEqual([refused]);
    expect(await ordersFound({ failure: `AVAILABLE ${productId}` })).toEqual([refused]);
    expect(await ordersFound({ productId, until: '2026-01-01T00:00:00Z' })).toEqual([]);
    expect(await ordersFound({ since: '2026-01-01T00:00:00Z' })).toHaveLength(orderIds.length);
    expect(await ordersFound({ customerId: 'nobody' })).toEqual([]);
  });

  it.each(['', '«»', 'x'.repeat(201)])('are not looked for by %j', async (failure) => {
    const asking = client.request(OrdersDocument, { filter: { failure } });
    await expect(asking).rejects.toMatchObject({ codes: ['BAD_USER_INPUT'] });
  });
});

const productsFound = async (filter: ProductFilter) =>
  (await client.request(ProductsDocument, { first: 100, filter })).products.edges.map(({ node }) => node);

describe('the products', () => {
  it('are found by name and by whether there are any', async () => {
    const [first, ...others] = await productsFound({});
    expect(others).toHaveLength(productIds.length - 1);
    expect(await productsFound({ name: first?.name ?? '' })).toContainEqual(first);
    expect(await productsFound({ name: 'unheard of' })).toEqual([]);
    expect(await productsFound({ available: true })).toEqual([first, ...others]);
    expect(await productsFound({ available: false })).toEqual([]);
    await expect(productsFound({ name: ' - ' })).rejects.toMatchObject({ codes: ['BAD_USER_INPUT'] });
  });
});

const eventsWith = async (filter: EventFilter) =>
  (await client.request(EventsDocument, { first: 100, filter })).events.edges.map(({ node }) => node);

describe('the events', () => {
  it('are filtered by aggregate, correlation, type and stream', async () => {
    const [productId = '', orderId = ''] = [productIds[0], orderIds[0]];
    expect((await eventsWith({ aggregateId: productId })).map(({ type }) => type).toSorted()).toEqual([
      'ProductUpserted',
      'StockAdjusted',
    ]);
    expect((await eventsWith({ correlationId: orderId })).every(({ correlationId }) => correlationId === orderId)).toBe(
      true,
    );
    expect(await eventsWith({ types: ['OrderConfirmed', 'OrderRejected'] })).toHaveLength(10);
    const payments = await eventsWith({
      stream: 'ecommerce.payments.events',
      types: ['PaymentSucceeded', 'OrderConfirmed'],
    });
    expect(payments.map(({ type }) => type)).toEqual(Array.from({ length: 5 }, () => 'PaymentSucceeded'));
  });

  it('are found by their id', async () => {
    const [created] = await eventsWith({ types: ['OrderCreated'] });
    const [cause] = await eventsWith({ eventId: created?.causationId ?? '' });
    expect(cause).toMatchObject({ type: 'CartCheckedOut', eventId: created?.causationId });
    expect(await eventsWith({ eventId: created?.eventId ?? '' })).toEqual([created]);
    expect(await eventsWith({ eventId: created?.eventId ?? '', types: ['CartCheckedOut'] })).toEqual([]);
  });

  it('are filtered by time: from since, up to before until', async () => {
    const [event] = await eventsWith({ types: ['OrderRejected'] });
    const occurredAt = event?.occurredAt ?? '';
    const later = await eventsWith({ since: occurredAt });
    const earlier = await eventsWith({ until: occurredAt });
    expect(later.some(({ eventId }) => eventId === event?.eventId)).toBe(true);
    expect(earlier.some(({ eventId }) => eventId === event?.eventId)).toBe(false);
    expect(earlier.every((each) => each.occurredAt < occurredAt)).toBe(true);
    expect(later.every((each) => each.occurredAt >= occurredAt)).toBe(true);
  });
});

describe('nodes', () => {
  it('are found by the ids of products and orders, in their order', async () => {
    const [productId = '', orderId = ''] = [productIds[0], orderIds[0]];
    expect((await client.request(NodeDocument, { id: productId })).node).toEqual({
      __typename: 'Product',
      id: productId,
    });
    const { nodes } = await client.request(NodesDocument, { ids: [orderId, 'order_unknown', productId, orderId] });
    expect(nodes.map((node) => node?.id ?? null)).toEqual([orderId, null, productId, orderId]);
    expect((await client.request(NodeDocument, { id: 'nothing' })).node).toBeNull();
  });
});
