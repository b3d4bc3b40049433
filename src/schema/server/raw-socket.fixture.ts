import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { WebSocket } from 'ws';
import { AS_OPERATOR } from '../../../harness/support/tokens.ts';

type Headers = Readonly<Record<string, string>>;

/** The first answer of a server that refuses to open a WebSocket. */
export const refusalBy = async (
  url: string,
  headers: Headers = {},
): Promise<{ readonly status: number | undefined; readonly text: string }> => {
  const socket = new WebSocket(url, 'graphql-transport-ws', { headers });
  const [, response] = (await once(socket, 'unexpected-response')) as [unknown, IncomingMessage];
  return { status: response.statusCode, text: await text(response) };
};

/** A WebSocket that has said nothing yet. */
export const openSocket = async (url: string, headers: Headers = {}): Promise<WebSocket> => {
  const socket = new WebSocket(url, 'graphql-transport-ws', { headers });
  await once(socket, 'open');
  return socket;
};

interface Message {
  readonly type: string;
  readonly id?: string;
  readonly payload?: unknown;
}

/** A WebSocket after its `connection_init`, an operator's unless told otherwise, and the messages that came since. */
export const greet = async (url: string, payload: object = AS_OPERATOR) => {
  const socket = await openSocket(url);
  const received: Message[] = [];
  socket.on('message', (data: Buffer) => received.push(JSON.parse(data.toString()) as Message));
  const acknowledged = once(socket, 'message');
  socket.send(JSON.stringify({ type: 'connection_init', payload }));
  await acknowledged;
  const subscribe = (id: string, query: string): void =>
    socket.send(JSON.stringify({ type: 'subscribe', id, payload: { query } }));
  return { socket, received, subscribe };
};
