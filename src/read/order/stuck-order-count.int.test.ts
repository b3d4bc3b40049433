import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { orderHistory } from '../../../harness/support/recorded.ts';
import { rowsReadFor } from '../../../harness/support/rows-read.ts';
import { openReadSide, type ReadSide } from '../../../test/read-side/read-side.ts';
import { orderQueries } from './queries.ts';

const STUCK = 3;
const LOOKED_AT = 5_000;

let side: ReadSide;
beforeAll(async () => {
  side = await openReadSide();
  const stuck = Array.from({ length: STUCK }, (_, nth) => orderHistory(`order_stuck${nth}`, 'Confirmed').slice(0, 1));
  const over = ['Confirmed', 'Rejected', 'Declined'] as const;
  // Reserved with a method to pay by: it is not the customer's turn, but its time is not over.
  const waiting = orderHistory('order_waits', 'Confirmed').slice(0, 2);
  const events = [...stuck, ...over.map((outcome) => orderHistory(`order_${outcome}`, outcome)), waiting].flat();
  await side.audit().handle(events);
  await sql`update read."order" set payable_until = now() + interval '1 h' where id = 'order_waits'`.execute(side.db);
});
afterAll(() => side[Symbol.asyncDispose]());

describe('the number of stuck orders', () => {
  it('is that of the list', async () => {
    const { edges } = await orderQueries.stuckOrderPage(side.db, { first: 10, olderThanSeconds: 0 });
    expect(edges).toHaveLength(STUCK);
    expect(await orderQueries.stuckOrderCount(side.db, 0)).toBe(STUCK);
    expect(await orderQueries.stuckOrderCount(side.db, 3_600)).toBe(0);
  });

  it('is found by reading so many rows and no more, however many orders are open', async () => {
    await sql`
      insert into read."order" select (json_populate_record("order", json_build_object('id', 'order_' || nth, 'payable_until', now() - interval '1 h'))).*
      from read."order", generate_series(1, ${2 * LOOKED_AT}::integer) as nth where id = 'order_stuck0'`.execute(
      side.db,
    );
    await sql`analyze read."order"`.execute(side.db);
    const count = (db: typeof side.db) => orderQueries.stuckOrderCount(db, 0);
    const { answer, read } = await rowsReadFor(side.db, 'read."order"', count);
    expect(answer).toBe(LOOKED_AT);
    expect(read.scanned + read.byIndex).toBeLessThanOrEqual(LOOKED_AT);
  });
});
