import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readBody } from '../../http/index.ts';
import { DEFAULT_LIMITS, openLogger } from '../../platform/index.ts';
import { createBatches } from '../batches.ts';
import { answerDeadline } from '../in-time.ts';
import { maskError } from '../mask-error.ts';
import { OwnWrites } from '../own-writes.ts';
import { schema } from '../schema.ts';
import { createLiveStreams } from '../subscriptions/live-streams.ts';
import { memoryModules } from '../testing/memory-modules.ts';
import { admittedAs, OPERATOR } from '../testing/run.ts';
import { ANY_DOCUMENT, openDocuments } from './documents.ts';
import { answerPlainRequests } from './plain-requests.ts';
import { ask } from './testing/raw-request.ts';

const ADMISSION = admittedAs(OPERATOR);
const modules = memoryModules();
const context = {
  ...modules,
  batches: createBatches(modules.read, modules.audit),
  live: createLiveStreams(modules.read.changes),
  ownWrites: new OwnWrites(),
  viewer: OPERATOR,
  admission: ADMISSION,
  limits: DEFAULT_LIMITS,
  traceparent: null,
};

let handedOn: number;
let server: Server;
let url: string;

beforeEach(async () => {
  handedOn = 0;
  const answer = answerPlainRequests({
    path: '/graphql',
    yoga: (_request, response) => {
      handedOn += 1;
      response.end('handed on');
    },
    documents: openDocuments(schema, { limits: DEFAULT_LIMITS, ...ANY_DOCUMENT }),
    contextFor: () => ({
      ...context,
      deadline: answerDeadline(DEFAULT_LIMITS),
      nextCopy: null,
      excess: { fields: 0 },
      resumption: { lastEventId: null, cursor: null },
    }),
    mask: maskError(openLogger('silent')),
    guard: () => null,
  });
  server = createServer((request, response) =>
    readBody(request, {
      maxBytes: 1_000,
      whenRead: (body) =>
        void (body === null ? response.end('too long') : answer(request, response, { body, admission: ADMISSION })),
    }),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

const post = (query: string, more: object = {}) => ask(url, { body: JSON.stringify({ query, ...more }) });

describe('the way of plain requests', () => {
  it('does not lead to Yoga', async () => {
    expect((await post('{ __typename }')).body).toBe('{"data":{"__typename":"Query"}}');
    expect(handedOn).toBe(0);
  });

  it('tells the operations of one document apart', async () => {
    const two = 'query A { a: __typename } query B { b: __typename }';
    expect((await post(two, { operationName: 'A' })).body).toBe('{"data":{"a":"Query"}}');
    expect((await post(two, { operationName: 'B' })).body).toBe('{"data":{"b":"Query"}}');
  });

  it('takes no operation for another one of its document', async () => {
    const two = 'query A { __typename } subscription S { stock(productIds: ["prod_x"]) { id } }';
    expect((await post(two, { operationName: 'A' })).status).toBe(200);
    expect((await post(two, { operationName: 'S' })).body).toBe('handed on');
  });

  it('takes no name and text for another pair that reads alike', async () => {
    expect((await post('query A { a: __typename }', { operationName: 'A' })).body).toBe('{"data":{"a":"Query"}}');
    expect((await post('A { a: __typename }', { operationName: 'A query' })).body).toBe('handed on');
  });

  it('hands on what is not valid', async () => {
    expect((await post('{ unknown }')).body).toBe('handed on');
  });

  it('hands on subscriptions', async () => {
    expect((await post('subscription { stock(productIds: ["prod_x"]) { id } }')).body).toBe('handed on');
  });

  it('hands on variables that do not fit before anything is run', async () => {
    const query = 'query ($id: ID!) { order(id: $id) { id } }';
    expect((await post(query, { variables: {} })).body).toBe('handed on');
  });

  it('is given no body over the limit', async () => {
    expect((await post(`{ __typename } #${'x'.repeat(1_000)}`)).body).toBe('too long');
    expect(handedOn).toBe(0);
  });

  it('takes several requests of one connection, sent at once, in their order', async () => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    const wanted = ['a', 'b', 'c'].map((name) => JSON.stringify({ query: `{ ${name}: __typename }` }));
    const head = 'POST /graphql HTTP/1.1\r\nhost: panier\r\ncontent-type: application/json\r\ncontent-length:';
    socket.write(wanted.map((body) => `${head} ${body.length}\r\n\r\n${body}`).join(''));
    let received = '';
    socket.on('data', (chunk) => {
      received += chunk.toString();
    });
    await expect.poll(() => received).toMatch(/"a":"Query".*"b":"Query".*"c":"Query"/s);
    socket.destroy();
  });

  it('survives a client that goes away in the middle of its body', async () => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.write(
      'POST /graphql HTTP/1.1\r\nhost: panier\r\ncontent-type: application/json\r\ncontent-length: 90\r\n\r\n{"query',
    );
    await expect.poll(() => new Promise((resolve) => server.getConnections((_, count) => resolve(count)))).toBe(1);
    socket.destroy();
    await expect.poll(() => new Promise((resolve) => server.getConnections((_, count) => resolve(count)))).toBe(0);
    expect((await post('{ __typename }')).status).toBe(200);
    expect(handedOn).toBe(0);
  });
});
