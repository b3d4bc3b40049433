import type { Duplex } from 'node:stream';
import {
  MessageType,
  type PingMessage,
  type PongMessage,
  type WebSocket as ProtocolSocket,
  stringifyMessage,
} from 'graphql-ws';
import type { WebSocket } from 'ws';
import { about, type Exchange, type Facts, gather, guarded, within } from '../../platform/index.ts';
import { withAnyText } from './socket-message.ts';

/** So many bytes may wait to be sent before whoever sends more waits, too. */
const UNHURRIED_BYTES = 4_096;

interface Adapting {
  /** What the WebSocket is on. */
  readonly socket: Duplex;
  readonly exchange: Exchange;
  /** What is known of all that is asked on it. */
  readonly facts: Facts;
  readonly fail: (error: unknown) => void;
  readonly pong: (said: PingMessage['payload']) => Promise<PongMessage['payload']>;
}

const pongOf = (payload: PongMessage['payload']): string =>
  stringifyMessage({ type: MessageType.Pong, ...(payload !== undefined && { payload }) });

/** A WebSocket as graphql-ws speaks on it. */
export const protocolSocket = (
  client: WebSocket,
  { socket, exchange, facts, fail, pong }: Adapting,
): ProtocolSocket => {
  const isOpen = (): boolean => client.readyState === client.OPEN;
  const send = (text: string): Promise<void> =>
    new Promise((resolve) => {
      // One that cannot be sent to any more is about to close, which ends whatever was to be sent.
      if (!isOpen()) return resolve();
      gather(socket);
      client.send(text, () => resolve());
      // What comes right behind it goes out with it.
      if (socket.writableLength <= UNHURRIED_BYTES) resolve();
    });
  return {
    protocol: client.protocol,
    send,
    close: (code, reason) => client.close(code, reason),
    onPing: async (said) => send(pongOf(await pong(said))),
    onMessage: (receive) => {
      // Whoever was put out may go on sending until they have read that.
      const message = (data: Buffer) =>
        isOpen() ? within(exchange, () => about(facts, () => receive(withAnyText(data.toString())))) : undefined;
      client.on('message', guarded(message, fail));
    },
  };
};
