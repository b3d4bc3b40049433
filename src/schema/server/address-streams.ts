import type { EventEmitter } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { addressKey } from '../../access/index.ts';
import { guarded, ignored } from '../../platform/index.ts';
import type { Proxies } from './proxies.ts';

/**
 * WebSockets and event streams by the address of whoever opened them. Without a bound for each address a single one could
 * have all that the process keeps open, for visits, and so viewers, are free.
 */
export class AddressStreams {
  readonly #open = new Map<string, number>();
  readonly #addressOf: Proxies['addressOf'];
  readonly limit: number;

  constructor(limit: number, addressOf: Proxies['addressOf']) {
    this.limit = limit;
    this.#addressOf = addressOf;
  }

  /** False when the address has as many as it may. What is admitted counts until it emits `close`. */
  admit(request: IncomingMessage, stream: EventEmitter): boolean {
    const address = addressKey(this.#addressOf(request));
    const count = this.#open.get(address) ?? 0;
    if (count >= this.limit) return false;
    this.#open.set(address, count + 1);
    stream.once(
      'close',
      guarded(() => this.#leave(address), ignored),
    );
    return true;
  }

  #leave(address: string): void {
    const left = (this.#open.get(address) ?? 1) - 1;
    if (left > 0) this.#open.set(address, left);
    else this.#open.delete(address);
  }
}
