import { sleep } from '../../platform/index.ts';

/** The saga did not do what it should; the message says what was missing. */
export class DemoFailure extends Error {
  override readonly name = 'DemoFailure';
}

/** What `work` resolves with. @throws {DemoFailure} saying `otherwise` when that takes longer than `ms` */
export const within = async <T>(ms: number, otherwise: string, work: Promise<T>): Promise<T> => {
  const done = new AbortController();
  const tooLate = async (): Promise<never> => {
    await sleep(ms, done.signal);
    throw new DemoFailure(`${otherwise} within ${ms / 1_000} s`);
  };
  try {
    return await Promise.race([work, tooLate()]);
  } finally {
    done.abort();
  }
};
