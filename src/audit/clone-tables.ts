import { sql, type Transaction } from 'kysely';
import type { Tables } from '../database/index.ts';

// LIKE leaves the storage options out, and gives indexes names of its own: a later migration would not find them.
const TABLES = sql`
  select 1 as step, oid, format('create %s table %I (like %I.%I including all excluding indexes)%s',
    case relpersistence when 'u' then 'unlogged' end, relname, current_schema(), relname,
    ' with (' || array_to_string(reloptions, ', ') || ')') as statement
  from pg_class where relnamespace = (select oid from within) and relkind = 'r'`;

const KEYS = sql`
  select case contype when 'f' then 4 else 2 end, pg_constraint.oid,
    format('alter table %I add constraint %I %s', relname, conname, pg_get_constraintdef(pg_constraint.oid, true))
  from pg_constraint join pg_class on pg_class.oid = conrelid
  where connamespace = (select oid from within) and contype in ('p', 'u', 'x', 'f')`;

const INDEXES = sql`
  select 3, indexrelid, pg_get_indexdef(indexrelid, 0, true)
  from pg_index join pg_class on pg_class.oid = indrelid and relkind = 'r'
  where relnamespace = (select oid from within)
    and not exists (select from pg_constraint where conindid = indexrelid and contype in ('p', 'u', 'x'))`;

const TRIGGERS = sql`
  select 5, pg_trigger.oid, pg_get_triggerdef(pg_trigger.oid, true)
  from pg_trigger join pg_class on pg_class.oid = tgrelid
  where relnamespace = (select oid from within) and not tgisinternal`;

const rights = (to: string) => sql`
  select 6, nth, format('grant %s on %s to %s%s', privilege_type, target,
    case grantee when 0 then 'public' else quote_ident(pg_get_userbyid(grantee)) end,
    case when is_grantable then ' with grant option' end)
  from (
    select oid as nth, quote_ident(relname) as target, relacl as acl
    from pg_class where relnamespace = (select oid from within) and relkind = 'r'
    union all
    select oid, 'schema ' || quote_ident(${to}), nspacl from pg_namespace where oid = (select oid from within)
  ) granted, aclexplode(acl)`;

// Last, for rights are the owner's to give. A table that an administrator copies would be the administrator's.
const owners = (to: string) => sql`
  select 7, nth, format('alter %s owner to %I', target, pg_get_userbyid(owner))
  from (
    select oid as nth, 'table ' || quote_ident(relname) as target, relowner as owner
    from pg_class where relnamespace = (select oid from within) and relkind = 'r'
    union all
    select oid, 'schema ' || quote_ident(${to}), nspowner from pg_namespace where oid = (select oid from within)
  ) owned where owner <> (select oid from pg_roles where rolname = current_user)`;

const statements = (to: string) => sql<{ readonly statement: string }>`
  with within as (select oid from pg_namespace where nspname = current_schema())
  select statement from (${sql.join([TABLES, KEYS, INDEXES, TRIGGERS, rights(to), owners(to)], sql` union all `)}) all_of_it
  order by step, oid`;

/**
 * Makes the tables of one schema in another, which is empty: with their indexes, keys, options, triggers, rights and owners,
 * without rows.
 */
export const cloneTables = async (tx: Transaction<Tables>, from: string, to: string): Promise<void> => {
  // What is on the path is named without its schema, and so means the other one's when that is on the path.
  await sql`set local search_path to ${sql.id(from)}`.execute(tx);
  const { rows } = await statements(to).execute(tx);
  await sql`set local search_path to ${sql.id(to)}`.execute(tx);
  for (const { statement } of rows) await sql.raw(statement).execute(tx);
  await sql`set local search_path to default`.execute(tx);
};
