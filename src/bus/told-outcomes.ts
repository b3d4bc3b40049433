import { type Clock, SIGNALS } from '../platform/index.ts';
import type { Delivery, Handling, Outcomes } from './delivery.ts';
import { tracedDelivery } from './delivery-spans.ts';
import type { StreamEntry } from './stream-group.ts';

interface Teller extends Pick<Handling, 'concerns'> {
  readonly group: string;
  readonly clock: Clock;
}

/** What came of a delivery, told to whoever counts, and traced, with all attempts that it took. */
export const toldOutcomes = async (
  teller: Teller,
  delivery: Delivery,
  handle: () => Promise<Outcomes>,
): Promise<Outcomes> => {
  const { group, clock } = teller;
  const beganMs = clock.nowMs();
  const outcomes = await tracedDelivery(teller, delivery, handle);
  SIGNALS.deliveryHandled.tell({ group, entries: delivery.entries.length, tookMs: clock.nowMs() - beganMs });
  return outcomes;
};

/** Entries that were taken over from other members. */
export const toldClaimed = (group: string, claimed: readonly StreamEntry[]): readonly StreamEntry[] => {
  if (claimed.length > 0) SIGNALS.entriesClaimed.tell({ group, entries: claimed.length });
  return claimed;
};

/** An entry could not be handled, and is left to be delivered again. */
export const toldPutOff = (group: string): void => SIGNALS.entriesPutOff.tell({ group, entries: 1 });
