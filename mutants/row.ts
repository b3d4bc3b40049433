import { CONTROL } from './options.ts';
import type { Trial } from './trial.ts';

/** One mutant, or the control, and what became of it. */
export interface Row {
  readonly number: number;
  readonly name: string;
  readonly change: string;
  readonly simulate: Trial;
  readonly chaos: Trial;
}

/** Who caught it, by name. */
export const caughtBy = ({ simulate, chaos }: Row): readonly string[] =>
  Object.entries({ simulate, chaos }).flatMap(([name, trial]) => (trial.type === 'Caught' ? [name] : []));

const isClear = (trial: Trial): boolean => trial.type === 'Held' || trial.type === 'Skipped';

/** A mutant must be caught; the control must be held by all who ran it. */
export const isAsItShouldBe = (row: Row): boolean =>
  row.number === CONTROL ? isClear(row.simulate) && isClear(row.chaos) : caughtBy(row).length > 0;
