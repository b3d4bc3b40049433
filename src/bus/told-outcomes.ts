import { type Clock, SIGNALS } from '../platform/index.ts';
import type { Delivery, Outcomes } from './delivery.ts';
import type { StreamEntry } from './stream-group.ts';

interface Teller {
  readonly group: string;
  readonly clock: Clock;
}

/** What came of a delivery, told to whoever counts, with all attempts that it took. */
export const toldOutcomes = async (
  { group, clock }: Teller,
  { entries }: Delivery,
  handle: () => Promise<Outcomes>,
): Promise<Outcomes> => {
  const beganMs = clock.nowMs();
  const outcomes = await handle();
  SIGNALS.deliveryHandled.tell({ group, entries: entries.length, tookMs: clock.nowMs() - beganMs });
  return outcomes;
};

/** Entries that were taken over from other members. */
export const toldClaimed = (group: string, claimed: readonly StreamEntry[]): readonly StreamEntry[] => {
  if (claimed.length > 0) SIGNALS.entriesClaimed.tell({ group, entries: claimed.length });
  return claimed;
};

/** An entry could not be handled, and is left to be delivered again. */
export const toldPutOff = (group: string): void => SIGNALS.entriesPutOff.tell({ group, entries: 1 });
