import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type JournalAtWork, journalAtWork } from '../../../harness/support/journal.ts';
import { openCartsOf } from './open-carts.ts';

/** Carts of others, some of visits that others have claimed, some of customers, most of nobody. */
const OTHERS = 20_000;

let journal: JournalAtWork;
beforeAll(async () => {
  journal = await journalAtWork();
  await sql`
    insert into write.journal (sequence, event_id, type, stream, occurred_at, aggregate_type, aggregate_id, version,
      correlation_id, producer, producer_instance, schema_version, data)
    select 1, 'event_' || n, 'CartCreated', 's', now(), 'Cart', 'cart_' || n, 1, 'cart_' || n, 'p', 'p', 1,
      json_build_object('customer_id', case when n % 5 = 0 then 'ann-' || n end,
        'session_id', case when n % 5 = 1 then 'visit_' || n else 'session' end, 'currency', 'EUR')
    from generate_series(1, ${OTHERS}) as n`.execute(journal.database.db);
});
afterAll(() => journal[Symbol.asyncDispose]());

describe('the open carts of a customer', () => {
  it.each(['before', 'after'])('are looked up, not searched for, %s the statistics know of them', async (when) => {
    if (when === 'after') await sql`analyze write.journal`.execute(journal.database.db);
    const read = await journal.database.db.transaction().execute(async (tx) => {
      expect(await openCartsOf(tx, 'ann-5')).toEqual([{ id: 'cart_5', visitorId: null }]);
      const { rows } = await sql<{ readonly read: string }>`
        select coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0) as read from pg_stat_xact_user_tables
        where schemaname = 'write' and relname = 'journal'`.execute(tx);
      return Number(rows[0]?.read);
    });
    expect(read).toBeGreaterThan(0);
    expect(read).toBeLessThan(10);
  });
});
