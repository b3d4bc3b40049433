const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 5_000;

/** After these, the API says, the same may be asked for again (docs/api.md). */
const PASSING = new Set<unknown>(['UNAVAILABLE', 'READ_TIMEOUT', 'CONFLICT', 'RATE_LIMITED', 'TOO_MANY_OPERATIONS']);

/** `extensions.code` of a GraphQL error; undefined where there is none. */
export const codeOf = (error: unknown): unknown => {
  if (typeof error !== 'object' || error === null || !('extensions' in error)) return undefined;
  const { extensions } = error;
  return typeof extensions === 'object' && extensions !== null && 'code' in extensions ? extensions.code : undefined;
};

const passes = (errors: unknown): boolean =>
  Array.isArray(errors) && errors.length > 0 && errors.every((error) => PASSING.has(codeOf(error)));

interface Result {
  readonly data?: unknown;
  readonly errors?: readonly object[] | undefined;
}

/** Told of a subscription, as graphql-ws tells of one. */
interface Told {
  readonly next: (result: Result) => void;
  readonly error: (error: unknown) => void;
  readonly complete: () => void;
}

/**
 * A subscription that is asked for again when it ends by something that passes: a database that was away for a moment would leave
 * a page that looks live and is not. Answers with what ends it.
 */
export const retrying = (subscribe: (told: Told) => () => void, told: Told): (() => void) => {
  let end: (() => void) | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  const later = (): void => {
    timer = setTimeout(start, Math.min(FIRST_WAIT_MS * 2 ** failures, LONGEST_WAIT_MS));
    failures += 1;
  };
  const start = (): void => {
    let isOver = false;
    const unsubscribe = subscribe({
      next: (result) => {
        if (isOver) return;
        if (passes(result.errors)) {
          // It may go on behind an update of which only a part could be read: that update would never be seen.
          isOver = true;
          unsubscribe();
          return later();
        }
        failures = 0;
        told.next(result);
      },
      error: (error) => (passes(error) ? later() : told.error(error)),
      complete: () => isOver || told.complete(),
    });
    end = unsubscribe;
  };
  start();
  return () => {
    clearTimeout(timer);
    end?.();
  };
};
