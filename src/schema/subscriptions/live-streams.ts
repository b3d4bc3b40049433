import { retry, systemClock, Unavailable } from '../../platform/index.ts';
import type { LiveChanges, Topic } from '../../read/index.ts';

/** What a stream is written with. */
export interface Pull {
  /** Aborts when the subscriber left or the server stops. */
  readonly signal: AbortSignal;
  /** Resolves when something of the topics may have changed since the last call, and when the signal aborts. */
  readonly change: () => Promise<void>;
  /** Reads, again and again while the database is away. @throws what does not pass, and the last failure once the signal aborts. */
  readonly read: <T>(read: () => Promise<T>) => Promise<T>;
}

/** The subscriptions that are open in this process. */
export interface LiveStreams {
  /**
   * Watches the topics, then calls `begin`, which decides whether the subscription may start and answers with its values.
   * So whatever `begin` reads, nothing that changes afterwards is missed. The watch ends with the stream.
   */
  readonly open: <T>(
    topics: readonly Topic[],
    begin: (pull: Pull) => Promise<AsyncGenerator<T>>,
  ) => Promise<AsyncIterableIterator<T>>;
  readonly size: number;
  /** Ends every stream, and resolves when each has told its subscriber that nothing more will come. */
  readonly completeAll: () => Promise<void>;
}

const persistent =
  (signal: AbortSignal): Pull['read'] =>
  (read) =>
    retry(read, {
      mayPass: (error) => error instanceof Unavailable,
      pauses: { firstMs: 100, maxMs: 2_000 },
      clock: systemClock,
      signal,
    });

const DONE = { done: true, value: undefined } as const;

/** The values until the subscriber returns or `ending` aborts. A generator alone could not be ended while it waits. */
const endable = <T>(
  values: AsyncGenerator<T>,
  ending: AbortController,
  close: () => void,
): AsyncIterableIterator<T> => {
  const end = async (): Promise<IteratorReturnResult<undefined>> => {
    ending.abort();
    close();
    await values.return(undefined);
    return DONE;
  };
  const next = async (): Promise<IteratorResult<T>> => {
    try {
      const result = await values.next();
      if (result.done !== true && !ending.signal.aborted) return result;
    } catch (error) {
      if (!ending.signal.aborted) {
        close();
        throw error;
      }
    }
    return end();
  };
  const iterator: AsyncIterableIterator<T> = { [Symbol.asyncIterator]: () => iterator, next, return: end };
  return iterator;
};

export const createLiveStreams = (changes: Pick<LiveChanges, 'watch'>): LiveStreams => {
  const open = new Map<AbortController, PromiseWithResolvers<void>>();
  return {
    get size() {
      return open.size;
    },
    completeAll: async () => {
      const closed = [...open.values()].map(({ promise }) => promise);
      for (const ending of open.keys()) ending.abort();
      await Promise.all(closed);
    },
    open: async (topics, begin) => {
      const ending = new AbortController();
      const { signal } = ending;
      const watch = changes.watch(topics);
      open.set(ending, Promise.withResolvers<void>());
      const close = (): void => {
        watch[Symbol.dispose]();
        open.get(ending)?.resolve();
        open.delete(ending);
      };
      try {
        const values = await begin({ signal, change: () => watch.next(signal), read: persistent(signal) });
        return endable(values, ending, close);
      } catch (error) {
        close();
        throw error;
      }
    },
  };
};
