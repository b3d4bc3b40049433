import type { ServerResponse } from 'node:http';
import { guarded, ignored } from '../platform/index.ts';

/**
 * The answers under way. From the moment that the server is to stop, each of them says `connection: close`: a client that
 * keeps its connections hears of it with an answer, not by a reset in the middle of its next request.
 */
export class Draining {
  readonly #open = new Set<ServerResponse>();
  #hasBegun = false;

  get hasBegun(): boolean {
    return this.#hasBegun;
  }

  admit(response: ServerResponse): void {
    if (this.#hasBegun) response.shouldKeepAlive = false;
    this.#open.add(response);
    response.on(
      'close',
      guarded(() => this.#open.delete(response), ignored),
    );
  }

  begin(): void {
    this.#hasBegun = true;
    for (const response of this.#open) response.shouldKeepAlive = false;
  }
}
