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
    const due = Math.min(total, Math.floor(((performance.now() - startedAt) / 1_000) * perSecond) + 1);
    while (running.length < due) running.push(operate(startedAt + (running.length / perSecond) * 1_000));
    await delay(1);
  }
  await Promise.all(running);
  return { operations: total, seconds: (performance.now() - startedAt) / 1_000 };
};
