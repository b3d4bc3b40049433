import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../../harness/support/servers.ts';
import { type Database, migrate, openDatabase } from '../../src/database/index.ts';
import { readable } from '../../src/events/index.ts';

let server: TestDatabase;
let database: Database;
beforeAll(async () => {
  server = await testDatabase();
  database = openDatabase({ url: server.url, name: 'test', maxConnections: 2 });
  await migrate(database.db);
});
afterAll(async () => {
  await database[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

const hex = fc.constantFrom(...Array.from('0123456789abcdefABCDEF'));
const escape = fc.oneof(
  fc.constantFrom('\\u0000', '\\ud800', '\\uDC00', '\\udbff\\udfff', '\\uD83D\\uDEB2', '\\\\', '\\n', '\\"', '\\u0041'),
  fc.array(hex, { minLength: 4, maxLength: 4 }).map((digits) => `\\u${digits.join('')}`),
);
/** A JSON string as it is written, of whatever escapes there are. */
const written = fc
  .array(fc.oneof(escape, fc.constantFrom('u0000', 'ud800', 'a', 'ß', '\u{1f6b2}')), { maxLength: 8 })
  .map((parts) => `"${parts.join('')}"`);
const document = fc.tuple(written, written).map(([key, value]) => `{"a":[${value},1.50],${key}:{"b":${value}}}`);

const inPostgres = async (json: string): Promise<unknown> => {
  const { rows } = await sql<{ value: string }>`select public.panier_readable(${json}::json)::jsonb as value`.execute(
    database.db,
  );
  return rows[0]?.value;
};

describe('panier_readable', () => {
  it('makes of any JSON what `readable` makes of it, and PostgreSQL can look into that', async () => {
    await fc.assert(
      fc.asyncProperty(document, async (json) => {
        expect(await inPostgres(json)).toEqual(readable(JSON.parse(json)));
      }),
      { numRuns: 500 },
    );
  });

  it('lets all else be, to the letter', async () => {
    const json = '{ "b": 1.50, "a": "\\\\u0000", "a" : "\\u00e9" }';
    const { rows } = await sql`select public.panier_readable(${json}::json)::text as text,
      public.panier_readable(null) is null as nothing`.execute(database.db);
    expect(rows).toEqual([{ text: json, nothing: true }]);
  });
});
