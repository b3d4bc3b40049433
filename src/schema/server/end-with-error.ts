import { type ExecutionResult, GraphQLError } from 'graphql';

type Results = AsyncIterable<ExecutionResult>;

const isStream = (result: unknown): result is Results =>
  typeof result === 'object' && result !== null && Symbol.asyncIterator in result;

/** A stream that fails says why and completes; thrown, the error would close the socket with all of its subscriptions. */
export const endWithError = <T>(result: T): T | AsyncIterableIterator<ExecutionResult> => {
  if (!isStream(result)) return result;
  const source = result[Symbol.asyncIterator]();
  let hasFailed = false;
  const stream: AsyncIterableIterator<ExecutionResult> = {
    [Symbol.asyncIterator]: () => stream,
    next: async () => {
      if (hasFailed) return { done: true, value: undefined };
      try {
        return await source.next();
      } catch (error) {
        if (!(error instanceof GraphQLError)) throw error;
        hasFailed = true;
        return { done: false, value: { errors: [error] } };
      }
    },
    return: async () => {
      await source.return?.();
      return { done: true, value: undefined };
    },
    throw: async (error) => {
      await source.return?.();
      throw error;
    },
  };
  return stream;
};
