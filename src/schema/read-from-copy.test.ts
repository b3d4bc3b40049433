import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import type { GatewayContext } from './context.ts';
import { readFromCopy } from './read-from-copy.ts';
import type { Reading } from './reading.ts';

const COPY = { read: 'copy', audit: 'copy', batches: 'copy' } as object as Reading;

const readsOf = (text: string, given: { readonly variables?: object; readonly wrote?: boolean } = {}): unknown => {
  const context = {
    nextCopy: () => COPY,
    ownWrites: { areOf: () => given.wrote ?? false },
    read: 'primary',
  } as object as GatewayContext;
  readFromCopy(context, { document: parse(text), variableValues: given.variables });
  return context.read;
};

const WITH_VARIABLE = 'query Q($token: String) { cart(id: "1", consistentWith: $token) { id } }';

describe('what is read from a copy', () => {
  it.each([
    ['{ products { edges { cursor } } }', {}],
    ['{ cart(id: "1", consistentWith: null) { id } }', {}],
    [WITH_VARIABLE, {}],
    [WITH_VARIABLE, { variables: { token: null } }],
  ])('%s %j', (text, given) => expect(readsOf(text, given)).toBe('copy'));
});

describe('what is read where everything is written', () => {
  it.each([
    ['mutation { createCart { __typename } }', {}],
    ['subscription { cart(id: "1") { id } }', {}],
    ['{ cart(id: "1", consistentWith: "x") { id } }', {}],
    [WITH_VARIABLE, { variables: { token: 'x' } }],
    ['query Q($token: String = "x") { cart(id: "1", consistentWith: $token) { id } }', {}],
    ['{ ...F } fragment F on Query { cart(id: "1", consistentWith: "x") { id } }', {}],
    ['{ products { edges { cursor } } }', { wrote: true }],
  ])('%s %j', (text, given) => expect(readsOf(text, given)).toBe('primary'));
});
