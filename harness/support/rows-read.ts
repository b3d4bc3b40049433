import { sql } from 'kysely';
import type { Db } from '../../src/database/index.ts';

export interface RowsRead {
  readonly scanned: number;
  readonly byIndex: number;
}

/** Of the session: what its earlier transactions have read and it has not yet reported is among it. */
const readSoFar = async (tx: Db, table: string): Promise<RowsRead> => {
  const { rows } = await sql<RowsRead>`
    select coalesce(seq_tup_read, 0)::int as scanned, coalesce(idx_tup_fetch, 0)::int as "byIndex"
    from pg_stat_xact_user_tables where relid = ${table}::regclass`.execute(tx);
  return rows[0] ?? { scanned: 0, byIndex: 0 };
};

/** How many rows of a table are read for what is asked, `write.journal`. */
export const rowsReadFor = <T>(
  db: Db,
  table: string,
  ask: (tx: Db) => Promise<T>,
): Promise<{ readonly answer: T; readonly read: RowsRead }> =>
  db.transaction().execute(async (tx) => {
    const before = await readSoFar(tx, table);
    const answer = await ask(tx);
    const { scanned, byIndex } = await readSoFar(tx, table);
    return { answer, read: { scanned: scanned - before.scanned, byIndex: byIndex - before.byIndex } };
  });
