import { sql } from 'kysely';
import type { Db } from './open.ts';

/** What a table consists of, as far as panier rests on it. */
export interface SchemaPart {
  readonly kind: 'column' | 'index' | 'constraint' | 'trigger' | 'rule' | 'function';
  /** The table, or the schema of a function. */
  readonly on: string;
  readonly name: string;
  /** What it is, without its name. */
  readonly definition: string;
  /** Of a column: whether it takes null. */
  readonly is_nullable: boolean;
  /** Of a column: whether it has a value when none is given. */
  readonly is_filled: boolean;
}

export const SCHEMAS = ['write', 'saga', 'audit', 'bus', 'access', 'webhook', 'upkeep', 'read'];

const COLUMNS = sql<SchemaPart>`
  select 'column' as kind, within.name as on, attname::text as name,
    concat_ws(' ', format_type(atttypid, atttypmod),
      'collate ' || nullif(nullif(attcollation, 0), 'pg_catalog.default'::regcollation)::regcollation,
      'generated ' || nullif(attgenerated::text, '')) as definition,
    not attnotnull as is_nullable, atthasdef or attidentity <> '' as is_filled
  from within join pg_attribute on attrelid = within.oid and attnum > 0 and not attisdropped`;

/** Those that can be used. */
const INDEXES = sql<SchemaPart>`
  select 'index', within.name, index.relname::text,
    case when indisunique then 'unique index' else 'index' end || ' on ' || within.name
      || substring(pg_get_indexdef(indexrelid) from ' USING .*'), false, false
  from within join pg_index on indrelid = within.oid and indisvalid and indisready
  join pg_class as index on index.oid = indexrelid`;

const CONSTRAINTS = sql<SchemaPart>`
  select 'constraint', within.name, conname::text, pg_get_constraintdef(pg_constraint.oid), false, false
  from within join pg_constraint on conrelid = within.oid and contype in ('c', 'f', 'x')`;

/** Those that fire. Of others' only those that come before a change, and so may prevent it. */
const TRIGGERS = sql<SchemaPart>`
  select 'trigger', within.name, tgname::text, substring(pg_get_triggerdef(pg_trigger.oid) from ' (BEFORE .*)'), false, false
  from within join pg_trigger on tgrelid = within.oid and not tgisinternal and tgenabled in ('O', 'A')
  where tgtype & 2 <> 0`;

const RULES = sql<SchemaPart>`
  select 'rule', within.name, rulename::text, 'rule', false, false
  from within join pg_rewrite on ev_class = within.oid and ev_enabled <> 'D'`;

const FUNCTIONS = sql<SchemaPart>`
  select 'function', nspname::text, proname::text, md5(prosrc), false, false
  from pg_proc join pg_namespace on pg_namespace.oid = pronamespace
  where nspname = 'public' and starts_with(proname::text, 'panier_')`;

const PARTS = [COLUMNS, INDEXES, CONSTRAINTS, TRIGGERS, RULES, FUNCTIONS];

/** The parts of panier's tables, and of all others in their schemas; in no order that counts. */
export const schemaParts = async (db: Db): Promise<readonly SchemaPart[]> => {
  const { rows } = await sql<SchemaPart>`
    with within as (
      select pg_class.oid, format('%I.%I', nspname, relname) as name
      from pg_class join pg_namespace on pg_namespace.oid = relnamespace
      where relkind in ('r', 'p') and nspname = any(${sql.val(SCHEMAS)}::text[])
    )
    ${sql.join(PARTS, sql` union all `)}`.execute(db);
  return rows;
};
