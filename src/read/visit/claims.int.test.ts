import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { history } from '../../../harness/support/recorded.ts';
import { openReadSide, type ReadSide } from '../../../test/read-side/read-side.ts';

/** Carts and orders of as many visitors. */
const MANY = 20_000;

let side: ReadSide;
beforeAll(async () => {
  side = await openReadSide();
  await sql`
    insert into read.cart (id, owner, session_id, currency, items, version, updated_at)
    select 'cart_' || n, 'visitor:visit_' || n, 'visit_' || n, 'EUR', '[]', 1, now() from generate_series(1, ${MANY}) as n`.execute(
    side.db,
  );
  await sql`
    insert into read."order" (id, owner, status, revision, facts, is_complete, created_at, updated_at)
    select 'order_' || n, 'visitor:visit_' || n, 'PENDING', 1, '{}', false, now(), now()
    from generate_series(1, ${MANY}) as n`.execute(side.db);
});
afterAll(() => side[Symbol.asyncDispose]());

const scanned = async (): Promise<number> => {
  await sql`select pg_stat_force_next_flush()`.execute(side.db);
  const { rows } = await sql<{ readonly read: number }>`
    select sum(seq_tup_read)::int as read from pg_stat_user_tables
    where schemaname = 'read' and relname in ('cart', 'order')`.execute(side.db);
  return rows[0]?.read ?? 0;
};

const claimOf = (visitorId: string) =>
  history(visitorId, [{ type: 'VisitClaimed', data: { visitorId, customerId: 'ada' } }]);

describe('a claim', () => {
  it.each(['visit_5', 'visit_6', 'visit_7'])('of %s finds what is the visitor’s by an index', async (visitorId) => {
    const before = await scanned();
    await side.audit().handle(claimOf(visitorId));
    const { rows } = await sql`
      select id from read.cart where owner = 'customer:ada' and session_id = ${visitorId}
      union all select id from read."order" where owner = 'customer:ada' and id = ${visitorId.replace('visit', 'order')}`.execute(
      side.db,
    );
    expect(rows).toHaveLength(2);
    expect((await scanned()) - before).toBeLessThan(MANY);
  });
});
