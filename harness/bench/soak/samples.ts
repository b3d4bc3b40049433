import { setTimeout as delay } from 'node:timers/promises';
import { type Memory, readMemory, type Watched } from './memory.ts';

export interface Sample {
  /** Since the load began. */
  readonly seconds: number;
  readonly memory: Memory;
}

/** Takes a sample every so often until it is disposed. */
export const startSampling = (watched: Watched, everyMs: number) => {
  const samples: Sample[] = [];
  const stop = new AbortController();
  const startedAt = performance.now();
  const sample = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      const seconds = (performance.now() - startedAt) / 1_000;
      samples.push({ seconds, memory: await readMemory(watched) });
      await delay(everyMs, undefined, { signal: stop.signal }).catch(() => {});
    }
  };
  const sampling = sample();
  return {
    samples,
    [Symbol.asyncDispose]: async (): Promise<void> => {
      stop.abort();
      await sampling;
    },
  };
};
