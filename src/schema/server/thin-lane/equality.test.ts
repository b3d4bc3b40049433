import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Unavailable } from '../../../platform/index.ts';
import { memoryDoors } from '../../testing/memory-doors.ts';
import { ORDER_ID, orderEvents } from '../../testing/memory-events.ts';
import { SILENT } from '../../testing/run.ts';
import type { HttpLane } from '../gateway.ts';
import { type GatewayServer, startServer } from '../start-server.ts';
import { CORPUS } from '../testing/corpus.ts';
import { ask, type RawAnswer, type RawRequest } from '../testing/raw-request.ts';

const doors = memoryDoors({
  write: {
    product: () => Promise.reject(new Unavailable('away')),
    addCartItem: async () => ({ ok: false, error: { code: 'NOT_FOUND', message: 'There is no such cart.' } }),
  },
});
const { created, reserved } = orderEvents('customer-1');
doors.append(ORDER_ID, created, reserved);

const start = (httpLane: HttpLane): Promise<GatewayServer> =>
  startServer({ ...doors, logger: SILENT, ready: async () => ({}) }, { host: '127.0.0.1', port: 0, httpLane });

let thin: GatewayServer;
let yoga: GatewayServer;

beforeAll(async () => {
  [thin, yoga] = await Promise.all([start('thin'), start('yoga')]);
});
afterAll(() => Promise.all([thin, yoga].map((server) => server[Symbol.asyncDispose]())));

const UUID = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g;

/** Without what differs from one request to the next. */
const comparable = ({ status, headers: { date: _date, ...headers }, body }: RawAnswer) => ({
  status,
  headers,
  body: body.replaceAll(UUID, 'a correlation id'),
});

const nameOf = ({ method = 'POST', path = '/graphql', headers = {}, body = '' }: RawRequest): string =>
  `${method} ${path} ${JSON.stringify(headers)} ${body.toString().slice(0, 90)}`;

describe('the thin lane', () => {
  it.each(CORPUS.map((request) => [nameOf(request), request] as const))(
    'answers as Yoga does: %s',
    async (_, request) => {
      const expected = comparable(await ask(yoga.url, request));
      expect(comparable(await ask(thin.url, request))).toEqual(expected);
      // Once more: now the document is known.
      expect(comparable(await ask(thin.url, request))).toEqual(expected);
    },
  );
});
