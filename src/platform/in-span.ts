import { errorCodeOf } from './error-code.ts';
import { Conflict, Unavailable } from './failures.ts';
import { insideSpan, type Span } from './spans.ts';

/** What panier says itself is written for others to read; what drivers and providers say may hold anything. */
const ownWords = (error: unknown): string | undefined =>
  error instanceof Unavailable || error instanceof Conflict ? error.message : undefined;

const kindOf = (error: unknown): string => errorCodeOf(error) || (error instanceof Error ? error.name : 'Error');

/** Says of a span that it failed by this. */
export const failSpan = (span: Span | undefined, error: unknown): void => span?.fail(kindOf(error), ownWords(error));

type WhenDone<T> = (span: Span, result: T) => void;

const untilEnded = async <T>(span: Span, work: () => Promise<T>, whenDone?: WhenDone<T>): Promise<T> => {
  try {
    const result = await insideSpan(span, work);
    whenDone?.(span, result);
    return result;
  } catch (error) {
    failSpan(span, error);
    throw error;
  } finally {
    span.end();
  }
};

/** Does the work as a span, which ends with it, or fails with it. Without a span, the work alone. */
export const asSpan = <T>(span: Span | undefined, work: () => Promise<T>, whenDone?: WhenDone<T>): Promise<T> =>
  span === undefined ? insideSpan(undefined, work) : untilEnded(span, work, whenDone);
