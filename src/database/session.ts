import type { ClientConfig } from 'pg';
import { guardSocket } from '../platform/index.ts';
import { GatheringSocket } from './gathering-socket.ts';

export interface SessionOptions {
  readonly url: string;
  /** How the sessions are named in `pg_stat_activity`. */
  readonly name: string;
  /** For a tool that looks at all there is. Others look rows up, and may not plan on reading a whole table. */
  readonly readsWholeTables?: boolean;
  /** After how long the database itself ends a statement. */
  readonly statementMs?: number;
  /** After how long the database itself ends the wait for a lock; 0: no sooner than the statement. */
  readonly lockMs?: number;
  /** After how long the database itself ends a session that does nothing inside a transaction. */
  readonly idleInTransactionMs?: number;
}

const CONNECT_TIMEOUT_MS = 5_000;
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 5_000;
const STATEMENT_TIMEOUT_MS = 30_000;

/**
 * A connection on which nothing is heard for so long is asked whether its other end is there, and ended when ten questions, one a
 * second, are not answered. The system itself would wait for two hours: a migration, which has no limit, with it.
 */
const KEEP_ALIVE_AFTER_MS = 10_000;

/** No setting of PostgreSQL's: who finds it in a session knows that the session got what it set. */
export const OWN_SESSION = 'panier.session';

/**
 * What the statements of panier rest on. Each of these may be set otherwise on a role, a database or the whole server:
 * another DateStyle alone made every command fail. Row security off: what a policy hides is an error, not a loss.
 */
const SETTINGS: Readonly<Record<string, string>> = {
  [OWN_SESSION]: 'own',
  DateStyle: 'ISO, MDY',
  TimeZone: 'UTC',
  IntervalStyle: 'postgres',
  extra_float_digits: '1',
  bytea_output: 'hex',
  standard_conforming_strings: 'on',
  array_nulls: 'on',
  transform_null_equals: 'off',
  quote_all_identifiers: 'off',
  search_path: 'public',
  row_security: 'off',
  default_transaction_isolation: 'read committed',
  default_transaction_read_only: 'off',
  default_transaction_deferrable: 'off',
  idle_session_timeout: '0',
};

/**
 * A plan is made once and kept, while tables grow from nothing: none may be built on reading a whole table because it is
 * small. Compiling plans does not pay for statements this short.
 */
const PLANNING: Readonly<Record<string, string>> = { enable_seqscan: 'off', jit: 'off' };

/** Source: postgresql.org/docs, "options" of a connection: a backslash keeps a blank within its argument. */
const asOptions = (settings: Readonly<Record<string, string | number>>): string =>
  Object.entries(settings)
    .map(([name, value]) => `-c ${name}=${String(value).replace(/[\\ ]/g, '\\$&')}`)
    .join(' ');

/** What a URL says of these would replace what the session sets. */
const SET_HERE = [
  'options',
  'statement_timeout',
  'lock_timeout',
  'idle_in_transaction_session_timeout',
  'query_timeout',
];

/** The URL without what sessions set for themselves, and the options that it had. */
const splitUrl = (url: string): { readonly connectionString: string; readonly given: string } => {
  const parsed = URL.parse(url);
  if (parsed === null || !SET_HERE.some((name) => parsed.searchParams.has(name)))
    return { connectionString: url, given: '' };
  const given = parsed.searchParams.get('options') ?? '';
  for (const name of SET_HERE) parsed.searchParams.delete(name);
  return { connectionString: parsed.href, given };
};

/**
 * How a session is opened, with everything set that panier rests on: stronger than what is set on the server, the database,
 * the role or in PGOPTIONS, and behind the options of the URL. A process that stalls inside a transaction must not hold its
 * locks for ever.
 */
export const sessionOptions = (session: SessionOptions): ClientConfig => {
  const { url, name, readsWholeTables = false, statementMs = STATEMENT_TIMEOUT_MS, lockMs = 0 } = session;
  const { idleInTransactionMs = IDLE_IN_TRANSACTION_TIMEOUT_MS } = session;
  const { connectionString, given } = splitUrl(url);
  const own = asOptions({
    ...SETTINGS,
    lock_timeout: lockMs,
    idle_in_transaction_session_timeout: idleInTransactionMs,
    ...(readsWholeTables ? {} : PLANNING),
  });
  return {
    connectionString,
    application_name: `panier ${name}`,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER_MS,
    stream: () => guardSocket(new GatheringSocket()),
    statement_timeout: statementMs,
    options: `${given} ${own}`.trim(),
  };
};
