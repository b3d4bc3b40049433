import { changePartitions } from '../../../src/audit/index.ts';
import { encodeEntry, type Partitioning, partitionOf, type Recorded, streamKey } from '../../../src/events/index.ts';
import type { OwnStore } from './own-store.ts';

const AT_ONCE = 1_000;

/** Divides the streams of a new store. */
export const divide = ({ database }: OwnStore, partitions: number): Promise<Partitioning> =>
  changePartitions(database, partitions);

/** Puts events on the streams of their partitions, in order, as the relay would; returns how many each partition has of them. */
export const prefillPartitions = async (
  { servers: { redis } }: OwnStore,
  events: readonly Recorded[],
  layout: Partitioning,
): Promise<readonly number[]> => {
  const counts = Array.from({ length: layout.partitions }, () => 0);
  for (let first = 0; first < events.length; first += AT_ONCE) {
    const pipeline = redis.pipeline();
    for (const { envelope } of events.slice(first, first + AT_ONCE)) {
      const partition = partitionOf(envelope.aggregateId, layout.partitions);
      counts[partition] = (counts[partition] ?? 0) + 1;
      pipeline.xadd(streamKey(envelope.stream, envelope.aggregateId, layout), '*', ...encodeEntry(envelope));
    }
    await pipeline.exec();
  }
  return counts;
};
