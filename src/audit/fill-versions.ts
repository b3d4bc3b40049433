import { CompiledQuery } from 'kysely';
import type { Tx } from '../database/index.ts';
import type { Recorded } from '../events/index.ts';

const STORED_IDS = `select event_id from audit.event_store where event_id = any($1::text[])`;

const HIGHEST_VERSIONS = `
  select aggregate_id, producer, max(version) as version
  from audit.event_store
  where (aggregate_id, producer) in (select * from unnest($1::text[], $2::text[]))
  group by aggregate_id, producer`;

interface HighestVersion {
  readonly aggregate_id: string;
  readonly producer: string;
  readonly version: number;
}

const keyOf = (aggregateId: string, producer: string): string => `${aggregateId} ${producer}`;

const newOnes = async (tx: Tx, batch: readonly Recorded[]): Promise<readonly Recorded[]> => {
  const ids = batch.map(({ envelope }) => envelope.eventId);
  const { rows } = await tx.executeQuery<{ event_id: string }>(CompiledQuery.raw(STORED_IDS, [ids]));
  const known = new Set(rows.map(({ event_id }) => event_id));
  return batch.filter(({ envelope: { eventId } }) => !known.has(eventId) && known.add(eventId));
};

const highestVersions = async (tx: Tx, batch: readonly Recorded[]): Promise<Map<string, number>> => {
  const aggregates = batch.map(({ envelope }) => envelope.aggregateId);
  const producers = batch.map(({ envelope }) => envelope.producer);
  const { rows } = await tx.executeQuery<HighestVersion>(CompiledQuery.raw(HIGHEST_VERSIONS, [aggregates, producers]));
  const highest = new Map(rows.map((row) => [keyOf(row.aggregate_id, row.producer), row.version]));
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
export const fillVersions = async (tx: Tx, batch: readonly Recorded[]): Promise<readonly Recorded[]> => {
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
