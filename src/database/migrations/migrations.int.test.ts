import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { testDatabase } from '../../../harness/support/servers.ts';
import { migrate } from '../migrate.ts';
import { type Db, openDatabase } from '../open.ts';
import { definitionOf } from '../schema-definition.ts';
import { MIGRATIONS } from './index.ts';

interface WrittenRow {
  readonly table: string;
  readonly row: object;
}

/** What a shop with a few orders had written by 0005; before it, the same, as far as there were tables and columns for it. */
const ROWS = readFileSync(join(import.meta.dirname, 'rows-of-0005.jsonl'), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as WrittenRow);

const ROWS_OF = Map.groupBy(ROWS, ({ table }) => table);

const withDatabase = async <T>(work: (db: Db) => Promise<T>): Promise<T> => {
  await using empty = await testDatabase({ template: 'template1' });
  await using database = openDatabase({ url: empty.url, name: 'migrations', maxConnections: 1 });
  return await work(database.db);
};

/** The columns of a table that can be written to; none when there is no such table. */
const columnsOf = async (db: Db, quoted: string): Promise<readonly string[]> => {
  const { rows } = await sql<{ name: string }>`
    select attname as name from pg_attribute
    where attrelid = to_regclass(${quoted}) and attnum > 0 and not attisdropped and attgenerated = ''`.execute(db);
  return rows.map(({ name }) => name);
};

const fill = async (db: Db): Promise<void> => {
  for (const [table, written] of ROWS_OF) {
    const columns = await columnsOf(
      db,
      table
        .split('.')
        .map((part) => `"${part}"`)
        .join('.'),
    );
    if (columns.length === 0) continue;
    const names = sql.join(
      columns.filter((name) => written.some(({ row }) => name in row)).map((name) => sql.ref(name)),
    );
    const all = JSON.stringify(written.map(({ row }) => row));
    await sql`insert into ${sql.table(table)} (${names}) overriding system value
      select ${names} from json_populate_recordset(null::${sql.table(table)}, ${all}::json)`.execute(db);
  }
};

/** All that the database holds but its rows, by schema. */
const definition = async (db: Db): Promise<readonly string[]> => {
  const { rows } = await sql<{ name: string }>`
    select nspname as name from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema'`.execute(db);
  const lines: string[] = [];
  for (const { name } of rows) {
    const defined = await db.transaction().execute((tx) => definitionOf(tx, name));
    lines.push(`schema ${name}`, ...defined.map((line) => `${name}: ${line}`));
  }
  return lines.toSorted();
};

const eventsOf = async (db: Db): Promise<readonly unknown[]> => {
  const { rows } = await sql`
    select 'write' as kept_by, position, event_id, type, aggregate_id, version, data::text as data from write.journal
    union all select 'saga', position, event_id, type, aggregate_id, version, data::text from saga.journal
    union all select 'audit', position, event_id, type, aggregate_id, version, data::text from audit.event_store
    order by 1, 2`.execute(db);
  return rows;
};

const NAMES = Object.keys(MIGRATIONS);
const migrateTo = (db: Db, last: string): Promise<void> =>
  migrate(db, Object.fromEntries(Object.entries(MIGRATIONS).filter(([name]) => name <= last)));

const fresh = withDatabase(async (db) => {
  await migrate(db);
  return definition(db);
});

describe('a database of each earlier version', () => {
  it.each(NAMES)('gets the tables that a fresh one has, and keeps its events: %s', (name) =>
    withDatabase(async (db) => {
      await migrateTo(db, name);
      await fill(db);
      const events = await eventsOf(db);
      expect(events.length).toBeGreaterThan(50);
      await migrate(db);
      expect(await definition(db)).toEqual(await fresh);
      expect(await eventsOf(db)).toEqual(events);
    }),
  );

  it('has rows in each of its tables', () =>
    withDatabase(async (db) => {
      await migrateTo(db, '0005-cart-versions');
      await fill(db);
      const { rows } = await sql<{ name: string }>`
        select format('%s.%s', nspname, relname) as name from pg_class join pg_namespace on pg_namespace.oid = relnamespace
        where relkind = 'r' and nspname in ('write', 'saga', 'audit', 'read', 'bus')`.execute(db);
      expect([...ROWS_OF.keys()].toSorted()).toEqual(rows.map((row) => row.name).toSorted());
    }));
});
