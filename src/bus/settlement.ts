import type { ConsumerPorts, Consuming } from './consuming.ts';
import type { Outcome } from './delivery.ts';
import type { StreamEntry } from './stream-group.ts';
import { toldPutOff } from './told-outcomes.ts';
import { type Patience, unlessSilent } from './unless-stopped.ts';

type Failure = Exclude<Outcome, { readonly type: 'Done' }>;

export interface SettlementOptions
  extends Pick<Consuming & ConsumerPorts, 'entries' | 'group' | 'logger' | 'maxDeliveries' | 'keepDeadLetter'>,
    Patience {
  /** Tries until what is in the way has passed. */
  readonly untilPassed: (attempt: () => Promise<void>) => Promise<void>;
}

/** Puts off an entry that could not be handled, or gives it up. Whether it is finished with, and to be acknowledged. */
export type Settle = (entry: StreamEntry, outcome: Failure) => Promise<boolean>;

export const settlement =
  ({ entries, group, logger, maxDeliveries, keepDeadLetter, untilPassed, ...patience }: SettlementOptions): Settle =>
  async (entry, { type, error }) => {
    const { stream, id: entryId } = entry;
    const deliveries = await unlessSilent(entries.deliveriesOf(entry), patience);
    if (type === 'Retry' && deliveries < maxDeliveries) {
      toldPutOff(group);
      logger.warn({ error, stream, group, entryId, deliveries }, 'entry will be delivered again');
      return false;
    }
    // Kept before it is acknowledged: a crash in between repeats the letter, and loses nothing.
    await untilPassed(() => keepDeadLetter({ group, entry, error, deliveries }));
    logger.error({ error, stream, group, entryId, deliveries }, 'entry became a dead letter');
    return true;
  };
