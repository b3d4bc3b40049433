import { byDeadline, DEFAULT_LIMITS, type Deadline, deadlineIn } from '../../platform/index.ts';
import type { LiveChanges, Topic } from '../../read/index.ts';
import { type Pull, pullOf } from './pull.ts';

export type { Pull } from './pull.ts';

/** The subscriptions that are open in this process. */
export interface LiveStreams {
  /**
   * Watches the topics, then calls `begin`, which decides whether the subscription may start and answers with its values.
   * So whatever `begin` reads, nothing that changes afterwards is missed. The watch ends with the stream.
   * @throws {Unavailable} when it has not begun by the time at which any other request is answered. What is read for the
   * first value fails then, too; later, a subscriber waits until the database is back.
   */
  readonly open: <T>(
    topics: readonly Topic[],
    begin: (pull: Pull) => Promise<AsyncGenerator<T>>,
  ) => Promise<AsyncIterableIterator<T>>;
  readonly size: number;
  /** Ends every stream, and resolves when each has told its subscriber that nothing more will come. */
  readonly completeAll: () => Promise<void>;
}

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
        ending.abort();
        close();
        throw error;
      }
    }
    return end();
  };
  const iterator: AsyncIterableIterator<T> = { [Symbol.asyncIterator]: () => iterator, next, return: end };
  return iterator;
};

export const createLiveStreams = (
  changes: Pick<LiveChanges, 'watch'>,
  deadlineOfNext: () => Deadline = () => deadlineIn(DEFAULT_LIMITS.operationMs),
): LiveStreams => {
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
      const deadline = deadlineOfNext();
      const watch = changes.watch(topics);
      open.set(ending, Promise.withResolvers<void>());
      const close = (): void => {
        watch[Symbol.dispose]();
        open.get(ending)?.resolve();
        open.delete(ending);
      };
      try {
        const values = await byDeadline(begin(pullOf(watch, ending.signal, deadline)), deadline);
        return endable(values, ending, close);
      } catch (error) {
        ending.abort();
        close();
        throw error;
      }
    },
  };
};
