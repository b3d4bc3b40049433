import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cartHistory } from '../../../harness/support/recorded.ts';
import { rowsReadFor } from '../../../harness/support/rows-read.ts';
import { openReadSide, type ReadSide } from '../../../test/read-side/read-side.ts';
import type { Db } from '../../database/index.ts';
import type { CartView } from '../cart/cart.ts';
import { InvalidCursor, type Page, type PageRequest } from '../keyset.ts';
import { cartActivityQueries } from './queries.ts';

const HOUR = 3_600;
const LEFT = ['cart_1', 'cart_2', 'cart_3', 'cart_4'];

let side: ReadSide;
beforeAll(async () => {
  side = await openReadSide();
  const audit = side.audit();
  await audit.handle(cartHistory('cart_ordered'));
  await audit.handle(cartHistory('cart_empty').slice(0, 1));
  for (const id of LEFT) await audit.handle(cartHistory(id).slice(0, 4));
});
afterAll(() => side[Symbol.asyncDispose]());

/** As though the cart's events had been taken in so many hours earlier, the n-th cart of the list n hours. */
const backdate = async (ids: readonly string[]): Promise<void> => {
  await sql`alter table audit.event_store disable trigger keep_forever`.execute(side.db);
  for (const [nth, id] of ids.entries())
    await sql`update audit.event_store set recorded_at = now() - make_interval(hours => ${nth + 1})
      where aggregate_id = ${id}`.execute(side.db);
  await sql`alter table audit.event_store enable trigger keep_forever`.execute(side.db);
};

const pageAt = (request: PageRequest, olderThanSeconds: number, db: Db = side.db): Promise<Page<CartView>> =>
  cartActivityQueries.abandonedCartPage(db, { ...request, olderThanSeconds });
const idsIn = ({ edges }: Page<CartView>): readonly string[] => edges.map(({ node }) => node.id);

describe('abandoned carts', () => {
  it('are open and have items, and nothing has happened to them for that long', async () => {
    expect(idsIn(await pageAt({ first: 10 }, 0)).toSorted()).toEqual(LEFT);
    expect(idsIn(await pageAt({ first: 10 }, HOUR))).toEqual([]);
    const [first] = (await pageAt({ first: 1 }, 0)).edges;
    expect(first?.node).toMatchObject({ orderId: null, version: 4, items: [{ quantity: 5 }, { quantity: 2 }] });
  });

  it('come the longest first by when the event store took in their last event, also out of a rebuild', async () => {
    await backdate(LEFT);
    const { tables } = await side.rebuild();
    expect(tables).toContainEqual(expect.objectContaining({ table: 'cart_activity', rows: 6, differing: 4 }));
    expect(idsIn(await pageAt({ first: 10 }, 0))).toEqual(LEFT.toReversed());
    expect(idsIn(await pageAt({ first: 10 }, 2.5 * HOUR))).toEqual(['cart_4', 'cart_3']);
    expect((await side.rebuild()).tables).toContainEqual(
      expect.objectContaining({ table: 'cart_activity', differing: 0 }),
    );
  });

  it('are no longer when something happens to them', async () => {
    await side.audit().handle(cartHistory('cart_4').slice(4));
    expect(idsIn(await pageAt({ first: 10 }, HOUR / 2))).toEqual(['cart_3', 'cart_2', 'cart_1']);
  });

  it('come in pages, forwards and backwards', async () => {
    const first = await pageAt({ first: 2 }, HOUR / 2);
    expect([idsIn(first), first.hasNextPage, first.hasPreviousPage]).toEqual([['cart_3', 'cart_2'], true, false]);
    const next = await pageAt({ first: 2, after: first.edges[1]?.cursor }, HOUR / 2);
    expect([idsIn(next), next.hasNextPage, next.hasPreviousPage]).toEqual([['cart_1'], false, true]);
    const back = await pageAt({ last: 1, before: next.edges[0]?.cursor }, HOUR / 2);
    expect([idsIn(back), back.hasNextPage, back.hasPreviousPage]).toEqual([['cart_2'], true, true]);
    await expect(pageAt({ first: 1, after: 'nonsense' }, 0)).rejects.toThrow(InvalidCursor);
  });

  it('are found by an index, a page at a time, however many there are', async () => {
    await sql`insert into read.cart_activity
      select 'cart_x' || nth, '[]', true, false, nth % 2 = 0, now() - make_interval(days => 1 + nth % 1000)
      from generate_series(1, 50000) as nth`.execute(side.db);
    await sql`analyze read.cart_activity`.execute(side.db);
    const { read } = await rowsReadFor(side.db, 'read.cart_activity', (tx) => pageAt({ first: 20 }, HOUR, tx));
    expect(read.scanned).toBe(0);
    expect(read.byIndex).toBeLessThan(25);
    expect(read.byIndex).toBeGreaterThan(19);
  });
});
