import { bySaid, type Said } from './verdict.ts';

interface Standing<F> {
  readonly fact: F;
  /** The one that does not stand; null when there is none. */
  readonly other: F | null;
}

/** Of two facts that contradict each other the one that weighs more stands, by default the earlier, whichever was received first. */
export const standing = <F extends Said>(
  known: F | null | undefined,
  fact: F,
  byWeight: (one: F, other: F) => number = bySaid,
): Standing<F> => {
  if (known === null || known === undefined) return { fact, other: null };
  if (known.eventId === fact.eventId) return { fact: known, other: null };
  return byWeight(known, fact) < 0 ? { fact: known, other: fact } : { fact, other: known };
};
