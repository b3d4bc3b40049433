import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { memoryModules } from '../testing/memory-modules.ts';
import { served } from '../testing/served.ts';
import { greet } from './raw-socket.fixture.ts';
import { type GatewayServer, startServer } from './start-server.ts';
import { ask } from './testing/raw-request.ts';

const DEEP =
  '{ edges { node { id status lines { productId product { name } } steps { revision event { type data } } } } }';
const many = (count: number, field: (nth: number) => string): string =>
  Array.from({ length: count }, (_, nth) => field(nth)).join(' ');

/** Each too much in one respect. None of them may run: they would make 600 carts, or an answer of 38 MB. */
const EXCESSIVE: readonly (readonly [code: string, query: string])[] = [
  ['TOO_MANY_TOKENS', `mutation { ${many(600, (nth) => `c${nth}: createCart { __typename }`)} }`],
  ['TOO_MANY_ROOT_FIELDS', `mutation { ${many(31, (nth) => `c${nth}: createCart { __typename }`)} }`],
  ['TOO_MANY_ROOT_FIELDS', `{ ${many(31, () => '...F')} } fragment F on Query { __typename }`],
  ['TOO_MANY_ALIASES', `{ order(id: "x") { ${many(101, (nth) => `a${nth}: id`)} } }`],
  ['TOO_MANY_DIRECTIVES', `{ order(id: "x") { ${many(41, () => 'id @include(if: true)')} } }`],
  ['TOO_DEEP', `{ __type(name: "Cart") { ofType ${'{ ofType '.repeat(31)} { name } ${'}'.repeat(31)} } }`],
  ['TOO_COSTLY', `{ ${many(10, (nth) => `p${nth}: orders(first: 100) ${DEEP}`)} }`],
  [
    'TOO_COSTLY',
    `query ($n: Int) { ${many(10, (nth) => `p${nth}: orders(first: $n) { ...P }`)} } fragment P on OrderConnection ${DEEP}`,
  ],
  [
    'TOO_COSTLY',
    `{ ${many(5, (nth) => `s${nth}: __schema { types { fields { args { type { name } } type { fields { name args { name } } } } } }`)} }`,
  ],
];

let server: GatewayServer;
let made = 0;

const createCart = () => {
  made += 1;
  return Promise.reject(new Error('made'));
};

beforeAll(async () => {
  const parts = served(memoryModules({ write: { createCart } }));
  server = await startServer(parts, { host: '127.0.0.1', port: 0 });
});
afterAll(() => server[Symbol.asyncDispose]());

const LANES: Readonly<Record<string, (query: string) => Promise<string>>> = {
  'by POST': async (query) => (await ask(server.url, { body: JSON.stringify({ query }) })).body,
  'by GET': async (query) =>
    (await ask(server.url, { method: 'GET', path: `/graphql?query=${encodeURIComponent(query)}` })).body,
  'as an event stream': async (query) =>
    (await ask(server.url, { headers: { accept: 'text/event-stream' }, body: JSON.stringify({ query }) })).body,
  'by WebSocket': async (query) => {
    const { socket, received, subscribe } = await greet(`${server.url.replace('http', 'ws')}/graphql`);
    subscribe('1', query);
    await expect.poll(() => received.filter(({ id }) => id === '1')).not.toEqual([]);
    socket.terminate();
    return JSON.stringify(received);
  },
};

describe.each(Object.entries(LANES))('an operation that asks for too much, %s', (name, send) => {
  it.each(EXCESSIVE)('is refused with %s before it runs', async (code, query) => {
    // No mutation goes by GET, whatever its size; and a URL that long is refused by Node itself.
    if (name === 'by GET' && (query.startsWith('mutation') || query.length > 8_000)) return;
    expect(await send(query)).toContain(`"code":"${code}"`);
    expect(made).toBe(0);
  });
});
