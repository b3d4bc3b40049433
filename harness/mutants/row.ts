import { CONTROL } from './options.ts';
import type { Trial } from './trial.ts';

/** One mutant, or the control, and what became of it. */
export interface Row {
  readonly number: number;
  readonly name: string;
  readonly change: string;
  readonly simulate: Trial;
  readonly chaos: Trial;
  /** The named test, where the mutant has one. */
  readonly test: Trial;
}

/** Who caught it, by name. */
export const caughtBy = ({ simulate, chaos, test }: Row): readonly string[] =>
  Object.entries({ simulate, chaos, test }).flatMap(([name, trial]) => (trial.type === 'Caught' ? [name] : []));

const isClear = (trial: Trial): boolean => trial.type === 'Held' || trial.type === 'Skipped';

/** A mutant must be caught; the control must be held by all who ran it. */
export const isAsItShouldBe = (row: Row): boolean =>
  row.number === CONTROL ? [row.simulate, row.chaos, row.test].every(isClear) : caughtBy(row).length > 0;
