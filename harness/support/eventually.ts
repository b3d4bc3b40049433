import { sleep } from '../../src/platform/index.ts';

const PAUSE_MS = 20;

/** The first answer that `probe` gives without throwing. @throws its last error when `withinMs` are over. */
export const eventually = async <T>(probe: () => T | Promise<T>, withinMs = 10_000): Promise<T> => {
  const deadline = performance.now() + withinMs;
  for (;;) {
    try {
      return await probe();
    } catch (error) {
      if (performance.now() >= deadline) throw error;
    }
    await sleep(PAUSE_MS);
  }
};
