import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase } from '../../harness/support/servers.ts';
import { arrayLiteral, written } from './array-literal.ts';
import { type Database, openDatabase } from './open.ts';
import { statement } from './statement.ts';

let opened: AsyncDisposableStack;
let database: Database;

beforeAll(async () => {
  opened = new AsyncDisposableStack();
  const { url } = opened.use(await testDatabase());
  database = opened.use(openDatabase({ url, name: 'array test', maxConnections: 1 }));
});
afterAll(() => opened.disposeAsync());

const echo = statement<{ texts: readonly (string | null)[]; numbers: readonly number[]; truths: readonly boolean[] }>(
  'select $1::text[] as texts, $2::integer[] as numbers, $3::boolean[] as truths',
);

// PostgreSQL's text holds no NUL, and no half of a surrogate pair.
const text = fc
  .string({ unit: 'grapheme-composite' })
  .map((each) => each.replaceAll('\0', ''))
  .filter((each) => each.isWellFormed());

describe('an array as a parameter', () => {
  it('arrives as it was sent', async () => {
    const nasty = fc.constantFrom('', 'NULL', 'null', '{}', '{"a","b"}', '"', '\\', '\\"', ',', ' ', '\n', '\\N', "'");
    const values = fc.array(fc.option(fc.oneof(text, nasty)), { maxLength: 20 });
    const integers = fc.array(fc.integer({ min: -2_147_483_648, max: 2_147_483_647 }), { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(values, integers, fc.array(fc.boolean(), { maxLength: 5 }), async (...sent) => {
        const [row] = await echo(database.db, sent);
        expect([row?.texts, row?.numbers, row?.truths]).toEqual(sent);
      }),
      { numRuns: 200 },
    );
  });

  it('of what it cannot write is left to the driver', () => {
    const dates = [new Date(0)];
    expect(arrayLiteral(dates)).toBe(dates);
    expect(written([1, 'a', null, ['a', 1], dates])).toEqual([1, 'a', null, '{"a",1}', dates]);
  });
});
