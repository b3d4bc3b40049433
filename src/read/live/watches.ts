import { guarded, ignored } from '../../platform/index.ts';

/** What somebody may wait for: a change to one thing, or any new event. */
export type Topic = { readonly kind: 'Cart' | 'Order' | 'Product'; readonly id: string } | { readonly kind: 'Events' };

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

type Kind = Topic['kind'];
type Waiter = { readonly wake: () => void };

const idOf = (topic: Topic): string => (topic.kind === 'Events' ? '' : topic.id);

const createWaiter = (): Waiter & Pick<Watch, 'next'> => {
  let isWoken = false;
  let resolveNext: (() => void) | null = null;
  const wake = (): void => {
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
  readonly #waiters: Readonly<Record<Kind, Map<string, Set<Waiter>>>> = {
    Cart: new Map(),
    Order: new Map(),
    Product: new Map(),
    Events: new Map(),
  };

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

  wake(kind: Kind, ids: readonly string[]): void {
    for (const id of ids) for (const waiter of this.#waiters[kind].get(id) ?? []) waiter.wake();
  }

  wakeEvents(): void {
    this.wake('Events', ['']);
  }

  wakeProducts(): void {
    this.#wakeKind('Product');
  }

  wakeEverybody(): void {
    for (const kind of Object.keys(this.#waiters) as Kind[]) this.#wakeKind(kind);
  }

  #wakeKind(kind: Kind): void {
    for (const waiters of this.#waiters[kind].values()) for (const waiter of waiters) waiter.wake();
  }

  #add(topic: Topic, waiter: Waiter): void {
    const waiters = this.#waiters[topic.kind];
    const known = waiters.get(idOf(topic)) ?? new Set();
    waiters.set(idOf(topic), known.add(waiter));
  }

  #remove(topic: Topic, waiter: Waiter): void {
    const waiters = this.#waiters[topic.kind].get(idOf(topic));
    waiters?.delete(waiter);
    if (waiters?.size === 0) this.#waiters[topic.kind].delete(idOf(topic));
  }
}
