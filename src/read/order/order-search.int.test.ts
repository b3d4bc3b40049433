import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { orderHistory } from '../../../harness/support/recorded.ts';
import { type RowsRead, rowsReadFor } from '../../../harness/support/rows-read.ts';
import { openReadSide, type ReadSide } from '../../../test/read-side/read-side.ts';
import { orderPage } from './pages.ts';
import type { OrderPageRequest } from './search.ts';

let side: ReadSide;
beforeAll(async () => {
  side = await openReadSide();
  const audit = side.audit();
  await audit.handle(orderHistory('order_1', 'Confirmed', 'ada'));
  await audit.handle(orderHistory('order_2', 'Rejected', 'ada'));
  await audit.handle(orderHistory('order_3', 'Declined', 'bob'));
  await audit.handle(orderHistory('order_4', 'Declined').slice(0, 2));
  await audit.handle(orderHistory('order_5', 'Declined').slice(0, 4));
});
afterAll(() => side[Symbol.asyncDispose]());

type Asked = Omit<OrderPageRequest, 'reach'> & Partial<Pick<OrderPageRequest, 'reach'>>;

const pageAt = (request: Asked, db = side.db) =>
  orderPage(db, { reach: 'Everything', ...(request.last == null ? { first: 20 } : {}), ...request });
const idsAt = async (request: Asked): Promise<readonly string[]> =>
  (await pageAt(request)).edges.map(({ node }) => node.id);

describe('orders', () => {
  it('are found by status, those that pass and those that last', async () => {
    expect(await idsAt({})).toEqual(['order_5', 'order_4', 'order_3', 'order_2', 'order_1']);
    expect(await idsAt({ status: ['AWAITING_PAYMENT'] })).toEqual(['order_4']);
    expect(await idsAt({ status: ['CONFIRMED', 'CONFIRMED', 'CANCELLED', 'COMPENSATING'] })).toEqual([
      'order_5',
      'order_3',
      'order_1',
    ]);
    expect(await idsAt({ status: [] })).toEqual([]);
  });

  it('are found by customer, product, time and what is said of their failure', async () => {
    expect(await idsAt({ filter: { customerId: 'ada' } })).toEqual(['order_2', 'order_1']);
    expect(await idsAt({ filter: { productId: 'prod_2' } })).toHaveLength(5);
    expect(await idsAt({ filter: { productId: 'prod_3' } })).toEqual([]);
    expect(await idsAt({ filter: { failure: 'DECLINED!' } })).toEqual(['order_5', 'order_3']);
    expect(await idsAt({ filter: { failure: 'available prod_1' } })).toEqual(['order_2']);
    expect(await idsAt({ filter: { failure: 'available declined' } })).toEqual([]);
    expect(await idsAt({ filter: { failureReason: 'OUT_OF_STOCK' } })).toEqual(['order_2']);
    const at = '2026-01-02T00:00:00.000Z';
    expect(await idsAt({ filter: { since: at } })).toHaveLength(5);
    expect(await idsAt({ filter: { until: at } })).toEqual([]);
  });

  it('are found by all of it at once, and within reach', async () => {
    const filter = { productId: 'prod_1', failure: 'declined', failureReason: 'PAYMENT_DECLINED' } as const;
    expect(await idsAt({ status: ['CANCELLED'], filter })).toEqual(['order_3']);
    expect(await idsAt({ status: ['CANCELLED'], filter: { ...filter, customerId: 'bob' } })).toEqual(['order_3']);
    const reach = { kind: 'Customer', customerId: 'ada' } as const;
    expect(await idsAt({ reach, filter: { productId: 'prod_1' } })).toEqual(['order_2', 'order_1']);
    expect(await idsAt({ reach, filter })).toEqual([]);
    expect(await idsAt({ reach, filter: { customerId: 'bob' } })).toEqual([]);
    expect(await idsAt({ reach: 'Nothing', filter })).toEqual([]);
  });

  it('come in pages, of several lists, forwards and backwards', async () => {
    const status = ['CONFIRMED', 'REJECTED', 'CANCELLED', 'AWAITING_PAYMENT'] as const;
    const first = await pageAt({ first: 2, status });
    expect(first.edges.map(({ node }) => node.id)).toEqual(['order_4', 'order_3']);
    expect([first.hasNextPage, first.hasPreviousPage]).toEqual([true, false]);
    const after = first.edges[1]?.cursor;
    expect(await idsAt({ first: 5, after, status })).toEqual(['order_2', 'order_1']);
    expect(await idsAt({ last: 1, status })).toEqual(['order_1']);
    expect(await idsAt({ last: 1, before: after, status })).toEqual(['order_4']);
    expect(await idsAt({ first: 5, after, filter: { failure: 'declined' } })).toEqual([]);
  });

  it('are the same out of a rebuild, also those whose terms came and went', async () => {
    for (const outcome of ['Declined', 'Rejected'] as const)
      for (const event of orderHistory(`order_${outcome}`, outcome).toReversed()) await side.audit().handle([event]);
    expect((await side.rebuild()).tables).toContainEqual(
      expect.objectContaining({ table: 'order_term', differing: 0 }),
    );
  });
});

const MANY = 50_000;

const fill = async (): Promise<void> => {
  await sql`insert into read."order" (id, owner, status, revision, facts, is_complete, created_at, updated_at)
    select 'order_x' || nth, 'customer:' || nth % 1000,
      case when nth % 5000 = 0 then 'PENDING' when nth % 2 = 0 then 'CONFIRMED' else 'CANCELLED' end,
      1, (select facts from read."order" where id = 'order_3'), nth % 5000 <> 0,
      timestamptz '2025-01-01' + make_interval(mins => nth), now()
    from generate_series(1, ${MANY}) as nth`.execute(side.db);
  await sql`insert into read.order_term (order_id, term, created_at)
    select id, term, created_at from read."order"
    cross join lateral unnest(array['product:prod_x', 'status:' || status, 'word:common', 'reason:PAYMENT_DECLINED']) as term
    where id like 'order_x%'`.execute(side.db);
  await sql`analyze read."order"`.execute(side.db);
  await sql`analyze read.order_term`.execute(side.db);
};

const read = async (request: Asked): Promise<readonly RowsRead[]> => {
  const of = async (table: string) => (await rowsReadFor(side.db, table, (tx) => pageAt(request, tx))).read;
  return [await of('read."order"'), await of('read.order_term')];
};

const MIDDLE = '2025-01-18T00:00:00.000Z';
const FILTERS: Readonly<Record<string, Asked>> = {
  nothing: {},
  'a status that lasts': { status: ['CONFIRMED'] },
  'a status that passes': { status: ['PENDING'] },
  'all statuses': { status: ['PENDING', 'AWAITING_PAYMENT', 'CONFIRMED', 'REJECTED', 'COMPENSATING', 'CANCELLED'] },
  customer: { filter: { customerId: '7' } },
  'customer and product': { filter: { customerId: '7', productId: 'prod_x' } },
  product: { filter: { productId: 'prod_x' } },
  'product and status': { status: ['CONFIRMED'], filter: { productId: 'prod_x' } },
  time: { filter: { since: '2025-01-10T00:00:00.000Z', until: MIDDLE } },
  'time and product': { filter: { until: MIDDLE, productId: 'prod_x' } },
  reason: { filter: { failureReason: 'PAYMENT_DECLINED' } },
  words: { filter: { failure: 'common', failureReason: 'PAYMENT_DECLINED' } },
  'what nobody has': { filter: { failure: 'unheard of' } },
};

describe('a page of fifty thousand orders', () => {
  beforeAll(fill, 60_000);

  it.each(Object.entries(FILTERS))('is read by an index, and little more than it shows: %s', async (_name, request) => {
    for (const turn of [{}, { last: 20 }])
      for (const { scanned, byIndex } of await read({ ...request, ...turn })) {
        expect(scanned).toBe(0);
        expect(byIndex).toBeLessThan(140);
      }
  });
});
