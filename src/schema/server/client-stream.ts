import type { ExecutionResult } from 'graphql';
import { SIGNALS } from '../../platform/index.ts';
import type { MaskError } from '../mask-error.ts';

type Results = AsyncIterable<ExecutionResult>;

const isStream = (result: Results | ExecutionResult): result is Results => Symbol.asyncIterator in result;

const maskedIn = (result: ExecutionResult, mask: MaskError): ExecutionResult =>
  result.errors === undefined ? result : { ...result, errors: result.errors.map(mask) };

/**
 * What a subscription gives, as clients may see it: with its errors masked. A stream that fails says why and completes;
 * thrown, the error would close the socket with all of its subscriptions.
 */
export const forClient = (
  result: Results | ExecutionResult,
  mask: MaskError,
): AsyncIterableIterator<ExecutionResult> | ExecutionResult => {
  if (!isStream(result)) return maskedIn(result, mask);
  const source = result[Symbol.asyncIterator]();
  let hasFailed = false;
  const stream: AsyncIterableIterator<ExecutionResult> = {
    [Symbol.asyncIterator]: () => stream,
    next: async () => {
      if (hasFailed) return { done: true, value: undefined };
      try {
        const next = await source.next();
        if (next.done === true) return next;
        SIGNALS.framePushed.tell({});
        return { done: false, value: maskedIn(next.value, mask) };
      } catch (error) {
        hasFailed = true;
        return { done: false, value: { errors: [mask(error)] } };
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
