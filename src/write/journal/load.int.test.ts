import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type JournalAtWork, journalAtWork } from '../../../harness/support/journal.ts';
import { customerReach, visitorReach } from '../../../harness/support/reach.ts';
import { rowsReadFor } from '../../../harness/support/rows-read.ts';
import { type Db, statement } from '../../database/index.ts';
import type { Reach } from '../../events/index.ts';
import { loadAggregates } from './load.ts';

const LENGTH = 800;
/** Carts of others. */
const OTHERS = 20_000;

const CARTS = statement(`
  insert into write.journal (sequence, event_id, type, stream, occurred_at, aggregate_type, aggregate_id, version,
    correlation_id, producer, producer_instance, schema_version, data)
  select 1, 'event_' || n, 'CartCreated', 's', now(), 'cart', 'cart_' || n, 1, 'c', 'p', 'p', 1,
    json_build_object('customer_id', null, 'session_id', 'visit_' || n, 'currency', 'EUR')
  from generate_series(1, $1::integer) as n`);

let journal: JournalAtWork;
beforeAll(async () => {
  journal = await journalAtWork();
  await sql`
    insert into write.journal (sequence, event_id, type, stream, occurred_at, aggregate_type, aggregate_id, version,
      correlation_id, producer, producer_instance, schema_version, data)
    select made.sequence, 'event_' || made.kind || n || '_' || made.sequence, made.type, 's', now(), made.kind, made.kind || '_' || n,
      made.sequence, 'c', 'p', 'p', 1, made.data
    from generate_series(1, ${OTHERS}) as n cross join lateral (
      select 1 as sequence, 'CartCreated' as type, 'cart' as kind,
        json_build_object('customer_id', case when n % 2 = 0 then 'ann' end, 'session_id', 'visit_' || n, 'currency', 'EUR')
          as data
      union all
      select 1, 'VisitClaimed', 'visit', json_build_object('visitor_id', 'visit_' || n, 'customer_id', 'bob') where n % 4 = 1
      union all
      select change, 'CartItemRemoved', 'cart', json_build_object('cart_item_id', '1')
      from generate_series(2, ${LENGTH}) as change where n <= 4
    ) as made`.execute(journal.database.db);
});
afterAll(() => journal[Symbol.asyncDispose]());

const loadOne = (tx: Db) => loadAggregates(tx, [{ id: 'cart_7', reach: visitorReach('visit_7') }]);

/** How many rows come, and how many are read for them. */
const lookFor = async (id: string, reach: Reach) => {
  const { answer, read } = await rowsReadFor(journal.database.db, 'write.journal', (tx) =>
    loadAggregates(tx, [{ id, reach }]),
  );
  return { found: answer[0]?.length ?? 0, read: read.scanned + read.byIndex };
};

describe('what the journal holds', () => {
  it.each(['before', 'after'])('is read by those whom it belongs to, %s the statistics know of it', async (when) => {
    if (when === 'after') await sql`analyze write.journal`.execute(journal.database.db);
    expect(await lookFor('cart_2', 'Everything')).toEqual({ found: LENGTH, read: LENGTH });
    expect(await lookFor('cart_2', customerReach('ann'))).toEqual({ found: LENGTH, read: LENGTH + 1 });
    expect(await lookFor('cart_1', customerReach('bob'))).toEqual({ found: LENGTH, read: LENGTH + 2 });
    expect(await lookFor('cart_3', visitorReach('visit_3'))).toEqual({ found: LENGTH, read: LENGTH + 1 });
  });

  it('is not read for others: at most what made it, and who has claimed it', async () => {
    const others: readonly Reach[] = [customerReach('eve'), visitorReach('visit_9'), 'Nothing'];
    const foreign = await Promise.all(
      ['cart_1', 'cart_2', 'cart_3'].flatMap((id) => others.map((reach) => lookFor(id, reach))),
    );
    expect(foreign.filter(({ found, read }) => found > 0 || read > 2)).toEqual([]);
    expect(await lookFor('cart_of_nobody', customerReach('eve'))).toEqual({ found: 0, read: 0 });
  });
});

it('is read by its index, too, where the statement was planned while the journal was empty', async () => {
  await using fresh = await journalAtWork();
  const read = await fresh.database.db.connection().execute(async (session) => {
    // As often as it takes for the plan to be kept.
    for (let nth = 0; nth < 8; nth += 1) await loadOne(session);
    await CARTS(session, [1_000]);
    return (await rowsReadFor(session, 'write.journal', loadOne)).read;
  });
  expect(read.scanned + read.byIndex).toBe(2);
});
