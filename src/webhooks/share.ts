import type { Survey } from './worker-store.ts';

export interface Held {
  readonly id: string;
  readonly revision: number;
}

/** What a worker does next: `stop` those that are to end here, then `claim`. */
export interface Shift {
  readonly stop: readonly string[];
  readonly claim: readonly string[];
}

/**
 * A fair share for each worker: whoever has more leaves the rest to the others, whoever has less takes what nobody leads.
 * One that was changed is stopped and claimed again, for its lane goes by what it was.
 */
export const shiftOf = ({ endpoints, workers }: Survey, worker: string, held: readonly Held[]): Shift => {
  const active = endpoints.filter(({ isActive }) => isActive);
  const share = Math.ceil(active.length / Math.max(1, workers));
  const mine = new Map(active.filter(({ leader }) => leader === worker).map((each) => [each.id, each.revision]));
  const kept = held.filter(({ id, revision }) => mine.get(id) === revision).slice(0, share);
  const keptIds = new Set(kept.map(({ id }) => id));
  const free = active.filter(({ id, leader }) => !keptIds.has(id) && (leader === null || leader === worker));
  // Those that were held and have changed come first: they stay where they are.
  const heldIds = new Set(held.map(({ id }) => id));
  const wanted = free.toSorted((one, other) => Number(heldIds.has(other.id)) - Number(heldIds.has(one.id)));
  return {
    stop: held.flatMap(({ id }) => (keptIds.has(id) ? [] : [id])),
    claim: wanted.slice(0, share - kept.length).map(({ id }) => id),
  };
};
