import type { EventEmitter } from 'node:events';
import { guarded, ignored } from '../platform/index.ts';

/** What is open, by whose it is. Each counts once, until it emits `close`. */
export class OpenByKey {
  readonly #open = new Map<string, Set<EventEmitter>>();

  /** False when there are as many of the key as there may be, and this one is none of them. */
  admit(key: string, opened: EventEmitter, limit: number): boolean {
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
