import DataLoader from 'dataloader';
import { atEndOfTurn } from '../platform/index.ts';

/** Whether all of these events are in the event store, and so what they change in the read models. */
export type AreStored = (eventIds: readonly string[]) => Promise<boolean>;

/** Those of the event ids that are stored. */
type StoredOf = (eventIds: readonly string[]) => Promise<ReadonlySet<string>>;

const ASKED_AT_ONCE = 500;

/**
 * Who asks in one turn of the event loop asks with all others, with one query: an announcement wakes as many as wait for what
 * it tells of. Each asks anew.
 */
export const openAreStored = (storedOf: StoredOf): AreStored => {
  const load = async (eventIds: readonly string[]): Promise<readonly boolean[]> => {
    const stored = await storedOf([...new Set(eventIds)]);
    return eventIds.map((id) => stored.has(id));
  };
  const loader = new DataLoader(load, { cache: false, maxBatchSize: ASKED_AT_ONCE, batchScheduleFn: atEndOfTurn });
  return async (eventIds) => (await Promise.all(eventIds.map((id) => loader.load(id)))).every(Boolean);
};
