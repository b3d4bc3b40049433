import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { guarded, ignored } from '../platform/index.ts';

/**
 * The answers under way. From the moment that the server is to stop, each of them says `connection: close`: a client that
 * keeps its connections hears of it with an answer, not by a reset in the middle of its next request.
 */
export class Draining {
  /** By their connection: one that waits behind another answer may never hear of its end, as after a CONNECT. */
  readonly #open = new Map<Socket, Set<ServerResponse>>();
  #hasBegun = false;

  get hasBegun(): boolean {
    return this.#hasBegun;
  }

  get size(): number {
    return [...this.#open.values()].reduce((sum, { size }) => sum + size, 0);
  }

  /** Returns how many are under way on its connection. */
  admit(response: ServerResponse): number {
    if (this.#hasBegun) response.shouldKeepAlive = false;
    const { socket } = response.req;
    if (socket.closed) return 1;
    const open = this.#open.get(socket) ?? this.#openOn(socket);
    open.add(response);
    response.on(
      'close',
      guarded(() => open.delete(response), ignored),
    );
    return open.size;
  }

  begin(): void {
    this.#hasBegun = true;
    for (const open of this.#open.values()) for (const response of open) response.shouldKeepAlive = false;
  }

  #openOn(socket: Socket): Set<ServerResponse> {
    const open = new Set<ServerResponse>();
    this.#open.set(socket, open);
    socket.once(
      'close',
      guarded(() => this.#open.delete(socket), ignored),
    );
    return open;
  }
}
