import type { Redis } from 'ioredis';
import { firstUnread, type GroupInfo, groupsOf, redisNowMs } from './group-info.ts';

/** How a consumer group stands on one stream. */
export interface GroupState {
  readonly stream: string;
  readonly group: string;
  /** Entries that it has not been given, all of the stream where there is no such group; null when Redis does not know. */
  readonly lag: number | null;
  /** Entries that it was given and has not acknowledged; null: there is no such group. */
  readonly pending: number | null;
  /** Age of the oldest entry that it has not handled, by the clock of Redis; 0 when it has handled all. */
  readonly behindMs: number;
  /** How often the oldest pending entry was delivered; null when none is pending. */
  readonly deliveries: number | null;
  /** Members that Redis knows, also those that are no more; null: there is no such group. */
  readonly consumers: number | null;
}

/** A group that is to be on a stream. */
interface Place {
  readonly stream: string;
  readonly group: string;
}

/** Groups of a stream that are looked at, beside those that are to be there: anybody who may write it may make any number. */
const MAX_GROUPS = 50;

interface Pending {
  readonly id: string;
  readonly deliveries: number;
}

const oldestPending = async (redis: Redis, stream: string, { name }: GroupInfo): Promise<Pending | null> => {
  const [first] = (await redis.xpending(stream, name, '-', '+', 1)) as [string, string, number, number][];
  return first === undefined ? null : { id: first[0], deliveries: first[3] };
};

/** Redis' own count, unless it cannot be: trimmed and deleted entries have led it astray before. */
const lagOf = (reported: number | null, firstId: string | null, length: number): number | null => {
  if (firstId === null) return 0;
  return reported !== null && reported >= 1 && reported <= length ? reported : null;
};

const msOf = (entryId: string): number => Number(entryId.split('-')[0]);

const ageOf = async (redis: Redis, entryId: string): Promise<number> =>
  Math.max(0, (await redisNowMs(redis)) - msOf(entryId));

const stateOf = async (redis: Redis, stream: string, group: GroupInfo): Promise<GroupState> => {
  const [pending, unread, length] = await Promise.all([
    group.pending === 0 ? null : oldestPending(redis, stream, group),
    firstUnread(redis, stream, group),
    redis.xlen(stream),
  ]);
  const oldest = pending?.id ?? unread;
  return {
    stream,
    group: group.name,
    lag: lagOf(group.lag, unread, length),
    pending: group.pending,
    behindMs: oldest === null ? 0 : await ageOf(redis, oldest),
    deliveries: pending?.deliveries ?? null,
    consumers: group.consumers,
  };
};

const BEFORE_ALL = { lastDeliveredId: '0-0' };

/** How groups stand that are not there: they will begin with the first entry, and none is trimmed before they have had it. */
const missingStates = async (
  redis: Redis,
  stream: string,
  names: readonly string[],
): Promise<readonly GroupState[]> => {
  const first = names.length === 0 ? null : await firstUnread(redis, stream, BEFORE_ALL);
  if (first === null) return [];
  const [lag, behindMs] = await Promise.all([redis.xlen(stream), ageOf(redis, first)]);
  return names.map((group) => ({ stream, group, lag, pending: null, behindMs, deliveries: null, consumers: null }));
};

const statesOn = async (redis: Redis, stream: string, own: readonly string[]): Promise<readonly GroupState[]> => {
  if ((await redis.exists(stream)) === 0) return [];
  const groups = await groupsOf(redis, stream);
  if (groups === null) return [];
  const seen = groups.filter(({ name }, nth) => nth < MAX_GROUPS || own.includes(name));
  const missing = own.filter((group) => groups.every(({ name }) => name !== group));
  const states = await Promise.all(seen.map((group) => stateOf(redis, stream, group)));
  return [...states, ...(await missingStates(redis, stream, missing))];
};

/**
 * Every group of each of the streams: by stream as given, then by group as Redis has them. Behind these come those of `own`
 * that Redis lacks, where the stream has entries: whoever will read as them has yet to handle all of it. A few commands a
 * group.
 */
export const groupStates = async (
  redis: Redis,
  streams: readonly string[],
  own: readonly Place[],
): Promise<readonly GroupState[]> => {
  const byStream = Map.groupBy(own, ({ stream }) => stream);
  const ownOn = (stream: string): readonly string[] => (byStream.get(stream) ?? []).map(({ group }) => group);
  return (await Promise.all(streams.map((stream) => statesOn(redis, stream, ownOn(stream))))).flat();
};
