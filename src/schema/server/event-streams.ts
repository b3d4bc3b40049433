import type { IncomingMessage, ServerResponse } from 'node:http';

/** The answers that are streams of server-sent events, as long as they are open. */
export class EventStreams {
  readonly #open = new Set<ServerResponse>();

  note(request: IncomingMessage, response: ServerResponse): void {
    if (request.headers.accept?.includes('text/event-stream') !== true) return;
    this.#open.add(response);
    response.once('close', () => this.#open.delete(response));
  }

  breakOff(): void {
    for (const response of this.#open) response.destroy();
  }
}
