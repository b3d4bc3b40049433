import { readFileSync } from 'node:fs';
import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import { openApi } from './open-api.ts';
import { PROBLEM_CODES, problemType } from './problem.ts';

const textOf = (document: object): string => `${JSON.stringify(document, null, 2)}\n`;

/** What a validator that is not panier's own has to say. */
const verdictOn = async (document: Readonly<Record<string, unknown>>) => {
  const validator = new Validator();
  const { valid, errors } = await validator.validate({ ...structuredClone(document) });
  return { valid, errors: errors ?? [], version: validator.version };
};

const referencesIn = (text: string): readonly string[] =>
  [...text.matchAll(/"\$ref": ?"#\/([^"]*)"/g)].map(([, path = '']) => path);

const isThere = (document: unknown, path: string): boolean => {
  const found = path
    .split('/')
    .reduce((at: unknown, name) => (at as Record<string, unknown> | undefined)?.[name], document);
  return found !== undefined;
};

describe('the OpenAPI document', () => {
  it('is what openapi.json has: `npm run openapi` writes it', () => {
    expect(readFileSync('openapi.json', 'utf8')).toBe(textOf(openApi()));
  });

  it('is a good one of OpenAPI 3.1', async () => {
    expect(await verdictOn(openApi())).toEqual({ valid: true, errors: [], version: '3.1' });
  });

  it('would be found to be none with an operation that answers nothing', async () => {
    const { paths, ...rest } = openApi();
    const broken = { ...rest, paths: { ...paths, '/stock': { get: { responses: { never: {} } } } } };
    expect(await verdictOn(broken)).toMatchObject({ valid: false });
  });

  it('refers only to what it has, and has nothing that it does not refer to', () => {
    const document = openApi();
    const references = referencesIn(textOf(document));
    expect(references.filter((path) => !isThere(document, path))).toEqual([]);
    const { parameters, schemas, responses } = document.components;
    const had = Object.entries({ parameters, schemas, responses }).flatMap(([kind, each]) =>
      Object.keys(each).map((name) => `components/${kind}/${name}`),
    );
    expect(had.filter((path) => !references.includes(path))).toEqual([]);
  });

  it('names each operation once', () => {
    const ids = [...textOf(openApi()).matchAll(/"operationId": "(\w+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toHaveLength(7);
  });

  it('has every problem, but the one of a method that it does not have', () => {
    const text = textOf(openApi());
    const missing = PROBLEM_CODES.filter((code) => !text.includes(`"${problemType(code)}"`));
    expect(missing).toEqual(['BAD_REQUEST']);
  });
});
