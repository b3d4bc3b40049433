import type { Socket } from 'node:net';
import { type Exchange, within } from './exchange.ts';

type Emit = (event: string | symbol, ...given: readonly unknown[]) => boolean;

/** A listener of the socket threw: what came in was nonsense, and the connection is at its end. */
export class NonsenseReceived extends Error {
  override readonly name = 'NonsenseReceived';
}

const asError = (thrown: unknown): Error =>
  new NonsenseReceived(thrown instanceof Error ? thrown.message : 'Thrown by a listener of a socket', {
    cause: thrown,
  });

/**
 * Makes whatever the socket's listeners throw end this one connection. The drivers of PostgreSQL and Redis read what
 * comes in listeners: a server, or what stands for one, that sends nonsense would end the process otherwise. Returns it.
 */
export const guardSocket = <S extends Socket>(socket: S): S => {
  const emit: Emit = socket.emit.bind(socket);
  // What a listener throws later, in a tick of its own, is this connection's, too.
  const exchange: Exchange = { kind: 'Server', breakOff: () => void socket.destroy(asError(null)) };
  const guardedEmit: Emit = (event, ...given) => {
    try {
      return within(exchange, () => emit(event, ...given));
    } catch (error) {
      socket.destroy(asError(error));
      return true;
    }
  };
  return Object.assign(socket, { emit: guardedEmit });
};
