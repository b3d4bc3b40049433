import type { KeptDeadLetter, Settlement } from '../../bus/index.ts';
import type { Loaded } from '../execution/aggregate.ts';
import type { Answer } from '../execution/stored-result.ts';
import type { DeadLetter } from './dead-letter.ts';

/** What of a letter changes with each failure of its entry. */
type Attempts = { readonly error: string; readonly deliveries: number; readonly lastAt: string };

/** A letter that an operator has decided on, as it then was: all of it that may change later. */
export interface SettledLetter extends Attempts, Omit<Settlement, 'version'> {}

export const attemptsOf = ({ error, deliveries, lastAt }: KeptDeadLetter): Attempts => ({ error, deliveries, lastAt });

/** The letter after a decision: from the journal, and from what was kept beside the answer. */
export const settledLetter = (
  { id, state: decided, updatedAt }: Loaded<DeadLetter>,
  beside: Answer['beside'],
  letter: KeptDeadLetter,
): SettledLetter => {
  if (decided.state === 'OPEN' || updatedAt === null) throw new Error(`${id} was decided on, and is open.`);
  const { state, reason = null } = decided;
  // Answers of earlier versions have nothing beside them.
  const attempts = (beside ?? attemptsOf(letter)) as Attempts;
  return { id, state, reason, settledAt: updatedAt, ...attempts };
};
