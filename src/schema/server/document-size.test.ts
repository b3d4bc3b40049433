import { maxAliasesRule } from '@escape.tech/graphql-armor-max-aliases';
import { maxDepthRule } from '@escape.tech/graphql-armor-max-depth';
import { maxDirectivesRule } from '@escape.tech/graphql-armor-max-directives';
import { getIntrospectionQuery, parse, type ValidationRule, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../platform/index.ts';
import { schema } from '../schema.ts';
import { type DocumentSize, sizeOf } from './document-size.ts';
import { EXAMPLE_OPERATIONS } from './example-operations.ts';

const introspection = getIntrospectionQuery({ specifiedByUrl: true, inputValueDeprecation: true });
const EXAMPLES = EXAMPLE_OPERATIONS.flatMap(({ query }) => query.split(/\n\n(?=query|mutation|subscription)/));

const DOCUMENTS = [
  introspection,
  ...EXAMPLES,
  '{ a: __typename b: __typename c: orders { edges { x: cursor node { y: id } } } }',
  '{ ...F ...F } fragment F on Query { a: orders(first: 3) { edges { ...E } } } fragment E on OrderEdge { b: cursor }',
  '{ __typename @skip(if: true) @include(if: false) ...F @skip(if: false) } fragment F on Query { a: __typename @skip(if: true) }',
  '{ node(id: "x") { ... on Order { steps { event { id: eventId } } } ... on Cart { i: items { p: product { n: name } } } } }',
];

type RuleOf = (n: number) => ValidationRule;

const ARMOR: Readonly<Record<'depth' | 'aliases' | 'directives', RuleOf>> = {
  depth: (n) => maxDepthRule({ n, flattenFragments: true, ignoreIntrospection: false }),
  aliases: (n) => maxAliasesRule({ n, allowList: [] }),
  directives: (n) => maxDirectivesRule({ n }),
};

const armorRefuses = (text: string, rule: ValidationRule): boolean => {
  try {
    return validate(schema, parse(text), [rule]).length > 0;
  } catch {
    return true;
  }
};

const sized = (text: string): DocumentSize => sizeOf({ schema, pageSize: DEFAULT_LIMITS.pageSize }, parse(text));

/** What the text asks for, as shares of what may be asked for. */
const shares = (text: string): readonly number[] =>
  Object.entries(sized(text)).map(([what, count]) => count / DEFAULT_LIMITS[what as keyof DocumentSize]);

describe('what an operation asks for', () => {
  it.each(['depth', 'aliases', 'directives'] as const)('has the %s that graphql-armor counts', (what) => {
    for (const text of DOCUMENTS) {
      const count = sized(text)[what];
      expect([text, armorRefuses(text, ARMOR[what](count))]).toEqual([text, false]);
      expect([text, count === 0 || armorRefuses(text, ARMOR[what](count - 1))]).toEqual([text, true]);
    }
  });

  it.each([
    ['{ product(id: "x") { id name } }', 3],
    ['{ orders(first: 3) { edges { cursor } } }', 5],
    ['{ orders(last: 3) { edges { cursor } } }', 5],
    ['{ orders { edges { cursor } } }', 22],
    ['query ($n: Int) { orders(first: $n) { edges { cursor } } }', 102],
    ['{ orders(first: 99999999999) { edges { cursor } } }', 102],
    [
      '{ orders(first: 2) { ...C } } fragment C on OrderConnection { edges { ...E } } fragment E on OrderEdge { cursor }',
      4,
    ],
    ['{ nodes(ids: ["a", "b"]) { id } }', 3],
    ['query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', 101],
    ['{ order(id: "x") { steps { event { type } } } }', 22],
    ['{ unknown { unknown } }', 2],
  ])('costs, of %s, %d', (text, cost) => {
    expect(sized(text).cost).toBe(cost);
  });

  it('is counted where fragments are spread within each other, without spreading them', () => {
    const links = Array.from(
      { length: 100 },
      (_, nth) => `fragment F${nth} on Query { ...F${nth + 1} ...F${nth + 1} }`,
    );
    const size = sized(`{ ...F0 } ${links.join(' ')} fragment F100 on Query { a: __typename }`);
    expect(size.aliases).toBe(2 ** 100);
    expect(sized('{ ...A } fragment A on Query { __typename ...B } fragment B on Query { ...A }').cost).toBe(1);
  });

  it("is below half of every limit for GraphiQL's examples", () => {
    expect(Math.max(...EXAMPLES.flatMap(shares))).toBeLessThan(1 / 2);
  });

  it('is below two thirds of every limit for the whole schema, which grows', () => {
    expect(Math.max(...shares(introspection))).toBeLessThan(2 / 3);
  });
});
