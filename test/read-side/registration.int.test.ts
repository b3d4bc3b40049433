import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { columnOf, type ReadModel } from '../../src/projection/index.ts';
import { READ_MODELS } from '../../src/read/index.ts';
import { openReadSide, type ReadSide } from './read-side.ts';

let side: ReadSide;
beforeAll(async () => {
  side = await openReadSide();
});
afterAll(() => side[Symbol.asyncDispose]());

const models: readonly ReadModel[] = READ_MODELS;
const tables = models.flatMap((model) => model.tables);

interface Found {
  readonly name: string;
  readonly columns: Readonly<Record<string, string>>;
  readonly key: readonly string[];
}

const found = async (): Promise<readonly Found[]> => {
  const { rows } = await sql<Found>`
    select relname as name,
      (select json_object_agg(attname, format_type(atttypid, null)) from pg_attribute
       where attrelid = pg_class.oid and attnum > 0 and not attisdropped
         and attgenerated = '') as columns,
      array(select attname::text from unnest(indkey) with ordinality as part (attnum, nth)
            join pg_attribute using (attnum) where attrelid = pg_class.oid order by nth) as key
    from pg_class join pg_index on indrelid = pg_class.oid and indisprimary
    where relnamespace = 'read'::regnamespace and relkind = 'r'`.execute(side.db);
  return rows;
};

const NAMES: Readonly<Record<string, string>> = { timestamptz: 'timestamp with time zone' };

const expected = ({ name, columns, key }: (typeof tables)[number]): Found => ({
  name,
  columns: Object.fromEntries(
    Object.entries<string>(columns).map(([field, type]) => [columnOf(field), NAMES[type] ?? type]),
  ),
  key: key.map(columnOf),
});

const byName = (all: readonly Found[]) => all.toSorted((one, other) => (one.name < other.name ? -1 : 1));

describe('the read models', () => {
  it('are all registered: each table of schema read is one of a model, with these columns and this key', async () => {
    expect(byName(await found())).toEqual(byName(tables.map(expected)));
  });

  it('have names and tables of their own', () => {
    for (const names of [models.map(({ name }) => name), tables.map(({ name }) => name)])
      expect(names).toEqual([...new Set(names)]);
  });
});
