import type { LiveChanges, Topic, Watch } from '../../read/index.ts';

const keyOf = (topic: Topic): string => (topic.kind === 'Events' ? 'Events' : topic.id);

interface MemoryWatch extends Watch {
  readonly wake: () => void;
}

const createWatch = (dispose: () => void): MemoryWatch => {
  let woken = Promise.withResolvers<void>();
  return {
    wake: () => woken.resolve(),
    next: async (signal) => {
      const aborted = Promise.withResolvers<void>();
      if (signal?.aborted) aborted.resolve();
      signal?.addEventListener('abort', () => aborted.resolve(), { once: true });
      await Promise.race([woken.promise, aborted.promise]);
      woken = Promise.withResolvers<void>();
    },
    [Symbol.dispose]: dispose,
  };
};

/** Live changes without Redis: whoever changes something says so. */
export interface MemoryChanges extends LiveChanges {
  readonly announce: (keys: readonly string[]) => void;
  /** Number of watches that were not disposed. */
  readonly watching: () => number;
}

export const memoryChanges = (): MemoryChanges => {
  const watches = new Map<MemoryWatch, readonly string[]>();
  return {
    watch: (topics) => {
      const watch = createWatch(() => watches.delete(watch));
      watches.set(watch, topics.map(keyOf));
      return watch;
    },
    announce: (keys) => {
      for (const [watch, watched] of watches) if (watched.some((key) => keys.includes(key))) watch.wake();
    },
    watching: () => watches.size,
    [Symbol.asyncDispose]: async () => {},
  };
};
