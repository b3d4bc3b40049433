import { globSync, readFileSync } from 'node:fs';
import { buildSchema, GraphQLEnumType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { DOCUMENTED_CODES } from '../../harness/fuzz/oracle/codes.ts';
import { codesIn, documentAt, tableUnder } from './markdown.ts';

const api = documentAt('docs/api.md');
const codesUnder = (heading: string): readonly string[] =>
  tableUnder(api, heading)
    .flatMap(([cell]) => codesIn(cell))
    .toSorted();

const REFUSALS = '## Error codes';
const ERRORS = '**Everything else** is in `errors`, with `extensions.code`:';

const refusalsOfSchema = (): readonly string[] => {
  const type = buildSchema(readFileSync('schema.graphql', 'utf8')).getType('ErrorCode');
  return type instanceof GraphQLEnumType ? type.getValues().map(({ name }) => name) : [];
};

/** The codes that src gives to errors. Some come of Yoga's own, and are known to the fuzzer's oracle. */
const codesOfSource = (): readonly string[] => {
  const sources = globSync('src/schema/**/*.ts', { exclude: ['**/*.test.ts', '**/mutations/**'] });
  const texts = sources.map((file) => readFileSync(file, 'utf8'));
  return texts.flatMap((text) =>
    [...text.matchAll(/(?:code: |failure\()'([A-Z][A-Z_]+)'/g)].map(({ 1: code = '' }) => code),
  );
};

describe('the error codes of docs/api.md', () => {
  it('are, as refusals, those of the schema', () => {
    expect(codesUnder(REFUSALS)).toEqual(refusalsOfSchema().toSorted());
    expect(refusalsOfSchema()).toContain('NOT_FOUND');
  });

  it('are, as errors, those that the oracle of the fuzzer lets pass, and that of a defect', () => {
    expect(codesUnder(ERRORS)).toEqual([...DOCUMENTED_CODES, 'INTERNAL_SERVER_ERROR'].toSorted());
  });

  it('leave out none that the source gives', () => {
    const documented = new Set([...codesUnder(REFUSALS), ...codesUnder(ERRORS)]);
    const given = codesOfSource();
    expect(given.filter((code) => !documented.has(code))).toEqual([]);
    expect(given).toEqual(expect.arrayContaining(['BAD_USER_INPUT', 'UNAVAILABLE', 'TOO_MANY_OPERATIONS']));
  });
});
