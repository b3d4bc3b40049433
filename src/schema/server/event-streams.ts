import type { IncomingMessage, ServerResponse } from 'node:http';

import { guarded, ignored } from '../../platform/index.ts';
import { FULL_HEADERS, fullOf } from './connection-limits.ts';

/** The answers that are streams of server-sent events, as long as they are open. */
export class EventStreams {
  readonly #open = new Set<ServerResponse>();
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Whether the request may go on; one stream too many is answered here. */
  admit(request: IncomingMessage, response: ServerResponse): boolean {
    if (request.headers.accept?.includes('text/event-stream') !== true) return true;
    if (this.#open.size >= this.#limit) {
      const errors = [{ message: fullOf('event streams', this.#limit), extensions: { code: 'UNAVAILABLE' } }];
      response.writeHead(503, { 'content-type': 'application/json', ...FULL_HEADERS }).end(JSON.stringify({ errors }));
      return false;
    }
    this.#open.add(response);
    response.once(
      'close',
      guarded(() => this.#open.delete(response), ignored),
    );
    return true;
  }

  breakOff(): void {
    for (const response of this.#open) response.destroy();
  }
}
