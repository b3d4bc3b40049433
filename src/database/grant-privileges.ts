import { sql } from 'kysely';
import type { DatabaseService } from '../platform/index.ts';
import type { Db } from './open.ts';
import { GRANTED_SERVICES, GRANTED_TABLES, type Privilege, privilegesOn } from './privileges.ts';

/** What a comment on a role says, so that no other role of a like name is ever granted anything. */
export const ROLE_COMMENT = 'a service of panier';

export const roleName = (prefix: string, service: DatabaseService): string => `${prefix}_${service}`;

/** One privilege on one thing, as GRANT and REVOKE say it. */
type Grant = { readonly privilege: string; readonly on: string; readonly role: string };

const SCHEMAS = [...new Set(GRANTED_TABLES.map((table) => table.split('.')[0] ?? ''))];

const GRANT_LOCK = 0x70_61_6e_69_65_72_03n;

const quoted = (table: string): string => {
  const [schema = '', name = ''] = table.split('.');
  return `"${schema}"."${name}"`;
};

const schemaOf = (table: string): string => `schema "${table.split('.')[0] ?? ''}"`;

/** A privilege on columns is one for each of them, as PostgreSQL keeps it. */
const apart = (privilege: Privilege): readonly string[] => {
  const [, kind, columns] = /^(\w+)\((.*)\)$/.exec(privilege) ?? [];
  return columns === undefined ? [privilege] : columns.split(',').map((column) => `${kind} ("${column}")`);
};

const wanted = (roles: ReadonlyMap<string, string>, tables: ReadonlySet<string>): readonly Grant[] =>
  [...tables].flatMap((table) =>
    GRANTED_SERVICES.flatMap((service) => {
      const role = roles.get(service);
      const privileges = (privilegesOn(table)[service] ?? []).flatMap(apart);
      if (role === undefined || privileges.length === 0) return [];
      const onTable = privileges.map((privilege) => ({ privilege, on: quoted(table), role }));
      return [{ privilege: 'usage', on: schemaOf(table), role }, ...onTable];
    }),
  );

const existing = async (db: Db, roles: readonly string[]): Promise<readonly Grant[]> => {
  const { rows } = await sql<Grant>`
    with ours as (select oid, nspname, nspacl from pg_namespace where nspname = any(${SCHEMAS}::text[])),
    tables as (select c.oid, relacl, format('"%s"."%s"', nspname, relname) as named
      from pg_class c join ours on ours.oid = relnamespace where relkind in ('r', 'p')),
    all_of_it as (
      select nspacl as acl, format('schema "%s"', nspname) as on, null as name from ours
      union all select relacl, named, null from tables
      union all select attacl, named, attname from tables join pg_attribute on attrelid = tables.oid where attacl is not null
    )
    select lower(privilege_type) || coalesce(' ("' || name || '")', '') as privilege, "on", rolname as role
    from all_of_it, aclexplode(acl) join pg_roles on pg_roles.oid = grantee where rolname = any(${roles}::text[])`.execute(
    db,
  );
  return rows;
};

/** The tables that are there, in the schemas of panier's: `schema.name`. */
const tablesThere = async (db: Db): Promise<ReadonlySet<string>> => {
  const { rows } = await sql<{ name: string }>`
    select nspname || '.' || relname as name from pg_class join pg_namespace on pg_namespace.oid = relnamespace
    where relkind in ('r', 'p') and nspname = any(${SCHEMAS}::text[])`.execute(db);
  return new Set(rows.map(({ name }) => name));
};

/** The role of each service that has one, by service. */
const rolesThere = async (db: Db, prefix: string): Promise<ReadonlyMap<string, string>> => {
  const names = GRANTED_SERVICES.map((service) => roleName(prefix, service));
  const { rows } = await sql<{ rolname: string }>`
    select rolname from pg_roles
    where rolname = any(${names}::text[]) and shobj_description(oid, 'pg_authid') = ${ROLE_COMMENT}`.execute(db);
  const there = new Set(rows.map(({ rolname }) => rolname));
  const named = GRANTED_SERVICES.map((service) => [service, roleName(prefix, service)] as const);
  return new Map(named.filter(([, name]) => there.has(name)));
};

const textOf = ({ privilege, on, role }: Grant): string => `${privilege} on ${on} to ${role}`;

const without = (some: readonly Grant[], others: readonly Grant[]): readonly Grant[] => {
  const known = new Set(others.map(textOf));
  return [...new Map(some.map((grant) => [textOf(grant), grant])).values()].filter(
    (grant) => !known.has(textOf(grant)),
  );
};

/** Until the transaction ends. */
export const becomeOnlyGranter = async (tx: Db): Promise<void> => {
  await sql`select pg_advisory_xact_lock(${sql.lit(String(GRANT_LOCK))}::bigint)`.execute(tx);
};

/**
 * In a transaction, gives each service that has a role exactly what {@link privilegesOn} says: what is missing is granted, what is more is
 * revoked, and nothing is touched that is right. Services without a role are passed over.
 */
export const grantPrivileges = async (tx: Db, prefix: string): Promise<void> => {
  const roles = await rolesThere(tx, prefix);
  if (roles.size === 0) return;
  await becomeOnlyGranter(tx);
  const are = await existing(tx, [...roles.values()]);
  const shouldBe = wanted(roles, await tablesThere(tx));
  // A whole table's revocation takes those of its columns along: first what is too much, then what is missing.
  for (const { privilege, on, role } of without(are, shouldBe))
    await sql.raw(`revoke ${privilege} on ${on} from "${role}"`).execute(tx);
  for (const { privilege, on, role } of without(shouldBe, await existing(tx, [...roles.values()])))
    await sql.raw(`grant ${privilege} on ${on} to "${role}"`).execute(tx);
};

const OWNER = /^(.+)_owner$/;

/** {@link grantPrivileges} by whoever migrates, when that is the owner of services that have roles. */
export const grantPrivilegesAsOwner = async (db: Db): Promise<void> => {
  const { rows } = await sql<{ name: string }>`select current_user::text as name`.execute(db);
  const [, prefix] = OWNER.exec(rows[0]?.name ?? '') ?? [];
  if (prefix !== undefined) await db.transaction().execute((tx) => grantPrivileges(tx, prefix));
};
