import type { CombinedError, OperationResult } from '@urql/core';

const PAUSES_MS = [300, 1_000, 2_000];

/** Whether the same may well be answered in a moment: panier was away, or others were faster, which did nothing. */
const isPassing = ({ networkError, graphQLErrors }: CombinedError): boolean =>
  networkError !== undefined ||
  graphQLErrors.some(({ extensions }) => extensions['code'] === 'UNAVAILABLE' || extensions['code'] === 'CONFLICT');

const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

/** Asks again, with the same idempotency key, while what is in the way may pass; for some seconds. */
export const insist = async <Data>(
  ask: () => PromiseLike<OperationResult<Data>>,
  pausesMs: readonly number[] = PAUSES_MS,
): Promise<OperationResult<Data>> => {
  const result = await ask();
  const [next, ...later] = pausesMs;
  if (result.error === undefined || !isPassing(result.error) || next === undefined) return result;
  await pause(next);
  return insist(ask, later);
};
