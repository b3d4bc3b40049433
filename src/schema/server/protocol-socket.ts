import {
  MessageType,
  type PingMessage,
  type PongMessage,
  type WebSocket as ProtocolSocket,
  stringifyMessage,
} from 'graphql-ws';
import type { WebSocket } from 'ws';
import { about, type Exchange, type Facts, guarded, within } from '../../platform/index.ts';
import { withAnyText } from './socket-message.ts';

interface Adapting {
  readonly exchange: Exchange;
  /** What is known of all that is asked on it. */
  readonly facts: Facts;
  readonly fail: (error: unknown) => void;
  readonly pong: (said: PingMessage['payload']) => Promise<PongMessage['payload']>;
}

const pongOf = (payload: PongMessage['payload']): string =>
  stringifyMessage({ type: MessageType.Pong, ...(payload !== undefined && { payload }) });

/** A WebSocket as graphql-ws speaks on it. */
export const protocolSocket = (client: WebSocket, { exchange, facts, fail, pong }: Adapting): ProtocolSocket => {
  const isOpen = (): boolean => client.readyState === client.OPEN;
  const send = (text: string): Promise<void> =>
    new Promise((resolve) => {
      // One that cannot be sent to any more is about to close, which ends whatever was to be sent.
      if (!isOpen()) return resolve();
      client.send(text, () => resolve());
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
