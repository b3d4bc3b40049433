import { sql } from 'kysely';
import type { Db } from './open.ts';

const OLDEST_MAJOR = 14;

export interface ServerRow {
  readonly version: number;
  readonly name: string;
  readonly encoding: string;
  readonly is_standby: boolean;
  readonly replication_role: string;
  readonly transaction_limit_ms: number;
  readonly connections: number;
  readonly may_create: boolean;
  readonly is_migrated: boolean;
  readonly owner: string;
}

/** A limit of -1 is none. What superusers alone may use is not ours. */
const CONNECTIONS = sql`
  least(
    current_setting('max_connections')::integer - current_setting('superuser_reserved_connections')::integer
      - coalesce(current_setting('reserved_connections', true)::integer, 0),
    (select case when rolconnlimit < 0 then 2147483647 else rolconnlimit end from pg_roles where rolname = current_user),
    (select case when datconnlimit < 0 then 2147483647 else datconnlimit end
      from pg_database where datname = current_database())
  )`;

const SERVER = sql<ServerRow>`
  select current_setting('server_version_num')::integer / 10000 as version,
    current_setting('server_version') as name,
    current_setting('server_encoding') as encoding,
    pg_is_in_recovery() as is_standby,
    current_setting('session_replication_role') as replication_role,
    coalesce((select setting::integer from pg_settings where name = 'transaction_timeout'), 0) as transaction_limit_ms,
    ${CONNECTIONS} as connections,
    has_database_privilege(current_database(), 'CREATE') and has_schema_privilege('public', 'CREATE') as may_create,
    to_regclass('public.panier_migration') is not null as is_migrated,
    current_user as owner`;

type Rule = (row: ServerRow, needed: { readonly connections: number }) => string | false;

/** A transaction of panier lasts as long as its statements may. */
const SHORTEST_TRANSACTION_MS = 60_000;

const RULES: readonly Rule[] = [
  ({ version, name }) =>
    version < OLDEST_MAJOR &&
    `PostgreSQL ${name} is too old: panier needs ${OLDEST_MAJOR} or newer. Upgrade it, or set DATABASE_URL to another one.`,
  ({ encoding }) =>
    encoding !== 'UTF8' &&
    `The database is encoded in ${encoding}, and cannot hold every text: ` +
      "create one with encoding 'UTF8' (create database panier encoding 'UTF8' template template0) and set DATABASE_URL to it.",
  ({ is_standby }) =>
    is_standby &&
    'PostgreSQL is a standby, or still recovering, and takes no writes: set DATABASE_URL to the primary, or promote this one.',
  ({ replication_role }) =>
    replication_role !== 'origin' &&
    `PostgreSQL runs with session_replication_role = ${replication_role}, and the trigger that protects events would not fire: ` +
      'reset it for the role, the database and the server.',
  ({ transaction_limit_ms: limitMs }) =>
    limitMs > 0 &&
    limitMs < SHORTEST_TRANSACTION_MS &&
    `PostgreSQL runs with transaction_timeout = ${limitMs} ms, and would cut panier's own work off: ` +
      `set it to 0, or to a minute or more, for the role of DATABASE_URL.`,
  ({ connections }, needed) =>
    connections < needed.connections &&
    `PostgreSQL lets this role have ${connections} connections, and a process of panier needs up to ${needed.connections}: ` +
      'raise max_connections, or the connection limit of the role or the database.',
  ({ is_migrated, may_create, owner }) =>
    !is_migrated &&
    !may_create &&
    `The role ${owner} may not create panier's tables: ` +
      `run "grant create on database … to ${owner}" and "grant create on schema public to ${owner}" as the database's owner.`,
];

/** What the rules say of such a server. */
export const problemsOf = (row: ServerRow, needed: { readonly connections: number }): readonly string[] =>
  RULES.map((rule) => rule(row, needed)).filter((problem) => problem !== false);

/** Sentences that say why panier cannot work with this server, database or role; none when it can. */
export const serverProblems = async (db: Db, needed: { readonly connections: number }): Promise<readonly string[]> => {
  const [row] = (await SERVER.execute(db)).rows;
  if (row === undefined) throw new Error('The database did not say what it is.');
  return problemsOf(row, needed);
};
