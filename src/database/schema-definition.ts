import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { Tables } from './tables.ts';

interface Line {
  readonly line: string;
}

const RELATIONS = sql<Line>`
  select format('%s %I %s with (%s) %s',
    case relkind when 'r' then 'table' when 'S' then 'sequence' else 'relation ' || relkind::text end, relname,
    case relpersistence when 'p' then '' else relpersistence::text end,
    array_to_string(array(select option from unnest(reloptions) as option order by option collate "C"), ', '),
    case when relkind in ('v', 'm') then pg_get_viewdef(oid, true) end) as line
  from within where relkind not in ('i', 'I', 't', 'c')`;

const COLUMNS = sql<Line>`
  select format('column %I.%I %s%s%s%s%s%s storage %s statistics %s %s', relname, attname, format_type(atttypid, atttypmod),
    case when attcollation not in (0, 'pg_catalog."default"'::regcollation) then ' collate ' || attcollation::regcollation end,
    case when attnotnull then ' not null' end, ' default ' || pg_get_expr(adbin, adrelid, true),
    ' generated ' || nullif(attgenerated::text, ''), ' identity ' || nullif(attidentity::text, ''),
    attstorage, coalesce(nullif(attstattarget, -1)::text, 'default'), attoptions)
  from within join pg_attribute on attrelid = within.oid and attnum > 0 and not attisdropped
  left join pg_attrdef on adrelid = attrelid and adnum = attnum
  where relkind not in ('i', 'I', 't', 'c', 'S')`;

const CONSTRAINTS = sql<Line>`
  select format('constraint %I on %I %s', conname, relname, pg_get_constraintdef(pg_constraint.oid, true))
  from within join pg_constraint on conrelid = within.oid and contype not in ('n', 't')`;

const INDEXES = sql<Line>`
  select pg_get_indexdef(indexrelid, 0, true) || case when indisvalid then '' else ' invalid' end
  from within join pg_index on indrelid = within.oid`;

const TRIGGERS = sql<Line>`
  select format('%s enabled %s', pg_get_triggerdef(pg_trigger.oid, true), tgenabled)
  from within join pg_trigger on tgrelid = within.oid and not tgisinternal`;

const SEQUENCES = sql<Line>`
  select format('sequence %I %s from %s by %s between %s and %s cache %s%s', relname, format_type(seqtypid, null), seqstart,
    seqincrement, seqmin, seqmax, seqcache, case when seqcycle then ' cycle' end)
  from within join pg_sequence on seqrelid = within.oid`;

const FUNCTIONS = sql<Line>`
  select format('function %I(%s) returns %s %s', proname, pg_get_function_arguments(pg_proc.oid),
    format_type(prorettype, null), prosrc)
  from pg_proc where pronamespace = (select oid from pg_namespace where nspname = current_schema())`;

const RIGHTS = sql<Line>`
  select format('right %s on %s to %s%s', privilege_type, target, grantee::regrole, case when is_grantable then ' and on' end)
  from (
    select format('%I', relname) as target, relacl as acl from within
    union all
    select 'schema', nspacl from pg_namespace where nspname = current_schema()
  ) granted, aclexplode(acl)`;

const PARTS: readonly RawBuilder<Line>[] = [
  RELATIONS,
  COLUMNS,
  CONSTRAINTS,
  INDEXES,
  TRIGGERS,
  SEQUENCES,
  FUNCTIONS,
  RIGHTS,
];

/**
 * Everything that a schema of PostgreSQL holds but rows, a line each, sorted: relations with their storage options, columns, constraints,
 * indexes, triggers, sequences, functions and rights. The order of columns does not count, nor what the schema is called.
 */
export const definitionOf = async (tx: Transaction<Tables>, schema: string): Promise<readonly string[]> => {
  // What is on the path is named without its schema.
  await sql`set local search_path to ${sql.id(schema)}`.execute(tx);
  const { rows } = await sql<Line>`
    with within as (
      select * from pg_class where relnamespace = (select oid from pg_namespace where nspname = current_schema())
    )
    ${sql.join(PARTS, sql` union all `)}`.execute(tx);
  await sql`set local search_path to default`.execute(tx);
  return rows.map(({ line }) => line).toSorted();
};
