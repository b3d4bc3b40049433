import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cartIds, type JournalAtWork, journalAtWork, requestOn } from '../../../harness/support/journal.ts';
import { APPEND, appendValues } from './append-statement.ts';

let atWork: JournalAtWork;
beforeAll(async () => {
  atWork = await journalAtWork();
});
afterAll(() => atWork[Symbol.asyncDispose]());

describe('the append statement', () => {
  it('looks each aggregate and each key up by its index, also while the statistics lag behind', async () => {
    const { pool } = atWork.database;
    await pool.query('alter table write.journal set (autovacuum_enabled = false)');
    const keyed = { idempotency: { key: 'key', requestHash: 'hash', result: {} } };
    const append = (count: number) => appendValues(cartIds(count).map((id) => requestOn(id, 0, keyed)));
    const first = appendValues(cartIds(200).map((id) => requestOn(id, 0, { count: 20 })));
    await pool.query(APPEND, first);
    const { rows } = await pool.query<{ 'QUERY PLAN': string }>(`explain ${APPEND}`, append(128));
    const plan = rows.map((row) => row['QUERY PLAN'].trim());
    expect(plan.filter((line) => line.includes('journal_aggregate_id_sequence_key'))).toHaveLength(1);
    expect(plan.filter((line) => /Seq Scan on (journal|idempotency)/.test(line))).toEqual([]);
  });
});
