import { OptionsError } from '../support/command-line.ts';
import { exitOnSignal } from '../support/exit-on-signal.ts';

const MISUSED = 64;

/** @throws {OptionsError} unless it is a number above 0 */
export const numberOf = (name: string, given: string | undefined, fallback: number): number => {
  const number = given === undefined ? fallback : Number(given);
  if (Number.isFinite(number) && number > 0) return number;
  throw new OptionsError(`--${name} wants a number above 0, not "${given}".`);
};

/** Runs a benchmark's command; whatever it started is ended when this process exits, by its pid. */
export const runCommand = async (usage: string, run: () => Promise<void>): Promise<void> => {
  // Each process that is started is ended by a listener of its own: more than ten are no leak.
  process.setMaxListeners(0);
  exitOnSignal();
  try {
    await run();
  } catch (error) {
    if (!(error instanceof OptionsError)) throw error;
    console.error(`${error.message}\n\n${usage}`);
    process.exitCode = MISUSED;
  }
};
