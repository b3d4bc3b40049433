import { getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { AS_OPERATOR } from '../../../harness/support/tokens.ts';
import { memoryModules } from '../testing/memory-modules.ts';
import { at } from '../testing/run.ts';
import { served } from '../testing/served.ts';
import { type GatewayServer, startServer } from './start-server.ts';
import { askAsNobody } from './testing/raw-request.ts';

type Headers = Readonly<Record<string, string>>;

const NOBODY: Headers = {};
type Lane = (url: string, asked: object, headers: Headers) => Promise<unknown>;

const byPost =
  (path: string): Lane =>
  async (url, asked, headers) =>
    JSON.parse((await askAsNobody(url, { path, headers, body: JSON.stringify(asked) })).body) as unknown;

const byWebSocket: Lane = async (url, asked, headers) => {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', { headers });
  const answer = await new Promise<unknown>((resolve) => {
    socket.once('open', () => socket.send('{"type":"connection_init"}'));
    socket.on('message', (message: Buffer) => {
      const { type, payload } = JSON.parse(message.toString()) as { readonly type: string; readonly payload: unknown };
      if (type === 'connection_ack') socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: asked }));
      if (type === 'next') resolve(payload);
      if (type === 'error') resolve({ errors: payload });
    });
  });
  socket.terminate();
  return answer;
};

const LANES: readonly (readonly [string, Lane])[] = [
  ['plain requests', byPost('/graphql')],
  ['Yoga', byPost('/graphql?lane=yoga')],
  ['WebSockets', byWebSocket],
];

const start = async (mode: 'development' | 'production'): Promise<GatewayServer> => {
  return startServer(served(memoryModules()), { host: '127.0.0.1', port: 0, exposure: { mode } });
};

const MISTAKES: readonly (readonly [string, object])[] = [
  ['a field', { query: '{ product(id: "1") { nam } }' }],
  ['a field of introspection', { query: '{ __schema { directive } }' }],
  ['an argument', { query: '{ product(idd: "1") { id } }' }],
  ['a type', { query: 'query ($a: Strin) { __typename }' }],
  ['an enum value', { query: '{ orders(status: [PENDIN]) { edges { cursor } } }' }],
  ['a field of an input', { query: 'mutation { createCart(input: { currenci: "EUR" }) { __typename } }' }],
  [
    'a field of a variable',
    {
      query: 'mutation ($input: CreateCartInput) { createCart(input: $input) { __typename } }',
      variables: { input: { currenci: 'EUR' } },
    },
  ],
  [
    'an enum value in a variable',
    {
      query: 'query ($status: [OrderStatus!]) { orders(status: $status) { edges { cursor } } }',
      variables: { status: ['PENDIN'] },
    },
  ],
];

const INTROSPECTION: readonly (readonly [string, string])[] = [
  ['the whole schema', getIntrospectionQuery()],
  ['a type', '{ __type(name: "Cart") { name } }'],
  ['the schema under another name', '{ a: __schema { b: queryType { name } } }'],
  ['the schema by a fragment', 'query { ...A } fragment A on Query { __schema { queryType { name } } }'],
];

const messagesIn = (answer: unknown): string => JSON.stringify(at(answer, 'errors') ?? []);

describe.each(LANES)('in production, by %s', (_name, lane) => {
  let server: GatewayServer;

  beforeAll(async () => {
    server = await start('production');
  });
  afterAll(() => server[Symbol.asyncDispose]());

  it.each(MISTAKES)('no suggestion is made for %s', async (_what, asked) => {
    const messages = messagesIn(await lane(server.url, asked, NOBODY));
    expect(messages).toContain('"code"');
    expect(messages).not.toMatch(/did you mean/i);
  });

  it.each(INTROSPECTION)('strangers do not learn %s', async (_what, query) => {
    const answer = await lane(server.url, { query }, NOBODY);
    expect(at(answer, 'data') ?? null).toBeNull();
    expect(at(answer, 'errors', 0, 'extensions', 'code')).toBe('FORBIDDEN');
  });

  it.each(INTROSPECTION)('operators learn %s', async (_what, query) => {
    const answer = await lane(server.url, { query }, AS_OPERATOR);
    expect(at(answer, 'errors')).toBeUndefined();
    expect(at(answer, 'data')).toBeTruthy();
  });

  it('strangers learn the type of what they read', async () => {
    expect(await lane(server.url, { query: '{ __typename }' }, NOBODY)).toEqual({ data: { __typename: 'Query' } });
  });

  it('a document with many mistakes is told of the first', async () => {
    const fields = Array.from({ length: 25 }, (_, nth) => `a${nth}`).join(' ');
    const answer = await lane(server.url, { query: `{ ${fields} }` }, NOBODY);
    expect(at(answer, 'errors')).toHaveLength(6);
  });
});

describe.each(LANES)('in development, by %s', (_name, lane) => {
  let server: GatewayServer;

  beforeAll(async () => {
    server = await start('development');
  });
  afterAll(() => server[Symbol.asyncDispose]());

  it.each(MISTAKES.filter(([what]) => !what.includes('enum')))('a suggestion is made for %s', async (_what, asked) => {
    expect(messagesIn(await lane(server.url, asked, NOBODY))).toMatch(/did you mean/i);
  });

  it.each(INTROSPECTION)('everybody learns %s', async (_what, query) => {
    expect(at(await lane(server.url, { query }, NOBODY), 'data')).toBeTruthy();
  });
});

describe('a page', () => {
  it.each(['/', '/graphql', '/graphiql', '/playground', '/console'])('is not there in production: %s', async (path) => {
    await using server = await start('production');
    const headers = { accept: 'text/html' };
    const { status, body } = await askAsNobody(server.url, { method: 'GET', path, headers });
    expect([400, 404, 406]).toContain(status);
    expect(body).not.toMatch(/graphiql|playground/i);
  });
});
