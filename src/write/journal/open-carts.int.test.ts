import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type JournalAtWork, journalAtWork } from '../../../harness/support/journal.ts';
import { rowsReadFor } from '../../../harness/support/rows-read.ts';
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
    const { answer, read } = await rowsReadFor(journal.database.db, 'write.journal', (tx) => openCartsOf(tx, 'ann-5'));
    expect(answer).toEqual([{ id: 'cart_5', visitorId: null }]);
    expect(read.scanned).toBe(0);
    expect(read.byIndex).toBeGreaterThan(0);
    expect(read.byIndex).toBeLessThan(10);
  });
});
