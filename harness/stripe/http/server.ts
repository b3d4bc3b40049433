import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { API_VERSION } from '../account/account.ts';
import { libraryScript } from '../library/library-script.ts';
import type { Answer } from './answer.ts';
import type { Asked } from './api.ts';

export interface Entrances {
  /** What Stripe answers; null where the connection is to end. */
  readonly api: (asked: Asked) => Promise<Answer | null>;
  /** What the harness asks for, in JSON. @throws where it cannot be done */
  readonly control: (name: string, input: unknown) => unknown;
}

export interface Listening extends AsyncDisposable {
  readonly url: string;
}

const API = '/v1/';
const CONTROL = '/_fake/';
const LIBRARY = '/stripe.js';
const JSON_TYPE = { 'content-type': 'application/json' };

const headerOf = (request: IncomingMessage, name: string): string | null => {
  const value = request.headers[name];
  return typeof value === 'string' ? value : null;
};

const askedBy = (request: IncomingMessage, { pathname, search }: URL, body: string): Asked => ({
  method: request.method ?? 'GET',
  path: pathname.slice(API.length),
  encoded: request.method === 'POST' ? body : search.slice(1),
  authorization: headerOf(request, 'authorization') ?? '',
  key: headerOf(request, 'idempotency-key'),
});

const controlled = (entrances: Entrances, name: string, body: string): Answer => {
  try {
    const done = entrances.control(name, JSON.parse(body === '' ? '{}' : body));
    return { status: 200, headers: {}, body: JSON.stringify({ done }) };
  } catch (error) {
    return { status: 400, headers: {}, body: JSON.stringify({ problem: String(error) }) };
  }
};

const script = (): Answer => ({ status: 200, headers: { 'content-type': 'text/javascript' }, body: libraryScript() });

const answerTo = async (entrances: Entrances, request: IncomingMessage): Promise<Answer | null> => {
  const body = await text(request);
  const url = new URL(request.url ?? '/', 'http://fake');
  if (url.pathname.startsWith(CONTROL)) return controlled(entrances, url.pathname.slice(CONTROL.length), body);
  if (url.pathname === LIBRARY) return script();
  return entrances.api(askedBy(request, url, body));
};

const respond = async (entrances: Entrances, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const answer = await answerTo(entrances, request).catch(() => null);
  if (answer === null) return void request.socket.destroy();
  const key = headerOf(request, 'idempotency-key');
  const version = headerOf(request, 'stripe-version') ?? API_VERSION;
  const echoed = { 'stripe-version': version, ...(key !== null && { 'idempotency-key': key }) };
  response.writeHead(answer.status, { ...JSON_TYPE, ...echoed, ...answer.headers }).end(answer.body);
};

/** Listens on loopback. */
export const listen = async (entrances: Entrances, port: number): Promise<Listening> => {
  const server = createServer((request, response) => void respond(entrances, request, response));
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
};
