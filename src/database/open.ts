import { Socket } from 'node:net';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { guarded, guardSocket, ignored } from '../platform/index.ts';
import { GatheringSocket } from './gathering-socket.ts';
import { preparedPool } from './prepared-pool.ts';
import type { Tables } from './tables.ts';

export type Db = Kysely<Tables>;

export interface PoolOptions {
  readonly url: string;
  /** How the pool's sessions are named in `pg_stat_activity`. */
  readonly name: string;
  readonly maxConnections: number;
  /** For a tool that looks at all there is. Others look rows up, and may not plan on reading a whole table. */
  readonly readsWholeTables?: boolean;
  /** After how long without an answer a query has failed, and its connection with it: it may be half open. */
  readonly unansweredMs?: number;
}

const CONNECT_TIMEOUT_MS = 5_000;
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 5_000;
const STATEMENT_TIMEOUT_MS = 30_000;
/** Longer than the database's own limit for a statement, which tells more. */
const UNANSWERED_MS = 35_000;

/** A pool of connections; its `Symbol.asyncDispose` closes them. */
export interface Database extends AsyncDisposable {
  readonly db: Db;
  readonly pool: pg.Pool;
}

/**
 * A plan is made once and kept, while tables grow from nothing: none may be built on reading a whole table because it is
 * small. Compiling plans does not pay for statements this short. A URL with options of its own replaces these.
 */
const PLANNING = '-c enable_seqscan=off -c jit=off';

/** The settings of a session. A process that stalls inside a transaction must not hold its locks for ever. */
export const sessionOptions = ({
  url,
  name,
  readsWholeTables = false,
}: Pick<PoolOptions, 'url' | 'name' | 'readsWholeTables'>): pg.ClientConfig => ({
  connectionString: url,
  application_name: `panier ${name}`,
  connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  keepAlive: true,
  stream: () => guardSocket(new Socket()),
  idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT_MS,
  statement_timeout: STATEMENT_TIMEOUT_MS,
  ...(readsWholeTables ? {} : { options: PLANNING }),
});

/** Kysely ends the pool only if it has asked something itself; connections left open keep the process for ten seconds. */
const close = async (db: Db, pool: pg.Pool): Promise<void> => {
  await db.destroy();
  if (!pool.ending) await pool.end();
};

/** Opens a pool. No connection is made before the first query. */
export const openDatabase = (options: PoolOptions): Database => {
  const pool = new pg.Pool({
    ...sessionOptions(options),
    ...(options.readsWholeTables === true ? {} : { query_timeout: options.unansweredMs ?? UNANSWERED_MS }),
    max: options.maxConnections,
    pipeline: true,
    stream: () => guardSocket(new GatheringSocket()),
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
