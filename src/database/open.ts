import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { guarded, ignored } from '../platform/index.ts';
import { breakOff, type Lineage } from './lineage.ts';
import { preparedPool } from './prepared-pool.ts';
import { type SessionOptions, sessionOptions } from './session.ts';
import type { Tables } from './tables.ts';

export type Db = Kysely<Tables>;

export interface PoolOptions extends SessionOptions {
  readonly maxConnections: number;
  /** After how long without an answer a query has failed, and its connection with it: it may be half open. */
  readonly unansweredMs?: number;
  /** Whether a server may be written to, by what this process knows of its history. */
  readonly lineage?: Lineage;
}

/** Longer than the database's own limit for a statement, which tells more. */
const UNANSWERED_MS = 35_000;

/** A pool of connections; its `Symbol.asyncDispose` closes them. */
export interface Database extends AsyncDisposable {
  readonly db: Db;
  readonly pool: pg.Pool;
}

/** Kysely ends the pool only if it has asked something itself; connections left open keep the process for ten seconds. */
const close = async (db: Db, pool: pg.Pool): Promise<void> => {
  await db.destroy();
  if (!pool.ending) await pool.end();
};

// The pool waits for what is promised, though its types do not say so, and gives nobody a client that was refused. It would
// see that one closed first, without a limit, before it tells whoever waits for it: a server that is frozen by then closes nothing.
const admitted =
  (lineage: Lineage): ((client: pg.ClientBase) => unknown) =>
  async (client) => {
    try {
      await lineage.admit(client);
    } catch (error) {
      breakOff(client);
      throw error;
    }
  };

/** Opens a pool. No connection is made before the first query. */
export const openDatabase = (options: PoolOptions): Database => {
  const { lineage } = options;
  const pool = new pg.Pool({
    ...sessionOptions(options),
    ...(options.readsWholeTables === true ? {} : { query_timeout: options.unansweredMs ?? UNANSWERED_MS }),
    max: options.maxConnections,
    pipeline: true,
    ...(lineage && { onConnect: admitted(lineage) }),
  });
  // An idle connection that the server closes is replaced at the next query; unheard, the event would end the process.
  pool.on('error', ignored);
  // The pool does not listen to a client that is handed out. Ended between two statements of a transaction, its next one fails.
  pool.on(
    'connect',
    guarded((client: pg.PoolClient) => client.on('error', ignored), ignored),
  );
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: preparedPool(pool) }) });
  return { db, pool, [Symbol.asyncDispose]: () => close(db, pool) };
};
