import type { Recorded } from '../events/index.ts';
import type { EventStoreTransaction } from './event-store.ts';

const keyOf = (aggregateId: string, producer: string): string => `${aggregateId} ${producer}`;

const newOnes = async (tx: EventStoreTransaction, batch: readonly Recorded[]): Promise<readonly Recorded[]> => {
  const known = new Set(await tx.storedIds(batch.map(({ envelope }) => envelope.eventId)));
  return batch.filter(({ envelope: { eventId } }) => !known.has(eventId) && known.add(eventId));
};

const highestVersions = async (tx: EventStoreTransaction, batch: readonly Recorded[]): Promise<Map<string, number>> => {
  const stored = await tx.highestVersions(batch.map(({ envelope }) => envelope));
  const highest = new Map(stored.map((each) => [keyOf(each.aggregateId, each.producer), each.version]));
  for (const { envelope } of batch) {
    const key = keyOf(envelope.aggregateId, envelope.producer);
    highest.set(key, Math.max(highest.get(key) ?? 0, envelope.version ?? 0));
  }
  return highest;
};

/**
 * Gives each event that came without a version the next one of its aggregate and producer. A batch with such events is
 * freed of those already stored: a duplicate must not use up a version.
 */
export const fillVersions = async (
  tx: EventStoreTransaction,
  batch: readonly Recorded[],
): Promise<readonly Recorded[]> => {
  if (batch.every(({ envelope }) => envelope.version !== null)) return batch;
  const recorded = await newOnes(tx, batch);
  const highest = await highestVersions(tx, recorded);
  return recorded.map((each) => {
    if (each.envelope.version !== null) return each;
    const key = keyOf(each.envelope.aggregateId, each.envelope.producer);
    const version = (highest.get(key) ?? 0) + 1;
    highest.set(key, version);
    return { ...each, envelope: { ...each.envelope, version } };
  });
};
