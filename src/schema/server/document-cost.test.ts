import { costLimitRule } from '@escape.tech/graphql-armor-cost-limit';
import { getIntrospectionQuery, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../platform/index.ts';
import { schema } from '../schema.ts';
import { sizeOf } from './document-size.ts';

const costOf = (text: string): number => sizeOf({ schema, pageSize: DEFAULT_LIMITS.pageSize }, parse(text)).cost;

/** As graphql-armor counts when every field weighs the same: fields, those of a page as often as `first` says. */
const armorCostOf = (text: string): number => {
  const counts: number[] = [];
  const rule = costLimitRule({
    maxCost: Number.MAX_SAFE_INTEGER,
    objectCost: 1,
    scalarCost: 1,
    depthCostFactor: 1,
    flattenFragments: true,
    ignoreIntrospection: false,
    onAccept: [(_context, details: { readonly n: number } | null) => void counts.push(details?.n ?? Number.NaN)],
  });
  validate(schema, parse(text), [rule]);
  return counts[0] ?? Number.NaN;
};

describe('the cost of an operation, beside graphql-armor’s', () => {
  it.each([
    '{ __typename }',
    '{ product(id: "x") { id name price { amount currency } } }',
    '{ a: product(id: "x") { id } b: product(id: "y") { id name } order(id: "z") { id failure { reason message } } }',
    '{ products(first: 1) { pageInfo { hasNextPage endCursor } edges { cursor node { id name } } } }',
    'mutation { a: createCart { __typename } b: createCart { __typename } }',
  ])('is the same without lists and fragments: %s', (text) => {
    expect(costOf(text)).toBe(armorCostOf(text));
  });

  it.each([
    ['{ product(id: "x") { id ...F } } fragment F on Product { name }', '{ product(id: "x") { id name } }'],
    [
      '{ order(id: "x") { ...A ...B } } fragment A on Order { id ...B } fragment B on Order { status }',
      '{ order(id: "x") { id a: status b: status } }',
    ],
    [
      '{ node(id: "x") { ... on Order { id status } ... on Cart { version } } }',
      '{ node(id: "x") { a: id b: id c: id } }',
    ],
  ])('hides in no fragment: %s', (text, spreadOut) => {
    expect(costOf(text)).toBe(armorCostOf(spreadOut));
  });

  it.each([1, 7, 100])('takes a page of %d as long, but for its frame, of which there is one', (first) => {
    const text = `{ orders(first: ${first}) { edges { cursor node { id status } } } }`;
    const frame = 2;
    const members = 4;
    expect(armorCostOf(text)).toBe(first * (frame + members));
    expect(costOf(text)).toBe(frame + first * members);
  });

  it.each([
    '{ order(id: "x") { lines { productId } steps { revision event { type } } } }',
    '{ orders { edges { cursor } } }',
    'query ($n: Int) { orders(first: $n) { edges { cursor node { id } } } }',
    '{ nodes(ids: ["a", "b", "c"]) { id } }',
    getIntrospectionQuery(),
  ])('is no less where graphql-armor does not see a list: %#', (text) => {
    expect(costOf(text)).toBeGreaterThan(armorCostOf(text));
  });
});
