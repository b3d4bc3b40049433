import type { Options as ChaosOptions } from '../../chaos/options.ts';
import { play } from '../../chaos/play.ts';
import { tableOf } from '../../chaos/report/index.ts';
import type { Stage } from '../../chaos/stage/index.ts';
import { resultOf } from '../../chaos/summary.ts';
import type { Random } from '../../support/random.ts';
import type { Played } from './played.ts';

/** Plays a run of chaos, and has it judged by its own rules as well. */
export const playStormy = async (stage: Stage, options: ChaosOptions, random: Random): Promise<Played> => {
  const result = resultOf(options, await play(stage, options, random));
  console.log(tableOf(result));
  const struck = new Set(result.struck.map(({ kind }) => kind));
  return {
    // Whether a command was done by the attempt that was answered, or a frame sent before a kill, nobody knows.
    customersOf: () => ({ commands: [], isWatched: false }),
    endOf: () => null,
    outside: new Set(),
    sharesClock: !struck.has('skew'),
    complaints: result.violations.map(({ invariant, subject, message }) => `${invariant} ${subject}: ${message}`),
    voidBecause: result.voidBecause,
  };
};
