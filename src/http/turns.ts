import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { guarded, ignored } from '../platform/index.ts';

/**
 * The requests of a connection, each of which is served when the one before is answered. Node hands pipelined ones on all at
 * once: a change would be made before the one that was asked for first. Source: RFC 9112, section 9.3.2.
 */
export class Turns {
  readonly #last = new WeakMap<Socket, Promise<void>>();
  readonly #before = new WeakMap<IncomingMessage, Promise<void>>();

  /** As it comes in, before its body does. */
  enter(request: IncomingMessage, response: ServerResponse): void {
    const { socket } = request;
    const before = this.#last.get(socket);
    if (before !== undefined) this.#before.set(request, before);
    const { promise: answered, resolve } = Promise.withResolvers<void>();
    const leave = (): void => {
      if (this.#last.get(socket) === answered) this.#last.delete(socket);
      resolve();
    };
    this.#last.set(socket, answered);
    response.once('close', guarded(leave, ignored));
  }

  /** Serves it in its turn; never, when its connection ends before: a response closes with it as if it had been sent. */
  take(request: IncomingMessage, serve: () => unknown): unknown {
    const before = this.#before.get(request);
    if (before === undefined) return serve();
    return before.then(() => (request.socket.writable ? serve() : undefined));
  }
}
