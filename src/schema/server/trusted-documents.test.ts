import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { AS_OPERATOR } from '../../../harness/support/tokens.ts';
import type { Exposure } from '../../platform/index.ts';
import { ORDER_ID, orderEvents } from '../testing/memory-events.ts';
import { memoryModules } from '../testing/memory-modules.ts';
import { at } from '../testing/run.ts';
import { served } from '../testing/served.ts';
import { type GatewayServer, startServer } from './start-server.ts';
import { ask } from './testing/raw-request.ts';

const STATUS = `query Status { order(id: "${ORDER_ID}") { status } }`;
const WATCH = `subscription Watch { orderStatus(orderId: "${ORDER_ID}") { order { status } } }`;
const CREATE = 'mutation Create { createCart { __typename } }';
const OWN = '{ __typename }';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const sha1 = (text: string): string => createHash('sha1').update(text).digest('hex');

const MANIFEST = { [`sha256:${sha256(STATUS)}`]: STATUS, [sha256(WATCH)]: WATCH, [sha1(CREATE)]: CREATE };
const FREE = '{ free: __typename }';

const { created, reserved } = orderEvents('customer-1');
const ANSWER = { order: { status: 'AWAITING_PAYMENT' } };

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'panier-manifest-'));
});
afterAll(() => rm(folder, { recursive: true }));

const startWith = async (exposure: Partial<Exposure>, manifest: unknown = MANIFEST): Promise<GatewayServer> => {
  const documentsManifest = join(folder, 'documents.json');
  await writeFile(documentsManifest, typeof manifest === 'string' ? manifest : JSON.stringify(manifest));
  const modules = memoryModules();
  modules.append(ORDER_ID, created, reserved);
  const parts = served(modules);
  const ownDocuments = { [`sha256:${sha256(OWN)}`]: OWN };
  return startServer(parts, { host: '127.0.0.1', port: 0, exposure: { ...exposure, documentsManifest }, ownDocuments });
};

interface Reply {
  readonly status: number | undefined;
  readonly data: unknown;
  readonly code: unknown;
}

type Lane = (url: string, asked: object) => Promise<Reply>;

const replyOf = (status: number | undefined, answer: unknown): Reply => ({
  status,
  data: at(answer, 'data') ?? null,
  code: at(answer, 'errors', 0, 'extensions', 'code'),
});

const JSON_ONLY = { accept: 'application/graphql-response+json', ...AS_OPERATOR };

const byPost =
  (path: string): Lane =>
  async (url, asked) => {
    const { status, body } = await ask(url, { path, headers: JSON_ONLY, body: JSON.stringify(asked) });
    return replyOf(status, JSON.parse(body));
  };

const pathOf = (asked: object): string => {
  const entries = Object.entries(asked).map(([name, value]) => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  return `/graphql?${new URLSearchParams(Object.fromEntries(entries) as Record<string, string>)}`;
};

const byGet: Lane = async (url, asked) => {
  const { status, body } = await ask(url, { method: 'GET', path: pathOf(asked), headers: JSON_ONLY });
  return replyOf(status, JSON.parse(body));
};

const eventIn = (body: string): unknown => JSON.parse(/^data: (.+)$/m.exec(body)?.[1] ?? 'null');

/** The first event of a stream, or the answer in place of one. */
const byEventStream: Lane = async (url, asked) => {
  const hangUp = new AbortController();
  const headers = { accept: 'text/event-stream', 'content-type': 'application/json', ...AS_OPERATOR };
  const body = JSON.stringify(asked);
  const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body, signal: hangUp.signal });
  let read = '';
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    read += chunk;
    if (/^data: .+$/m.test(read)) break;
  }
  hangUp.abort();
  return replyOf(response.status, eventIn(read));
};

/** Without graphql-ws' client, which sends no operation without a text. */
const byWebSocket: Lane = async (url, asked) => {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
    headers: AS_OPERATOR,
  });
  const answer = await new Promise<unknown>((resolve, reject) => {
    socket.once('open', () => socket.send('{"type":"connection_init"}'));
    socket.once('close', (code) => reject(new Error(`closed with ${code}`)));
    socket.on('message', (message: Buffer) => {
      const { type, payload } = JSON.parse(message.toString()) as { readonly type: string; readonly payload: unknown };
      if (type === 'connection_ack') socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: asked }));
      if (type === 'next') resolve(payload);
      if (type === 'error') resolve({ errors: payload });
    });
  });
  socket.removeAllListeners('close').terminate();
  return replyOf(undefined, answer);
};

const LANES: readonly (readonly [string, Lane])[] = [
  ['a plain request', byPost('/graphql')],
  ['a request to Yoga', byPost('/graphql?lane=yoga')],
  ['GET', byGet],
  ['an event stream', byEventStream],
  ['a WebSocket', byWebSocket],
];

const persistedQuery = (sha256Hash: unknown, version: unknown = 1) => ({
  extensions: { persistedQuery: { version, sha256Hash } },
});

describe.each(LANES)('a document of the manifest, by %s', (_name, lane) => {
  let server: GatewayServer;

  beforeAll(async () => {
    server = await startWith({ documents: 'trusted' });
  });
  afterAll(() => server[Symbol.asyncDispose]());

  it.each([
    ['its documentId', { documentId: `sha256:${sha256(STATUS)}` }],
    ['its documentId without the algorithm', { documentId: sha256(STATUS) }],
    ["Apollo's persistedQuery", persistedQuery(sha256(STATUS))],
    ["Apollo's persistedQuery, with the algorithm", persistedQuery(`sha256:${sha256(STATUS)}`)],
    ['its text', { query: STATUS }],
  ])('is run by %s', async (_how, asked) => {
    expect(await lane(server.url, asked)).toMatchObject({ data: ANSWER });
  });

  it("is run when it is one of panier's own", async () => {
    expect(await lane(server.url, { documentId: `sha256:${sha256(OWN)}` })).toMatchObject({
      data: { __typename: 'Query' },
    });
  });

  it.each([
    ['an unknown documentId', { documentId: `sha256:${sha256(FREE)}` }, 'PERSISTED_QUERY_NOT_FOUND'],
    ['a documentId of another kind', { documentId: 'x-shop:7' }, 'PERSISTED_QUERY_NOT_FOUND'],
    ['a name that every object has', { documentId: 'constructor' }, 'PERSISTED_QUERY_NOT_FOUND'],
    ['an unknown persistedQuery', persistedQuery(sha256(FREE)), 'PERSISTED_QUERY_NOT_FOUND'],
    ['a text of its own', { query: FREE }, 'DOCUMENT_NOT_TRUSTED'],
    ['a known text with a space more', { query: `${STATUS} ` }, 'DOCUMENT_NOT_TRUSTED'],
    ['a text to be registered', { query: FREE, ...persistedQuery(sha256(FREE)) }, 'DOCUMENT_NOT_TRUSTED'],
    ['introspection', { query: '{ __schema { types { name } } }' }, 'DOCUMENT_NOT_TRUSTED'],
    ['two documents', { query: FREE, documentId: sha256(STATUS) }, 'BAD_USER_INPUT'],
    ['another version of persistedQuery', persistedQuery(sha256(STATUS), 2), 'BAD_USER_INPUT'],
    ['a persistedQuery without a hash', { extensions: { persistedQuery: {} } }, 'BAD_USER_INPUT'],
  ])('is not %s', async (_what, asked, code) => {
    const { status = 400, ...reply } = await lane(server.url, asked);
    expect(reply).toEqual({ data: null, code });
    expect([200, 400]).toContain(status);
  });

  it('is never learnt from a request', async () => {
    await lane(server.url, { query: FREE, ...persistedQuery(sha256(FREE)) });
    expect(await lane(server.url, persistedQuery(sha256(FREE)))).toMatchObject({ code: 'PERSISTED_QUERY_NOT_FOUND' });
  });
});

describe('by a hash', () => {
  let server: GatewayServer;

  beforeAll(async () => {
    server = await startWith({});
  });
  afterAll(() => server[Symbol.asyncDispose]());

  it('a subscription streams over HTTP, by POST and by GET', async () => {
    expect(await byEventStream(server.url, { documentId: sha256(WATCH) })).toMatchObject({
      data: { orderStatus: ANSWER },
    });
    const headers = { accept: 'text/event-stream', ...AS_OPERATOR };
    const response = await fetch(server.url + pathOf({ documentId: sha256(WATCH) }), { headers });
    const { value } = (await response.body?.pipeThrough(new TextDecoderStream()).getReader().read()) ?? {};
    expect(value).toContain('event:');
    await response.body?.cancel().catch(() => undefined);
  });

  it("a subscription streams over graphql-ws' own client", async () => {
    const client = createClient({
      url: `${server.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: AS_OPERATOR,
    });
    const updates = client.iterate({ query: '', ...persistedQuery(sha256(WATCH)) });
    expect(await updates.next()).toMatchObject({ value: { data: { orderStatus: ANSWER } } });
    await client.dispose();
  });

  it('a mutation is run by POST, and not by GET', async () => {
    expect((await byPost('/graphql')(server.url, { documentId: sha1(CREATE) })).code).toBe('INTERNAL_SERVER_ERROR');
    expect(await byGet(server.url, { documentId: sha1(CREATE) })).toMatchObject({ status: 405, data: null });
  });

  it('of its own, a text runs where not only the manifest does', async () => {
    expect(await byPost('/graphql')(server.url, { query: FREE })).toMatchObject({ data: { free: 'Query' } });
    const falling = { query: FREE, ...persistedQuery(sha256(FREE)) };
    expect(await byPost('/graphql')(server.url, falling)).toMatchObject({ data: { free: 'Query' } });
  });
});

describe('a manifest', () => {
  it.each([
    ['is no JSON', '{'],
    ['is no object', [STATUS]],
    ['has another document under a hash', { [sha256(STATUS)]: FREE }],
    ['has another document under a hash of sha1', { [sha1(STATUS)]: FREE }],
    ['has ids that are no hashes', { status: STATUS }],
    ['has hashes in upper case', { [sha256(STATUS).toUpperCase()]: STATUS }],
    ['has something else than documents', { [sha256('7')]: 7 }],
  ])('stops the start with a sentence when it %s', async (_what, manifest) => {
    await expect(startWith({}, manifest)).rejects.toThrow(
      /^PANIER_DOCUMENTS_MANIFEST: .+documents\.json cannot be used \(.+\): give a JSON object of hash and document/,
    );
  });

  it('stops it when it is missing', async () => {
    const parts = served(memoryModules());
    const exposure = { documentsManifest: join(folder, 'missing.json') };
    await expect(startServer(parts, { host: '127.0.0.1', port: 0, exposure })).rejects.toThrow(/ENOENT/);
  });
});
