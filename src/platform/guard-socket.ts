import type { Socket } from 'node:net';

type Emit = (event: string | symbol, ...given: readonly unknown[]) => boolean;

const asError = (thrown: unknown): Error =>
  thrown instanceof Error ? thrown : new Error('Thrown by a listener of a socket', { cause: thrown });

/**
 * Makes whatever the socket's listeners throw end this one connection. The drivers of PostgreSQL and Redis read what
 * comes in listeners: a server, or what stands for one, that sends nonsense would end the process otherwise. Returns it.
 */
export const guardSocket = <S extends Socket>(socket: S): S => {
  const emit: Emit = socket.emit.bind(socket);
  const guardedEmit: Emit = (event, ...given) => {
    try {
      return emit(event, ...given);
    } catch (error) {
      socket.destroy(asError(error));
      return true;
    }
  };
  return Object.assign(socket, { emit: guardedEmit });
};
