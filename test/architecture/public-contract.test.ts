import { readFileSync } from 'node:fs';
import { buildSchema, findBreakingChanges, type GraphQLSchema } from 'graphql';
import { describe, expect, it } from 'vitest';

const read = (name: string): GraphQLSchema => buildSchema(readFileSync(name, 'utf8'));

describe('the public contract', () => {
  it('is valid SDL as it stands, which any tool can read', () => {
    expect(() => read('docs/contract.graphql')).not.toThrow();
  });

  it('is wholly in the schema', () => {
    expect(findBreakingChanges(read('docs/contract.graphql'), read('schema.graphql'))).toEqual([]);
  });
});
