import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const src = resolve(import.meta.dirname, '../../src');

/** What is no text, or a name of PostgreSQL's own: its order is the same in every database. */
const NO_TEXTS =
  'position number nth place sequence version revision created_at occurred_at received_at recorded_at due_at requested_at '
    .concat('nspname relname attname oid step instance started_at at')
    .split(' ');
/** Texts by which rows are only brought together: their order says nothing to anybody, and is the one of their index. */
const TOGETHER = ['stream', 'aggregate_id', 'order_id'];

/** By it all rows are gone through, so many at a time: any order does, and that of its index costs nothing. */
const GONE_THROUGH_BY = 'key';

const BY_SQL = /\border by ((?:[^()`;\]]|\([^()]*\))*)/gi;
const BY_KYSELY = /\.orderBy\(\s*(byCodePoints\([^)]*\)|[^,()]+)/g;
const END = /\s+(?:limit|for|returning|offset|on conflict|window|\n\s*\))\b/i;

const termsOf = (clause: string): readonly string[] =>
  (clause.split(END)[0] ?? '')
    .split(',')
    .map((term) => term.replace(/\s+(?:asc|desc)\b.*|\$\{direction\}.*/is, '').trim());

/** The column of a term, without its table. */
const columnOf = (term: string): string =>
  (
    term
      .replaceAll(/['"\s]/g, '')
      .split('.')
      .at(-1) ?? ''
  ).toLowerCase();

/** The last is that of `listing`, which decides by the types of its columns. */
const BY_CODE_POINTS = /collate "C"|byCodePoints\(|\$\{(?:ID|LISTED_ID)\}|\$\{sql\.join\b/i;
const isByCodePoints = (term: string): boolean => BY_CODE_POINTS.test(term);

/** The terms of a file by which texts would come in the database's own order; the last of a list counts, too. */
const ownOrdersIn = (text: string): readonly string[] => {
  const clauses = [...text.matchAll(BY_SQL)].map(([, clause = '']) => termsOf(clause));
  const built = [...text.matchAll(BY_KYSELY)].map(([, term = '']) => [term]);
  return [...clauses, ...built].flatMap((terms) =>
    terms.filter(
      (term, index) =>
        !isByCodePoints(term) &&
        !NO_TEXTS.includes(columnOf(term)) &&
        columnOf(term) !== GONE_THROUGH_BY &&
        !(index < terms.length - 1 && TOGETHER.includes(columnOf(term))),
    ),
  );
};

const files = globSync('**/*.ts', { cwd: src }).filter(
  (file) => !/\.(?:test|fixture)\.ts$|(?:^|\/)(?:testing|generated|migrations)\//.test(file),
);

describe('what PostgreSQL orders', () => {
  it.each(files)('is in the order of code points, whatever that of the database: %s', (file) => {
    expect(ownOrdersIn(readFileSync(resolve(src, file), 'utf8'))).toEqual([]);
  });

  it.each([
    'select id from read.cart order by id limit 1',
    'select array_agg(x order by name)',
    "orders.orderBy('created_at').orderBy('id', 'desc')",
    'select from saga.stock order by product_id for update',
    'select 1 order by 1',
    'select 1 order by occurred_at, event_id)',
  ])('would be in its own: %s', (text) => {
    expect(ownOrdersIn(text)).toHaveLength(1);
  });

  it.each([
    'select id from read.cart order by id collate "C" desc limit 1',
    'select distinct on (stream) from x order by stream, number desc`',
    "orders.orderBy('created_at').orderBy(byCodePoints('id'), 'desc')",
  ])('is not: %s', (text) => {
    expect(ownOrdersIn(text)).toEqual([]);
  });
});
