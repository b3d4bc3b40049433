import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askedByAll, customerReach } from '../../harness/support/reach.ts';
import { cartHistory, orderHistory, productHistory, recorded } from '../../harness/support/recorded.ts';
import { testRedis } from '../../harness/support/servers.ts';
import type { Recorded } from '../../src/events/index.ts';
import { readOrder } from '../../src/events/index.ts';
import { InvalidCursor, openRead, type Read } from '../../src/read/index.ts';
import { logger, openReadSide, type ReadSide } from './read-side.ts';

const resources = new AsyncDisposableStack();
let side: ReadSide;
let read: Read;
let handle: (batch: readonly Recorded[]) => Promise<void>;

beforeAll(async () => {
  side = resources.use(await openReadSide());
  const server = resources.use(await testRedis());
  const redis = resources.adopt(new Redis(server.url), (client) => client.disconnect());
  read = resources.use(openRead({ db: side.db, redis, logger }));
  ({ handle } = side.audit());
});
afterAll(() => resources.disposeAsync());

describe('carts', () => {
  it('are folded from their events', async () => {
    await handle(cartHistory('cart_1', 'order_1', 'ada'));
    expect(await read.carts(askedByAll('cart_1', 'cart_none'))).toEqual([
      {
        id: 'cart_1',
        customerId: 'ada',
        sessionId: null,
        currency: 'EUR',
        items: [
          { id: '1', productId: 'prod_1', quantity: 5, unitPriceMinor: 1050 },
          { id: '2', productId: 'prod_2', quantity: 2, unitPriceMinor: 1050 },
        ],
        orderId: 'order_1',
        mergedInto: null,
        version: 5,
        createdAt: cartHistory('cart_1', 'order_1', 'ada').at(0)?.envelope.occurredAt,
        updatedAt: cartHistory('cart_1', 'order_1', 'ada').at(-1)?.envelope.occurredAt,
      },
      null,
    ]);
  });

  it('wait for the events before an early one, delivery by delivery', async () => {
    const events = cartHistory('cart_early');
    const [created, ...later] = events;
    for (const event of later.toReversed()) await handle([event]);
    expect(await read.carts(askedByAll('cart_early'))).toEqual([null]);
    await handle(created === undefined ? [] : [created]);
    expect((await read.carts(askedByAll('cart_early')))[0]).toMatchObject({ version: 5, orderId: 'order_1' });
  });

  it('take in an early event once the gap closes', async () => {
    const events = cartHistory('cart_gap');
    await handle([...events.slice(0, 2), ...events.slice(3, 4)]);
    expect((await read.carts(askedByAll('cart_gap')))[0]).toMatchObject({ version: 2 });
    await handle(events.slice(2, 3));
    expect((await read.carts(askedByAll('cart_gap')))[0]).toMatchObject({ version: 4 });
  });
});

describe('orders', () => {
  it('show their status and number their steps in store order', async () => {
    const events = orderHistory('order_steps', 'Declined');
    await handle(events);
    const [order] = await read.orders(askedByAll('order_steps'));
    expect(order).toMatchObject({
      revision: 6,
      createdAt: '2026-01-02T00:00:00.000Z',
      updatedAt: '2026-01-02T00:00:00.005Z',
    });
    expect(order && readOrder(order.facts).status).toBe('CANCELLED');
    const steps = await read.steps(['order_steps']);
    expect(steps.map(({ revision, status }) => [revision, status])).toEqual([
      [1, 'PENDING'],
      [2, 'AWAITING_PAYMENT'],
      [3, 'AWAITING_PAYMENT'],
      [4, 'COMPENSATING'],
      [5, 'COMPENSATING'],
      [6, 'CANCELLED'],
    ]);
    expect(steps.map(({ envelope }) => envelope)).toEqual(events.map(({ envelope }) => envelope));
    expect(await read.steps(['order_steps'], { after: 2, upTo: 4 })).toEqual(steps.slice(2, 4));
  });

  it('are not shown before their creation is known', async () => {
    const [created, ...later] = orderHistory('order_late', 'Confirmed');
    await handle(later);
    expect(await read.orders(askedByAll('order_late'))).toEqual([null]);
    await handle(created === undefined ? [] : [created]);
    expect((await read.orders(askedByAll('order_late')))[0]).toMatchObject({ revision: 5 });
  });

  it('are paged newest first, of one customer and of some statuses', async () => {
    for (const [id, outcome] of [
      ['order_p1', 'Confirmed'],
      ['order_p2', 'Rejected'],
      ['order_p3', 'Confirmed'],
    ] as const) {
      await handle(orderHistory(id, outcome, 'bob'));
    }
    const all = await read.orderPage({ reach: customerReach('bob'), first: 2 });
    expect(all.edges.map(({ node }) => node.id)).toEqual(['order_p3', 'order_p2']);
    expect(all).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    const rest = await read.orderPage({ reach: customerReach('bob'), first: 2, after: all.edges[1]?.cursor });
    expect(rest.edges.map(({ node }) => node.id)).toEqual(['order_p1']);
    const back = await read.orderPage({ reach: customerReach('bob'), last: 1, before: rest.edges[0]?.cursor });
    expect(back.edges.map(({ node }) => node.id)).toEqual(['order_p2']);
    const confirmed = await read.orderPage({ reach: customerReach('bob'), first: 5, status: ['CONFIRMED'] });
    expect(confirmed.edges.map(({ node }) => node.id)).toEqual(['order_p3', 'order_p1']);
    await expect(read.orderPage({ reach: 'Everything', first: 1, after: 'nonsense' })).rejects.toThrow(InvalidCursor);
  });
});

describe('products', () => {
  it('are shown with their stock once they have a name', async () => {
    const [upserted, adjusted] = productHistory('prod_1', 100);
    if (upserted === undefined || adjusted === undefined) throw new Error('no events');
    await handle([adjusted]);
    expect(await read.products(['prod_1'])).toEqual([]);
    const [stock] = await read.stock(['prod_1', 'prod_unheard_of']);
    expect(stock?.available).toBeGreaterThan(0);
    await handle([upserted]);
    const before = (await read.products(['prod_1']))[0];
    expect(before).toMatchObject(stock ?? {});
    await handle(orderHistory('order_stock_1', 'Confirmed'));
    await handle(orderHistory('order_stock_2', 'Declined'));
    await handle(orderHistory('order_stock_3', 'Confirmed').slice(0, 3));
    const after = (await read.products(['prod_1']))[0];
    if (before === undefined || after === undefined) throw new Error('not shown');
    expect(after.available).toBe(before.available - 10);
    expect(after.sold).toBe(before.sold + 5);
    expect(after.reserved).toBe(before.reserved + 5);
  });

  it('are paged by id', async () => {
    for (const id of ['prod_a', 'prod_b', 'prod_c']) await handle(productHistory(id));
    const all = await read.productPage({ first: 100 });
    const ids = all.edges.map(({ node }) => node.id);
    expect(ids).toEqual(ids.toSorted());
    const from = all.edges.find(({ node }) => node.id === 'prod_a')?.cursor;
    const next = await read.productPage({ first: 1, after: from });
    expect(next.edges.map(({ node }) => node.id)).toEqual(['prod_b']);
    const back = await read.productPage({ last: 1, before: next.edges[0]?.cursor });
    expect(back.edges.map(({ node }) => node.id)).toEqual(['prod_a']);
  });

  it('survive adjustments beyond what the column holds', async () => {
    const much = {
      type: 'StockAdjusted',
      data: { productId: 'prod_much', delta: 1_000_000_000, reason: null },
    } as const;
    await handle(Array.from({ length: 3 }, () => recorded(much)));
    await handle(productHistory('prod_much', 1));
    expect((await read.products(['prod_much']))[0]?.available).toBeGreaterThan(2_000_000_000);
  });
});

describe('consistency', () => {
  it("is reached when the owner's first events are all known", async () => {
    const events = orderHistory('order_point', 'Confirmed');
    const point = { aggregateId: 'order_point', measure: 'Version', reached: 3 } as const;
    await handle(events.slice(0, 3));
    expect(await read.awaitConsistency(point, 20)).toBe(false);
    const reaching = read.awaitConsistency(point, 10_000);
    await handle(events.slice(3, 4));
    expect(await reaching).toBe(true);
    expect(await read.awaitConsistency({ ...point, measure: 'Revision', reached: 4 }, 10)).toBe(true);
    expect(await read.awaitConsistency({ ...point, measure: 'Revision', reached: 5 }, 10)).toBe(false);
  });
});
