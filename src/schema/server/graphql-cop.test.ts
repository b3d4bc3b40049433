import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { memoryModules } from '../testing/memory-modules.ts';
import { at } from '../testing/run.ts';
import { served } from '../testing/served.ts';
import { type GatewayServer, startServer } from './start-server.ts';
import { askAsNobody, type RawAnswer, type RawRequest } from './testing/raw-request.ts';

/** What graphql-cop looks for, with its requests and its signs of a finding. Source: github.com/dolevf/graphql-cop. */
interface Check {
  readonly name: string;
  readonly asked: readonly RawRequest[];
  readonly isFinding: (answer: unknown, text: string) => boolean;
}

const post = (query: string): RawRequest => ({ body: JSON.stringify({ query }) });
const inUrl = (query: string): string => `/graphql?${new URLSearchParams({ query })}`;
const NO_TYPE = { 'content-type': '' };

const has =
  (...path: readonly (string | number)[]): Check['isFinding'] =>
  (answer) =>
    Boolean(at(answer, ...path));
const says =
  (word: RegExp): Check['isFinding'] =>
  (_answer, text) =>
    word.test(text);

const CIRCLE =
  '{ __schema { types { fields { type { fields { type { fields { type { fields { type { name } } } } } } } } } } }';
const FRAGMENTS =
  'query { __schema { ...A } } fragment A on __Schema { __typename ...B } fragment B on __Schema { ...A }';

const CHECKS: readonly Check[] = [
  {
    name: 'alias overloading',
    asked: [post(`query { ${Array.from({ length: 101 }, (_, nth) => `alias${nth}:__typename \n`).join('')} }`)],
    isFinding: has('data', 'alias100'),
  },
  {
    name: 'batch queries',
    asked: [{ body: JSON.stringify(Array.from({ length: 11 }, () => ({ query: 'query { __typename }' }))) }],
    isFinding: (answer) => Array.isArray(answer) && answer.length >= 10,
  },
  { name: 'circular fragments', asked: [post(FRAGMENTS)], isFinding: (answer) => at(answer, 'errors') === undefined },
  { name: 'circular introspection', asked: [post(`query ${CIRCLE}`)], isFinding: has('data', '__schema') },
  {
    name: 'directive overloading',
    asked: [post(`query { __typename ${'@aa'.repeat(10)} }`)],
    isFinding: (answer) => (at(answer, 'errors') as readonly unknown[] | undefined)?.length === 10,
  },
  {
    name: 'field duplication',
    asked: [post(`query { ${'__typename \n'.repeat(500)}} `)],
    isFinding: has('data', '__typename'),
  },
  { name: 'field suggestions', asked: [post('query { __schema { directive } }')], isFinding: says(/Did you mean/) },
  {
    name: 'mutations by GET',
    asked: [{ method: 'GET', path: inUrl('mutation {__typename}'), headers: NO_TYPE }],
    isFinding: has('data', '__typename'),
  },
  {
    name: 'queries by GET',
    asked: [{ method: 'GET', path: inUrl('{__typename}'), headers: NO_TYPE }],
    isFinding: has('data', '__typename'),
  },
  {
    name: 'an editor',
    asked: ['/graphiql', '/playground', '/console', '/graphql'].flatMap((path) => [
      { method: 'GET', path, headers: { ...NO_TYPE, accept: '*/*' } },
      { method: 'GET', path, headers: { ...NO_TYPE, accept: 'text/html' } },
    ]),
    isFinding: says(/graphiql\.min\.css|GraphQL Playground|GraphiQL|graphql-playground/),
  },
  {
    name: 'introspection',
    asked: [post('query { __schema { types { name fields { name } } } }')],
    isFinding: has('data', '__schema', 'types'),
  },
  {
    name: 'forms by POST',
    asked: [
      { path: inUrl('query {__typename}'), headers: NO_TYPE },
      {
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: String(new URLSearchParams({ query: 'query {__typename}' })),
      },
    ],
    isFinding: has('data', '__typename'),
  },
  {
    name: 'tracing',
    asked: [post('query { __typename }'), post('query { nowhere }')],
    isFinding: says(/tracing|exception|stacktrace/i),
  },
  { name: 'unhandled errors', asked: [post('qwerty cop { abc }')], isFinding: says(/exception/i) },
];

let server: GatewayServer;

const start = async (mode: 'development' | 'production'): Promise<GatewayServer> => {
  return startServer(served(memoryModules()), { host: '127.0.0.1', port: 0, exposure: { mode } });
};

const parsed = ({ body }: RawAnswer): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
};

const isFound = async ({ asked, isFinding }: Check, url: string): Promise<boolean> => {
  for (const each of asked) {
    const answer = await askAsNobody(url, each);
    if (isFinding(parsed(answer), answer.body)) return true;
  }
  return false;
};

describe('in production', () => {
  beforeAll(async () => {
    server = await start('production');
  });
  afterAll(() => server[Symbol.asyncDispose]());

  it.each(CHECKS)('graphql-cop finds no $name', async (check) => {
    expect(await isFound(check, server.url)).toBe(false);
  });
});

describe('in development', () => {
  beforeAll(async () => {
    server = await start('development');
  });
  afterAll(() => server[Symbol.asyncDispose]());

  it('the same checks find what newcomers are shown', async () => {
    const found = [];
    for (const check of CHECKS) if (await isFound(check, server.url)) found.push(check.name);
    expect(found).toEqual([
      'directive overloading',
      'field suggestions',
      'queries by GET',
      'an editor',
      'introspection',
    ]);
  });
});
