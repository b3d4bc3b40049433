import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Draining } from '../../http/index.ts';
import { openPages } from '../../pages/index.ts';
import { DEFAULT_LIMITS, Unavailable } from '../../platform/index.ts';
import { createLiveStreams } from '../subscriptions/live-streams.ts';
import { ORDER_ID, orderEvents } from '../testing/memory-events.ts';
import { memoryModules } from '../testing/memory-modules.ts';
import { served } from '../testing/served.ts';
import { admitting } from './admitting.ts';
import { ANY_DOCUMENT } from './documents.ts';
import { openGateway } from './gateway.ts';
import { handOn } from './hand-on.ts';
import { requestListener } from './request-listener.ts';
import { type GatewayServer, startServer } from './start-server.ts';
import { OWN_PAGES_ONLY, openSurface } from './surface.ts';
import { CORPUS } from './testing/corpus.ts';
import { ask, type RawAnswer, type RawRequest } from './testing/raw-request.ts';

const modules = memoryModules({
  write: {
    product: () => Promise.reject(new Unavailable('away')),
    addCartItem: async () => ({ ok: false, error: { code: 'NOT_FOUND', message: 'There is no such cart.' } }),
  },
});
const { created, reserved } = orderEvents('customer-1');
modules.append(ORDER_ID, created, reserved);

const parts = served(modules);

/** A server whose requests are all answered by Yoga, the plain ones, too. */
const serveByYoga = async (): Promise<Server> => {
  const surface = openSurface(OWN_PAGES_ONLY, []);
  const within = { limits: DEFAULT_LIMITS, surface, isFederated: false, ...ANY_DOCUMENT };
  const [{ yoga }] = openGateway(parts, createLiveStreams(modules.read.changes), within).graphs;
  const listening = {
    parts,
    pages: openPages({ files: new Map(), documents: {} }, { names: [], shopPayments: { kind: 'Simulated' } }),
    graphql: admitting(parts, handOn(yoga)),
    draining: new Draining(),
    surface,
    mayKnowParts: () => true,
    maxBodyBytes: DEFAULT_LIMITS.bodyBytes,
  };
  const server = createServer({ keepAliveTimeout: 65_000 }, requestListener(listening)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
};

let panier: GatewayServer;
let yoga: Server;
let yogaUrl: string;

beforeAll(async () => {
  panier = await startServer(parts, { host: '127.0.0.1', port: 0 });
  yoga = await serveByYoga();
  yogaUrl = `http://127.0.0.1:${(yoga.address() as AddressInfo).port}`;
});
afterAll(async () => {
  yoga.close();
  await panier[Symbol.asyncDispose]();
});

const UUID = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g;

/** Without what differs from one request to the next. */
const comparable = ({ status, headers: { date: _date, ...headers }, body }: RawAnswer) => ({
  status,
  headers,
  body: body.replaceAll(UUID, 'a correlation id'),
});

const nameOf = ({ method = 'POST', path = '/graphql', headers = {}, body = '' }: RawRequest): string =>
  `${method} ${path} ${JSON.stringify(headers)} ${body.toString().slice(0, 90)}`;

describe('the way of plain requests', () => {
  it.each(CORPUS.map((request) => [nameOf(request), request] as const))(
    'answers as Yoga does: %s',
    async (_, request) => {
      const expected = comparable(await ask(yogaUrl, request));
      expect(comparable(await ask(panier.url, request))).toEqual(expected);
      // Once more: now the document is known.
      expect(comparable(await ask(panier.url, request))).toEqual(expected);
    },
  );
});
