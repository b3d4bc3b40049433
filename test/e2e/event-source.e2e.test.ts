import { EventSource } from 'eventsource';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startProxy, type TcpProxy } from '../../harness/support/tcp-proxy.ts';
import { AS_OPERATOR } from '../../harness/support/tokens.ts';
import { AdjustStockDocument, accepted, type Client, EventsDocument, PayOrderDocument } from '../../src/cli/client.ts';
import { startPanier, type TestPanier } from './panier.ts';
import { ends, placeOrder, reaches, shelve, stands } from './shop.ts';

const CUTS = 50;
const SOURCES = 5;

let panier: TestPanier;
let client: Client;
let proxy: TcpProxy;
let sources: Source[] = [];

beforeAll(async () => {
  panier = await startPanier();
  client = panier.client();
  proxy = await startProxy(panier.url);
});
afterAll(async () => {
  await proxy[Symbol.asyncDispose]();
  await panier[Symbol.asyncDispose]();
});
afterEach(() => {
  for (const { source } of sources) source.close();
  sources = [];
});

interface Answer {
  readonly data: unknown;
}

interface Source {
  readonly source: EventSource;
  /** The data of each update. */
  readonly told: readonly unknown[];
  readonly statuses: readonly number[];
  readonly cuts: () => number;
}

/** A real EventSource by way of the proxy. It says who asks in a header, which a browser's would do by a ticket. */
const open = (query: string, variables: object): Source => {
  const told: unknown[] = [];
  const statuses: number[] = [];
  let cuts = 0;
  const search = new URLSearchParams({ query, variables: JSON.stringify(variables) });
  const source = new EventSource(`${proxy.url}graphql?${search}`, {
    fetch: async (input, init) => {
      const response = await fetch(input, { ...init, headers: { ...init.headers, ...AS_OPERATOR } });
      statuses.push(response.status);
      return response;
    },
  });
  source.addEventListener('next', ({ data }: MessageEvent<string>) => told.push((JSON.parse(data) as Answer).data));
  source.addEventListener('error', () => {
    cuts += 1;
  });
  const opened = { source, told, statuses, cuts: () => cuts };
  sources.push(opened);
  return opened;
};

const isOpen = ({ source }: Source): boolean => source.readyState === source.OPEN;

const adjust = async (productId: string) =>
  accepted((await client.request(AdjustStockDocument, { input: { productId, delta: 1 } })).adjustStock);

const cuts = (): number => sources.reduce((sum, each) => sum + each.cuts(), 0);

/** Cuts a stream within one of its answers, or all of them, until they were cut so often. Something happens all the while. */
const cutAndAdjust = async (productId: string): Promise<number> => {
  let nth = 0;
  for (; cuts() < CUTS; nth += 1) {
    await expect.poll(() => sources.some(isOpen)).toBe(true);
    const before = cuts();
    if (nth % 5 === 0) proxy.cut();
    else proxy.cutNextAnswer((nth * 37) % 400);
    await adjust(productId);
    await expect.poll(cuts).toBeGreaterThan(before);
  }
  return nth;
};

describe('an EventSource whose connection is cut again and again', () => {
  it('misses no event and gets none twice', { timeout: 180_000 }, async () => {
    const productId = await shelve(client, 1);
    await stands(client, productId, { available: 1, reserved: 0, sold: 0 });
    const filter = { types: ['StockAdjusted'], aggregateId: productId };
    const document = 'subscription ($filter: EventFilter) { events(filter: $filter) { node { eventId } } }';
    const { events: before } = await client.request(EventsDocument, { filter, last: 1 });
    const followers = Array.from({ length: SOURCES }, () => open(document, { filter }));
    await expect.poll(() => followers.every(isOpen)).toBe(true);
    const adjusted = await cutAndAdjust(productId);
    await adjust(productId);
    await stands(client, productId, { available: adjusted + 2, reserved: 0, sold: 0 });

    const after = before.edges.at(-1)?.cursor ?? null;
    const { events } = await client.request(EventsDocument, { filter, after, first: 100 });
    const happened = events.edges.map(({ node: { eventId } }) => ({ events: { node: { eventId } } }));
    expect(happened).toHaveLength(adjusted + 1);
    for (const { told } of followers) {
      await expect.poll(() => told.length, { timeout: 20_000 }).toBeGreaterThanOrEqual(happened.length);
      expect(told).toEqual(happened);
    }
  });

  it('sees each step of an order once, and stops at its end', async () => {
    const productId = await shelve(client, 5);
    const orderId = await placeOrder(client, [{ productId, quantity: 1 }]);
    await reaches(client, orderId, 'AWAITING_PAYMENT');
    const document = 'subscription ($id: ID!) { orderStatus(orderId: $id) { step { revision } order { status } } }';
    const watching = open(document, { id: orderId });
    await expect.poll(() => watching.told.length).toBe(1);
    proxy.cut();
    accepted((await client.request(PayOrderDocument, { input: { orderId, paymentMethod: 'pm_card_visa' } })).payOrder);
    const { revision } = await ends(client, orderId);
    await expect.poll(() => watching.source.readyState).toBe(watching.source.CLOSED);
    const revisions = watching.told.map(
      (data) => (data as { orderStatus: { step: { revision: number } | null } }).orderStatus.step?.revision,
    );
    expect(revisions).toEqual([undefined, ...Array.from({ length: revision - 2 }, (_, nth) => nth + 3)]);
    expect(watching.told.at(-1)).toMatchObject({ orderStatus: { order: { status: 'CONFIRMED' } } });
    expect(watching.statuses.at(-1)).toBe(204);
  });

  it('is shown the newest state of stock again', async () => {
    const productId = await shelve(client, 5);
    const watching = open('subscription ($id: ID!) { stock(productIds: [$id]) { available } }', { id: productId });
    await expect.poll(() => watching.told.at(-1)).toEqual({ stock: { available: 5 } });
    proxy.cut();
    await adjust(productId);
    await expect.poll(() => watching.told.at(-1)).toEqual({ stock: { available: 6 } });
  });
});
