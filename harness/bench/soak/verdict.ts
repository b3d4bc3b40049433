import { spreadOf } from '../measure/index.ts';
import type { Sample } from './samples.ts';

/** What one minute may differ from another without growth: garbage that is not collected yet. */
export const TOLERANCE = 0.1;
/** The fifth minute of fifteen; of a shorter soak the same share. */
const SETTLED_SHARE = 5 / 15;
const WINDOW_SHARE = 1 / 15;

export interface Verdict {
  readonly name: string;
  /** Medians of the window that ends after a third of the time, and of the last one, in bytes. */
  readonly settled: number;
  readonly end: number;
  readonly isBounded: boolean;
}

const medianOf = (samples: readonly Sample[], name: string): number =>
  spreadOf(samples.map(({ memory }) => memory[name] ?? 0)).median;

/** Whether what takes up memory ends with no more than it had in the fifth minute. @throws when too little was sampled */
export const verdictsOf = (samples: readonly Sample[], totalSeconds: number): readonly Verdict[] => {
  const windowUntil = (seconds: number): readonly Sample[] => {
    const window = samples.filter(
      (each) => each.seconds <= seconds && each.seconds > seconds - totalSeconds * WINDOW_SHARE,
    );
    if (window.length === 0) throw new Error(`No memory was sampled before second ${Math.round(seconds)}.`);
    return window;
  };
  const [settledWindow, endWindow] = [windowUntil(totalSeconds * SETTLED_SHARE), windowUntil(totalSeconds)];
  return Object.keys(samples[0]?.memory ?? {}).map((name) => {
    const [settled, end] = [medianOf(settledWindow, name), medianOf(endWindow, name)];
    return { name, settled, end, isBounded: end <= settled * (1 + TOLERANCE) };
  });
};
