import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { labelsBy } from './operation-name.ts';

const untrusted = labelsBy(() => false);
const trusted = labelsBy(() => true);

describe('the name of an operation', () => {
  it.each([
    ['query Anything { orders { edges { cursor } } }', 'orders'],
    ['query { mine: orders { edges { cursor } } all: orders { edges { cursor } } }', 'orders'],
    ['{ ...F } fragment F on Query { ... on Query { product(id: "x") { id } } }', 'product'],
    ['{ orders { edges { cursor } } product(id: "x") { id } }', 'several'],
    ['{ __typename }', '__typename'],
  ])('of a document that nobody vouches for is that of its root field: %s', (text, name) => {
    expect(untrusted(parse(text), null)).toEqual({ type: 'query', name });
  });

  it('of a trusted document is its own, where it has one', () => {
    const document = parse('subscription Follow { events { position } }');
    expect(trusted(document, undefined)).toEqual({ type: 'subscription', name: 'Follow' });
    expect(trusted(parse('{ orders { edges { cursor } } }'), null)?.name).toBe('orders');
  });

  it('is none where there is no such operation', () => {
    expect(untrusted(parse('query A { __typename }'), 'B')).toBe(null);
  });
});
