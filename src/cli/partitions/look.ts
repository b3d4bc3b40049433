import type { Redis } from 'ioredis';
import { partitioningIn } from '../../audit/index.ts';
import { groupStates, toldRouting } from '../../bus/index.ts';
import { type Db, JOURNALS, type JournalName } from '../../database/index.ts';
import { type Partitioning, partitionKey, STREAMS } from '../../events/index.ts';
import { ownGroups } from '../../roles/index.ts';

/** What the groups of panier have yet to handle in a partition of all streams. */
export interface PartitionStanding {
  /** Null: the streams themselves, without a partition. */
  readonly partition: number | null;
  /** Entries; null where Redis does not know them all. */
  readonly waiting: number | null;
  readonly behindMs: number;
}

export interface Standing {
  readonly partitioning: Partitioning;
  /** By how many partitions each journal is published; null where no relay has said so. */
  readonly published: ReadonlyMap<JournalName, number | null>;
  readonly partitions: readonly PartitionStanding[];
}

type States = Awaited<ReturnType<typeof groupStates>>;

const standingOf = (partition: number | null, states: States): PartitionStanding => ({
  partition,
  waiting: states.reduce<number | null>(
    (sum, { lag, pending }) => (sum === null || lag === null ? null : sum + lag + (pending ?? 0)),
    0,
  ),
  behindMs: Math.max(0, ...states.map(({ behindMs }) => behindMs)),
});

/** By how many partitions each journal is published now. */
export const publishedBy = async (redis: Redis): Promise<Standing['published']> => {
  const told = await Promise.all(JOURNALS.map((journal) => toldRouting(redis, journal)));
  return new Map(JOURNALS.map((journal, nth) => [journal, told[nth] ?? null]));
};

/** How the streams are divided, and what waits in each partition. */
export const lookAt = async (db: Db, redis: Redis): Promise<Standing> => {
  const partitioning = await partitioningIn(db);
  const own = ownGroups(partitioning);
  const isOwn = new Set(own.map(({ stream, group }) => `${stream} ${group}`));
  const keys = [...new Set(own.map(({ stream }) => stream))];
  const states = (await groupStates(redis, keys, own)).filter(({ stream, group }) => isOwn.has(`${stream} ${group}`));
  const inKeys = (partition: number | null, of: ReadonlySet<string>) =>
    standingOf(
      partition,
      states.filter(({ stream }) => of.has(stream)),
    );
  const streams = Object.values(STREAMS);
  const nth = Array.from({ length: partitioning.most === 1 ? 0 : partitioning.most }, (_, partition) =>
    inKeys(partition, new Set(streams.map((stream) => partitionKey(stream, partition)))),
  );
  return {
    partitioning,
    published: await publishedBy(redis),
    partitions: [inKeys(null, new Set<string>(streams)), ...nth],
  };
};
