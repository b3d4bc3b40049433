import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { DATABASE_SERVICES, type DatabaseService, ignored } from '../platform/index.ts';
import { becomeOnlyGranter, grantPrivileges, ROLE_COMMENT, roleName } from './grant-privileges.ts';
import { scramVerifier } from './scram.ts';
import type { Tables } from './tables.ts';

/** The roles cannot be made; the message says why, and what to do. */
export class RolesError extends Error {
  override readonly name = 'RolesError';
}

export interface RolesWanted {
  /** What the names of the roles begin with: `panier` makes `panier_owner`, `panier_saga` … */
  readonly prefix: string;
  /** The password that a service is to have; without one a role that is there keeps its own. */
  readonly passwordOf: (service: DatabaseService, isNew: boolean) => string | undefined;
}

/** A role that is there now; its password, where it was set. */
export interface ServiceRole {
  readonly service: DatabaseService;
  readonly name: string;
  readonly password: string | undefined;
}

type Transaction = Kysely<Tables>;

const PREFIX = /^[a-z][a-z0-9_]{0,40}$/;
const ROLES_LOCK = 0x70_61_6e_69_65_72_04n;

const quote = (text: string): string => `'${text.replaceAll("'", "''")}'`;

const find = async (tx: Transaction, name: string): Promise<{ readonly is_super: boolean } | undefined> => {
  const { rows } = await sql<{ is_super: boolean }>`
    select rolsuper or rolbypassrls or rolreplication or rolcreaterole as is_super
    from pg_roles where rolname = ${name}`.execute(tx);
  return rows[0];
};

const makeRole = async (tx: Transaction, service: DatabaseService, wanted: RolesWanted): Promise<ServiceRole> => {
  const name = roleName(wanted.prefix, service);
  const found = await find(tx, name);
  if (found?.is_super === true)
    throw new RolesError(`The role ${name} may do more than a service: drop it, or choose other names with --prefix.`);
  if (found === undefined) await sql.raw(`create role "${name}" login`).execute(tx);
  const password = wanted.passwordOf(service, found === undefined);
  if (password !== undefined)
    await sql.raw(`alter role "${name}" password ${quote(scramVerifier(password))}`).execute(tx);
  await sql.raw(`comment on role "${name}" is ${quote(ROLE_COMMENT)}`).execute(tx);
  return { service, name, password };
};

const OURS = sql`nspname in ('write', 'saga', 'audit', 'bus', 'access', 'webhook', 'upkeep', 'read', 'read_rebuild', 'read_replaced')`;

/** What an earlier panier made as the administrator becomes the owner's. */
const handOver = async (tx: Transaction, owner: string): Promise<void> => {
  const { rows } = await sql<{ statement: string }>`
    with owner as (select oid, rolname from pg_roles where rolname = ${owner})
    select format('alter schema %I owner to %I', nspname, owner.rolname) as statement
    from pg_namespace, owner where ${OURS} and nspowner <> owner.oid
    union all
    select format('alter table %I.%I owner to %I', nspname, relname, owner.rolname)
    from pg_class join pg_namespace on pg_namespace.oid = relnamespace, owner
    where relkind in ('r', 'p') and relowner <> owner.oid
      and (${OURS} or (nspname = 'public' and relname like 'panier\\_%'))
    union all
    select format('alter function %s owner to %I', pg_proc.oid::regprocedure, owner.rolname)
    from pg_proc join pg_namespace on pg_namespace.oid = pronamespace, owner
    where proowner <> owner.oid and (${OURS} or (nspname = 'public' and proname like 'panier\\_%'))`.execute(tx);
  for (const { statement } of rows) await sql.raw(statement).execute(tx);
};

/** The owner makes schemas and the tables that count migrations; an administrator who is no superuser has to be one of it. */
const letOwn = async (tx: Transaction, owner: string): Promise<void> => {
  const { rows } = await sql<{ name: string; is_super: boolean }>`
    select current_database()::text as name, rolsuper as is_super from pg_roles where rolname = current_user`.execute(
    tx,
  );
  const [here] = rows;
  await sql`grant create on database ${sql.id(here?.name ?? '')} to ${sql.id(owner)}`.execute(tx);
  await sql`grant usage, create on schema public to ${sql.id(owner)}`.execute(tx);
  if (here?.is_super !== true) await sql`grant ${sql.id(owner)} to current_user`.execute(tx);
};

const make = (db: Kysely<Tables>, wanted: RolesWanted): Promise<readonly ServiceRole[]> =>
  db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(${sql.lit(String(ROLES_LOCK))}::bigint)`.execute(tx);
    // Before any table is held, for whose sake another granter would wait.
    await becomeOnlyGranter(tx);
    const roles: ServiceRole[] = [];
    for (const service of DATABASE_SERVICES) roles.push(await makeRole(tx, service, wanted));
    const owner = roleName(wanted.prefix, 'owner');
    await letOwn(tx, owner);
    await handOver(tx, owner);
    // In the same transaction: of passwords that were set before a failure, nobody would ever be told.
    await grantPrivileges(tx, wanted.prefix);
    return roles;
  });

const openAs = (administratorUrl: string): Kysely<Tables> => {
  const pool = new pg.Pool({ connectionString: administratorUrl, max: 1, application_name: 'panier roles' });
  pool.on('error', ignored);
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
};

/** @throws when the administrator cannot come in */
export const tryAdministrator = async (administratorUrl: string): Promise<void> => {
  const db = openAs(administratorUrl);
  await using _closed = { [Symbol.asyncDispose]: () => db.destroy() };
  await sql`select`.execute(db);
};

/**
 * Makes the roles of all services in the administrator's database, or brings those that are there up to date: the owner gets
 * the tables, the others exactly what they need of them. Again, it changes nothing. @throws {RolesError}
 */
export const makeRoles = async (administratorUrl: string, wanted: RolesWanted): Promise<readonly ServiceRole[]> => {
  if (!PREFIX.test(wanted.prefix))
    throw new RolesError(
      `The prefix is "${wanted.prefix}": give small letters, digits and _, beginning with a letter, 41 at most.`,
    );
  const db = openAs(administratorUrl);
  await using _closed = { [Symbol.asyncDispose]: () => db.destroy() };
  return await make(db, wanted);
};
