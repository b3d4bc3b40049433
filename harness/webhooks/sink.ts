import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** What a receiver got. */
export interface Received {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Answers, or not. */
export type Answering = (response: ServerResponse, received: Received) => void;

export const answering =
  (status: number, headers: Readonly<Record<string, string>> = {}): Answering =>
  (response) =>
    void response.writeHead(status, headers).end();

/** A receiver of webhooks on the loopback interface. */
export interface Sink extends AsyncDisposable {
  readonly url: string;
  /** In the order in which they came, whatever was answered. */
  readonly received: readonly Received[];
  /** How it answers from now on. */
  readonly answer: (how: Answering) => void;
}

const receivedOf = async (request: IncomingMessage): Promise<Received> => ({
  path: request.url ?? '',
  headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)])),
  body: await text(request),
});

export const openSink = async (first: Answering = answering(204)): Promise<Sink> => {
  const received: Received[] = [];
  let how = first;
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const one = await receivedOf(request);
    received.push(one);
    how(response, one);
  };
  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    answer: (next) => {
      how = next;
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
};
