import { once } from 'node:events';
import { WebSocket } from 'ws';
import { AS_OPERATOR } from '../support/tokens.ts';

const WATCH = 'subscription ($after: String) { events(after: $after) { cursor node { eventId data } } }';

interface Message {
  readonly type: string;
  readonly payload?: { readonly data?: { readonly events?: { readonly cursor: string } } };
}

/** Somebody who watches all events over a WebSocket. */
export interface Reader {
  readonly socket: WebSocket;
  readonly cursor: () => string | null;
  readonly received: () => number;
  /** How it ended, and after how many seconds; null while it is open. */
  readonly end: () => { readonly code: number; readonly seconds: number } | null;
}

/** Watches from the end of the event store, or behind a cursor that was seen before. */
export const openReader = async (url: string, after: string | null): Promise<Reader> => {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  await once(socket, 'open');
  const openedAt = performance.now();
  let cursor = after;
  let received = 0;
  let end: { readonly code: number; readonly seconds: number } | null = null;
  socket.on('error', () => {});
  socket.on('close', (code) => {
    end = { code, seconds: (performance.now() - openedAt) / 1_000 };
  });
  socket.on('message', (data: Buffer) => {
    const { payload } = JSON.parse(data.toString()) as Message;
    if (payload?.data?.events === undefined) return;
    received += 1;
    cursor = payload.data.events.cursor;
  });
  socket.send(JSON.stringify({ type: 'connection_init', payload: AS_OPERATOR }));
  await once(socket, 'message');
  socket.send(JSON.stringify({ type: 'subscribe', id: '1', payload: { query: WATCH, variables: { after } } }));
  return { socket, cursor: () => cursor, received: () => received, end: () => end };
};
