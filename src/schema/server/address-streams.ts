import type { IncomingMessage } from 'node:http';
import { addressKey } from '../../access/index.ts';
import { type Closing, OpenByKey, type Proxies } from '../../http/index.ts';

/**
 * WebSockets and event streams by the address of whoever opened them. Without a bound for each address a single one could
 * have all that the process keeps open, for visits, and so viewers, are free.
 */
export class AddressStreams {
  readonly #open = new OpenByKey();
  readonly #addressOf: Proxies['addressOf'];
  readonly limit: number;

  constructor(limit: number, addressOf: Proxies['addressOf']) {
    this.limit = limit;
    this.#addressOf = addressOf;
  }

  /** False when the address has as many as it may. What is admitted counts until it emits `close`. */
  admit(request: IncomingMessage, stream: Closing): boolean {
    return this.#open.admit(addressKey(this.#addressOf(request)), stream, this.limit);
  }
}
