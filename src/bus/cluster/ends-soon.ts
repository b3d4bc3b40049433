import { sleep } from '../../platform/index.ts';

/** So much longer than the first answer the others may take. */
const PATIENCE_MS = 500;

/** How each ends, in their order; null for those of which that is not known soon after the first answer: a master may be frozen. */
export const endsSoon = async <T>(
  answers: readonly Promise<T>[],
): Promise<readonly (PromiseSettledResult<T> | null)[]> => {
  const ends: (PromiseSettledResult<T> | null)[] = answers.map(() => null);
  const keep = async (answer: Promise<T>, nth: number): Promise<void> => {
    [ends[nth] = null] = await Promise.allSettled([answer]);
  };
  const all = Promise.all(answers.map(keep));
  const enough = new AbortController();
  const others = (): Promise<unknown> => Promise.race([all, sleep(PATIENCE_MS, enough.signal)]);
  await Promise.any(answers).then(others, () => all);
  enough.abort();
  return [...ends];
};
