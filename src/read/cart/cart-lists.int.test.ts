import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cartHistory, history } from '../../../harness/support/recorded.ts';
import { type RowsRead, rowsReadFor } from '../../../harness/support/rows-read.ts';
import { openReadSide, type ReadSide } from '../../../test/read-side/read-side.ts';
import { InvalidCursor } from '../keyset.ts';
import { type CartPageRequest, cartRows } from './pages.ts';

let side: ReadSide;
beforeAll(async () => {
  side = await openReadSide();
  const audit = side.audit();
  await audit.handle(cartHistory('cart_1', 'order_1', 'ada'));
  await audit.handle(cartHistory('cart_2', 'order_2', 'bob').slice(0, 4));
  await audit.handle(cartHistory('cart_3', 'order_3', 'ada').slice(0, 2));
  const merged = history('cart_4', [
    { type: 'CartCreated', data: { customerId: 'ada', sessionId: null, currency: 'EUR' } },
    { type: 'CartMerged', data: { intoCartId: 'cart_3' } },
  ]);
  await audit.handle(
    merged.map(({ envelope, event }) => ({ event, envelope: { ...envelope, occurredAt: '2026-01-03T00:00:00.000Z' } })),
  );
});
afterAll(() => side[Symbol.asyncDispose]());

type Asked = Omit<CartPageRequest, 'reach'> & Partial<Pick<CartPageRequest, 'reach'>>;

const pageAt = (request: Asked, db = side.db) =>
  cartRows(db, { reach: 'Everything', ...(request.last == null ? { first: 20 } : {}), ...request });
const idsAt = async (request: Asked): Promise<readonly string[]> =>
  (await pageAt(request)).edges.map(({ node }) => node.id);

/** Of each list the same, in any order: those that were created at one instant come by their ids. */
const found = async (request: Asked): Promise<readonly string[]> => (await idsAt(request)).toSorted();

describe('carts', () => {
  it('come by their creation, the newest first', async () => {
    const { edges } = await pageAt({});
    const times = edges.map(({ node }) => node.createdAt);
    expect(edges).toHaveLength(4);
    expect(new Set(times).size).toBeGreaterThan(1);
    expect(times).toEqual(times.toSorted().toReversed());
  });

  it('are found by status', async () => {
    expect(await found({ status: ['OPEN'] })).toEqual(['cart_2', 'cart_3']);
    expect(await found({ status: ['CHECKED_OUT'] })).toEqual(['cart_1']);
    expect(await found({ status: ['MERGED', 'CHECKED_OUT', 'MERGED'] })).toEqual(['cart_1', 'cart_4']);
    expect(await found({ status: [] })).toEqual([]);
  });

  it('are found by customer, product and time', async () => {
    expect(await found({ filter: { customerId: 'ada' } })).toEqual(['cart_1', 'cart_3', 'cart_4']);
    expect(await found({ status: ['OPEN'], filter: { customerId: 'ada' } })).toEqual(['cart_3']);
    expect(await found({ status: [], filter: { customerId: 'ada' } })).toEqual([]);
    const [{ node } = { node: null }] = (await pageAt({ status: ['CHECKED_OUT'] })).edges;
    const productId = node?.items[0]?.productId ?? '';
    expect(await found({ filter: { productId } })).toEqual(['cart_1', 'cart_2', 'cart_3']);
    expect(await found({ filter: { productId, customerId: 'ada' } })).toEqual(['cart_1', 'cart_3']);
    expect(await found({ status: ['CHECKED_OUT'], filter: { productId } })).toEqual(['cart_1']);
    expect(await found({ filter: { productId: 'prod_unheard_of' } })).toEqual([]);
    expect(await found({ filter: { since: node?.createdAt } })).toContain('cart_1');
    expect(await found({ filter: { until: node?.createdAt } })).not.toContain('cart_1');
  });

  it('are those alone that are reached', async () => {
    const reach = { kind: 'Customer', customerId: 'bob' } as const;
    expect(await found({ reach })).toEqual(['cart_2']);
    expect(await found({ reach, filter: { customerId: 'ada' } })).toEqual([]);
  });

  it('come in pages, forwards and backwards', async () => {
    const all = await idsAt({});
    const first = await pageAt({ first: 3 });
    expect([first.hasNextPage, first.hasPreviousPage]).toEqual([true, false]);
    const next = await pageAt({ first: 3, after: first.edges[2]?.cursor });
    expect([...first.edges, ...next.edges].map(({ node }) => node.id)).toEqual(all);
    const back = await pageAt({ last: 2, before: next.edges[0]?.cursor });
    expect(back.edges.map(({ node }) => node.id)).toEqual(all.slice(1, 3));
    await expect(pageAt({ first: 1, after: 'nonsense' })).rejects.toThrow(InvalidCursor);
  });

  it('leave the list of a product that is taken out, and are the same out of a rebuild', async () => {
    const created = { type: 'CartCreated', data: { customerId: null, sessionId: null, currency: 'EUR' } } as const;
    const item = { cartItemId: '1', productId: 'prod_gone', quantity: 1, unitPrice: '1.00' };
    const events = history('cart_5', [
      created,
      { type: 'CartItemAdded', data: item },
      { type: 'CartItemRemoved', data: { cartItemId: '1' } },
    ]);
    await side.audit().handle(events.slice(0, 2));
    expect(await found({ filter: { productId: 'prod_gone' } })).toEqual(['cart_5']);
    await side.audit().handle(events);
    expect(await found({ filter: { productId: 'prod_gone' } })).toEqual([]);
    expect((await side.rebuild()).tables).toContainEqual(
      expect.objectContaining({ table: 'cart_product', differing: 0 }),
    );
  });
});

const MANY = 50_000;

const fill = async (): Promise<void> => {
  await sql`insert into read.cart (id, owner, currency, items, order_id, merged_into, version, created_at, updated_at)
    select 'cart_x' || nth, 'customer:' || nth % 1000, 'EUR', '[]',
      case when nth % 3 = 0 then 'order_x' || nth end, case when nth % 500 = 1 then 'cart_1' end,
      1, at, at
    from generate_series(1, ${MANY}) as nth, lateral (select timestamptz '2025-01-01' + make_interval(mins => nth) as at) as time`.execute(
    side.db,
  );
  await sql`insert into read.cart_product (cart_id, product_id, created_at)
    select id, 'prod_x', created_at from read.cart where id like 'cart_x%'`.execute(side.db);
  await sql`analyze read.cart`.execute(side.db);
  await sql`analyze read.cart_product`.execute(side.db);
};

const read = async (request: Asked): Promise<readonly RowsRead[]> => {
  const of = async (table: string) => (await rowsReadFor(side.db, table, (tx) => pageAt(request, tx))).read;
  return [await of('read.cart'), await of('read.cart_product')];
};

const MIDDLE = '2025-01-18T00:00:00.000Z';
const FILTERS: Readonly<Record<string, Asked>> = {
  nothing: {},
  open: { status: ['OPEN'] },
  'a rare status': { status: ['MERGED'] },
  'two statuses': { status: ['OPEN', 'CHECKED_OUT'] },
  customer: { filter: { customerId: '7' } },
  'customer and product': { filter: { customerId: '7', productId: 'prod_x' } },
  product: { filter: { productId: 'prod_x' } },
  'product and status': { status: ['OPEN'], filter: { productId: 'prod_x' } },
  time: { filter: { since: '2025-01-10T00:00:00.000Z', until: MIDDLE } },
  'time and product': { filter: { until: MIDDLE, productId: 'prod_x' } },
  'what nobody has': { filter: { productId: 'prod_unheard_of' } },
};

describe('a page of fifty thousand carts', () => {
  beforeAll(fill, 60_000);

  it.each(Object.entries(FILTERS))('is read by an index, and little more than it shows: %s', async (_name, request) => {
    for (const turn of [{}, { last: 20 }])
      for (const { scanned, byIndex } of await read({ ...request, ...turn })) {
        expect(scanned).toBe(0);
        expect(byIndex).toBeLessThan(140);
      }
  });
});
