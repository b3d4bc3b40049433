import type { Duplex } from 'node:stream';
import {
  CloseCode,
  MessageType,
  type PingMessage,
  type PongMessage,
  type WebSocket as ProtocolSocket,
  stringifyMessage,
} from 'graphql-ws';
import type { WebSocket } from 'ws';
import { about, type Exchange, type Facts, gather, guarded, within } from '../../platform/index.ts';
import { OperationIds } from './operation-ids.ts';
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

/** Of a reason RFC 6455 takes 123 bytes; ids have any length. */
const LONGEST_REASON = 123;

const takenReason = (id: string): string => {
  const reason = `Subscriber for ${id} already exists`;
  return Buffer.byteLength(reason) > LONGEST_REASON ? 'Subscriber already exists' : reason;
};

/** A WebSocket as graphql-ws speaks on it. */
export const protocolSocket = (
  client: WebSocket,
  { socket, exchange, facts, fail, pong }: Adapting,
): ProtocolSocket => {
  const isOpen = (): boolean => client.readyState === client.OPEN;
  const ids = new OperationIds((id) => client.close(CloseCode.SubscriberAlreadyExists, takenReason(id)));
  const send = (said: string): Promise<void> =>
    new Promise((resolve) => {
      const text = ids.sent(said);
      // One that cannot be sent to any more is about to close, which ends whatever was to be sent.
      if (text === null || !isOpen()) return resolve();
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
      const message = (data: Buffer) => {
        // Whoever was put out may go on sending until they have read that.
        const text = isOpen() ? ids.received(withAnyText(data.toString())) : null;
        return text === null ? undefined : within(exchange, () => about(facts, () => receive(text)));
      };
      client.on('message', guarded(message, fail));
    },
  };
};
