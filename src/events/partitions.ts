import { hash } from 'node:crypto';

/** How the streams are divided (ADR-076). */
export interface Partitioning {
  /** New events go to so many partitions; 1 to 64. With one, streams have no partitions: their keys are their names. */
  readonly partitions: number;
  /** So many there have been at most: the others may hold events that nobody has handled yet. */
  readonly most: number;
}

export const MAX_PARTITIONS = 64;
export const UNPARTITIONED: Partitioning = { partitions: 1, most: 1 };

/** The partition of all events of an aggregate, counted from 0. */
export const partitionOf = (aggregateId: string, partitions: number): number =>
  partitions === 1 ? 0 : hash('sha256', aggregateId, 'buffer').readUInt32BE() % partitions;

/** The key of a stream's partition. The hash tag puts the same partition of all streams into one slot of a cluster. */
export const partitionKey = (stream: string, partition: number): string => `${stream}:{${partition}}`;

/** The key of the stream that a new event of an aggregate goes to. */
export const streamKey = (stream: string, aggregateId: string, { partitions }: Partitioning): string =>
  partitions === 1 ? stream : partitionKey(stream, partitionOf(aggregateId, partitions));

/** All keys under which a stream may hold events: its own name first, which other services may write at any time. */
export const streamKeys = (stream: string, { most }: Partitioning): readonly string[] =>
  most === 1 ? [stream] : [stream, ...Array.from({ length: most }, (_, partition) => partitionKey(stream, partition))];

const PARTITION = /:\{\d+\}$/;

/** The stream that a key is, or is a partition of. */
export const streamOfKey = (key: string): string => key.replace(PARTITION, '');

/** The key of what stands beside a stream, or a partition of it, in its slot. */
export const keyBeside = (key: string, name: string): string =>
  PARTITION.test(key) ? `${key}:${name}` : `{${key}}:${name}`;
