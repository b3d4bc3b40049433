import { once } from 'node:events';
import { WebSocket } from 'ws';
import { AS_OPERATOR } from '../../support/tokens.ts';

/** What a server says of a subscription. Source: the graphql-transport-ws protocol. */
interface Message {
  readonly type: string;
  readonly id?: string;
}

export interface Listener {
  /** The frame's text, as it came. */
  readonly next: (frame: string) => void;
  readonly complete: () => void;
}

/** One connection of graphql-transport-ws with any number of subscriptions. */
export interface Socket {
  readonly subscribe: (query: string, variables: object, listener: Listener) => void;
  readonly close: () => void;
}

/** Resolves when the server has acknowledged the connection. Anything but `next` and `complete` is fatal. */
export const openSocket = async (url: string): Promise<Socket> => {
  const socket = new WebSocket(url.replace('http:', 'ws:'), 'graphql-transport-ws', { perMessageDeflate: false });
  await once(socket, 'open');
  socket.send(JSON.stringify({ type: 'connection_init', payload: AS_OPERATOR }));
  await once(socket, 'message');
  const listeners = new Map<string, Listener>();
  let last = 0;
  socket.on('message', (raw: Buffer) => {
    const frame = raw.toString();
    const { type, id = '' } = JSON.parse(frame) as Message;
    if (type === 'next') listeners.get(id)?.next(frame);
    else if (type === 'ping') socket.send('{"type":"pong"}');
    else if (type !== 'complete') throw new Error(`The server says: ${frame}`);
    else {
      listeners.get(id)?.complete();
      listeners.delete(id);
    }
  });
  return {
    subscribe: (query, variables, listener) => {
      last += 1;
      listeners.set(String(last), listener);
      socket.send(JSON.stringify({ id: String(last), type: 'subscribe', payload: { query, variables } }));
    },
    close: () => socket.terminate(),
  };
};
