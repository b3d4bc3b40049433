import { once } from 'node:events';
import { WebSocket } from 'ws';
import { eventually } from '../../harness/support/eventually.ts';

interface Message {
  readonly type: string;
  readonly id?: string;
  readonly payload?: unknown;
}

interface Closed {
  readonly code: number;
  readonly atMs: number;
}

/** graphql-transport-ws, frame by frame: for what no client does by itself. */
export interface RawSocket extends Disposable {
  readonly messages: readonly Message[];
  readonly send: (message: Message) => void;
  /** What came for a subscription, in its order, once there are so many. */
  readonly updates: (id: string, count: number) => Promise<readonly unknown[]>;
  /** Resolves with the first message of this type that is not older than the call. */
  readonly next: (type: string) => Promise<Message>;
  readonly closed: Promise<Closed>;
  readonly isOpen: () => boolean;
}

const open = async (url: string): Promise<RawSocket> => {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/graphql`, 'graphql-transport-ws');
  const messages: Message[] = [];
  socket.on('message', (data: Buffer) => messages.push(JSON.parse(data.toString()) as Message));
  const closed = once(socket, 'close').then(([code]) => ({ code: code as number, atMs: Date.now() }));
  await once(socket, 'open');
  const updatesOf = (id: string) => messages.filter((message) => message.type === 'next' && message.id === id);
  return {
    messages,
    closed,
    send: (message) => socket.send(JSON.stringify(message)),
    updates: (id, count) =>
      eventually(() => {
        const updates = updatesOf(id);
        if (updates.length < count)
          throw new Error(`${updates.length} of ${count} updates, ${JSON.stringify(messages)}`);
        return updates.map(({ payload }) => payload);
      }),
    next: (type) => {
      const from = messages.length;
      return eventually(() => {
        const found = messages.slice(from).find((message) => message.type === type);
        if (found === undefined) throw new Error(`There is no ${type} yet.`);
        return found;
      });
    },
    isOpen: () => socket.readyState === WebSocket.OPEN,
    [Symbol.dispose]: () => socket.terminate(),
  };
};

/** Connected and acknowledged, as whoever the token is of. */
export const openRawSocket = async (url: string, token: string): Promise<RawSocket> => {
  const socket = await open(url);
  const acknowledged = socket.next('connection_ack');
  socket.send({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } });
  await acknowledged;
  return socket;
};
