import { sql } from 'kysely';
import type { Db, Tx } from '../database/index.ts';
import { backoff, Conflict, sleep } from '../platform/index.ts';

const MAX_ATTEMPTS = 10;
/** Serialization failure, deadlock. Source: PostgreSQL, appendix A. */
const LOST_RACES: readonly unknown[] = ['40001', '40P01'];

const pauseMs = backoff({ firstMs: 5, maxMs: 200 });

const isLostRace = (error: unknown): boolean =>
  error instanceof Conflict || (error instanceof Error && 'code' in error && LOST_RACES.includes(error.code));

/** Runs `work` in a transaction, again from the start when it lost a race. @throws the last error after ten attempts */
export const inTransaction = async <T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.transaction().execute(work);
    } catch (error) {
      if (attempt === MAX_ATTEMPTS || !isLostRace(error)) throw error;
    }
    await sleep(pauseMs(attempt));
  }
};

/** The time by the database's clock. Asked under the locks, it is later than that of whoever held them before. */
export const databaseTime = async (tx: Tx): Promise<Date> => {
  const { rows } = await sql<{ readonly time: Date }>`select clock_timestamp() as time`.execute(tx);
  const [row] = rows;
  if (row === undefined) throw new Error('The database did not tell the time.');
  return row.time;
};
