import type { EventEmitter } from 'node:events';
import { guarded, ignored } from '../platform/index.ts';

/** What emits `close` once, and knows ever after that it did: a socket, or a response. */
export interface Closing extends EventEmitter {
  readonly closed: boolean;
}

/** What is open, by whose it is. Each counts once, until it emits `close`. */
export class OpenByKey {
  readonly #open = new Map<string, Set<Closing>>();

  /** False when there are as many of the key as there may be, and this one is none of them. */
  admit(key: string, opened: Closing, limit: number): boolean {
    // Nothing tells of its end any more: it would count for ever.
    if (opened.closed) return true;
    const open = this.#open.get(key) ?? new Set();
    if (open.has(opened)) return true;
    if (open.size >= limit) return false;
    this.#open.set(key, open.add(opened));
    const leave = (): void => {
      open.delete(opened);
      if (open.size === 0 && this.#open.get(key) === open) this.#open.delete(key);
    };
    opened.once('close', guarded(leave, ignored));
    return true;
  }
}
