import { sql } from 'kysely';
import type { Db } from './open.ts';
import { schemaDifferences } from './schema-check.ts';
import { SCHEMAS } from './schema-parts.ts';

interface TableRow {
  readonly name: string;
  readonly is_unlogged: boolean;
  readonly is_usable: boolean;
  readonly has_policies: boolean;
}

const TABLES = sql<TableRow>`
  select format('%s.%s', nspname, relname) as name,
    relpersistence <> 'p' as is_unlogged,
    has_schema_privilege(pg_namespace.oid, 'USAGE') and has_table_privilege(pg_class.oid, 'SELECT')
      and has_table_privilege(pg_class.oid, 'INSERT') and has_table_privilege(pg_class.oid, 'UPDATE')
      and has_table_privilege(pg_class.oid, 'DELETE') as is_usable,
    row_security_active(pg_class.oid) as has_policies
  from pg_class join pg_namespace on pg_namespace.oid = relnamespace
  where relkind in ('r', 'p') and nspname = any(${sql.val(SCHEMAS)}::text[])
  order by nspname, relname`;

const named = (tables: readonly TableRow[], is: (table: TableRow) => boolean): string =>
  tables
    .filter(is)
    .map(({ name }) => name)
    .join(', ');

const sentence = (names: string, say: (names: string) => string): readonly string[] =>
  names === '' ? [] : [say(names)];

/** Sentences that say what is wrong with panier's own tables; none when all is well. */
export const tableProblems = async (db: Db): Promise<readonly string[]> => {
  const { rows } = await TABLES.execute(db);
  return [
    ...sentence(
      named(rows, ({ is_usable }) => !is_usable),
      (names) =>
        `The role of DATABASE_URL may not read and write ${names}: grant it select, insert, update and delete on them, or make it their owner.`,
    ),
    ...sentence(
      named(rows, ({ is_unlogged }) => is_unlogged),
      (names) => `A crash would empty ${names}: run "alter table … set logged" on each.`,
    ),
    ...sentence(
      named(rows, ({ has_policies }) => has_policies),
      (names) =>
        `Row security hides rows of ${names} from the role of DATABASE_URL: disable it on them, or take their owner.`,
    ),
    ...(await schemaDifferences(db)),
  ];
};
