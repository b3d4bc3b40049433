import { guarded, ignored, SIGNALS } from '../../platform/index.ts';
import type { UPKEEP } from './announcement.ts';
import type { ModelName } from './topics.ts';

/** What somebody may wait for: a change to one thing of a read model or to a run of upkeep, or any new event. */
export type Topic = { readonly kind: ModelName | typeof UPKEEP; readonly id: string } | { readonly kind: 'Events' };

/**
 * Waits for changes. It remembers that there was one, not how many nor which: its memory is one flag, however slow the
 * reader. So a change is a hint to read again, from where the reader stands.
 */
export interface Watch extends Disposable {
  /**
   * Resolves when something of the topics may have changed since the last `next`, at once if it already has; also when
   * the signal aborts or the watch is disposed. Never rejects.
   */
  readonly next: (signal?: AbortSignal) => Promise<void>;
}

type Waiter = { readonly wake: () => void };

const idOf = (topic: Topic): string => (topic.kind === 'Events' ? '' : topic.id);

const createWaiter = (): Waiter & Pick<Watch, 'next'> => {
  let isWoken = false;
  let resolveNext: (() => void) | null = null;
  const wake = (): void => {
    if (isWoken) SIGNALS.changeConflated.tell({});
    isWoken = true;
    resolveNext?.();
  };
  const next = (signal?: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      const settle = guarded((): void => {
        resolveNext = null;
        isWoken = false;
        signal?.removeEventListener('abort', settle);
        resolve();
      }, ignored);
      if (isWoken || signal?.aborted) return settle();
      resolveNext = settle;
      signal?.addEventListener('abort', settle, { once: true });
    });
  return { wake, next };
};

/** Who waits for what. Waking costs nothing where nobody waits. */
export class Watches {
  /** By kind, then by id; a kind for which nobody waits may be missing. */
  readonly #waiters = new Map<string, Map<string, Set<Waiter>>>();

  watch(topics: readonly Topic[]): Watch {
    const waiter = createWaiter();
    for (const topic of topics) this.#add(topic, waiter);
    return {
      next: waiter.next,
      [Symbol.dispose]: () => {
        for (const topic of topics) this.#remove(topic, waiter);
        waiter.wake();
      },
    };
  }

  /** Wakes who waits for these things; a kind that is unknown here wakes nobody. */
  wake(kind: string, ids: readonly string[]): void {
    const waiters = this.#waiters.get(kind);
    for (const id of ids) for (const waiter of waiters?.get(id) ?? []) waiter.wake();
  }

  wakeEvents(): void {
    this.wake('Events', ['']);
  }

  wakeAll(kind: string): void {
    for (const waiters of this.#waiters.get(kind)?.values() ?? []) for (const waiter of waiters) waiter.wake();
  }

  wakeEverybody(): void {
    for (const kind of this.#waiters.keys()) this.wakeAll(kind);
  }

  #add(topic: Topic, waiter: Waiter): void {
    const waiters = this.#waiters.get(topic.kind) ?? new Map<string, Set<Waiter>>();
    this.#waiters.set(topic.kind, waiters);
    const known = waiters.get(idOf(topic)) ?? new Set();
    waiters.set(idOf(topic), known.add(waiter));
  }

  #remove(topic: Topic, waiter: Waiter): void {
    const ofKind = this.#waiters.get(topic.kind);
    const waiters = ofKind?.get(idOf(topic));
    waiters?.delete(waiter);
    if (waiters?.size === 0) ofKind?.delete(idOf(topic));
  }
}
