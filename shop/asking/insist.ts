import type { CombinedError, OperationResult } from '@urql/core';

const PAUSES_MS = [300, 1_000, 2_000];

/** Whether what was asked may have been done, and may be asked again with the same key. */
export const isOpen = ({ networkError, graphQLErrors }: CombinedError): boolean =>
  networkError !== undefined ||
  graphQLErrors.some(({ extensions }) => extensions['code'] === 'UNAVAILABLE' || extensions['code'] === 'CONFLICT');

const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

/** Asks again, with the same idempotency key, while nobody knows whether it was done; for some seconds. */
export const insist = async <Data>(
  ask: () => PromiseLike<OperationResult<Data>>,
  pausesMs: readonly number[] = PAUSES_MS,
): Promise<OperationResult<Data>> => {
  const result = await ask();
  const [next, ...later] = pausesMs;
  if (result.error === undefined || !isOpen(result.error) || next === undefined) return result;
  await pause(next);
  return insist(ask, later);
};
