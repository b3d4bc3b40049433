import { setTimeout as delay } from 'node:timers/promises';

export interface OpenLoop {
  readonly perSecond: number;
  readonly seconds: number;
  /** Started at its time whatever became of those before; told when, on `performance.now()`'s clock, it was meant to start. */
  readonly operate: (intendedAt: number) => Promise<void>;
}

/** Starts operations at a fixed rate and waits for all of them. Returns how many there were, and in which time. */
export const runOpenLoop = async ({
  perSecond,
  seconds,
  operate,
}: OpenLoop): Promise<{ readonly operations: number; readonly seconds: number }> => {
  const total = Math.ceil(perSecond * seconds);
  const startedAt = performance.now();
  const running: Promise<void>[] = [];
  while (running.length < total) {
    const intendedAt = startedAt + (running.length / perSecond) * 1_000;
    const early = intendedAt - performance.now();
    if (early > 0) await delay(Math.ceil(early));
    else running.push(operate(intendedAt));
  }
  await Promise.all(running);
  return { operations: total, seconds: (performance.now() - startedAt) / 1_000 };
};
