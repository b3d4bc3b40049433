import type { Redis } from 'ioredis';
import { firstUnread, type GroupInfo, groupsOf, redisNowMs } from './group-info.ts';

/** How a consumer group stands on one stream. */
export interface GroupState {
  readonly stream: string;
  readonly group: string;
  /** Entries that it has not been given; null when Redis does not know. */
  readonly lag: number | null;
  /** Entries that it was given and has not acknowledged. */
  readonly pending: number;
  /** Age of the oldest entry that it has not handled, by the clock of Redis; 0 when it has handled all. */
  readonly behindMs: number;
  /** How often the oldest pending entry was delivered; null when none is pending. */
  readonly deliveries: number | null;
  /** Members that Redis knows, also those that are no more. */
  readonly consumers: number;
}

/** Groups of a stream that are looked at: anybody who may write the stream may make any number. */
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
    behindMs: oldest === null ? 0 : Math.max(0, (await redisNowMs(redis)) - msOf(oldest)),
    deliveries: pending?.deliveries ?? null,
    consumers: group.consumers,
  };
};

const statesOn = async (redis: Redis, stream: string): Promise<readonly GroupState[]> => {
  if ((await redis.exists(stream)) === 0) return [];
  const groups = (await groupsOf(redis, stream)) ?? [];
  return Promise.all(groups.slice(0, MAX_GROUPS).map((group) => stateOf(redis, stream, group)));
};

/** Every group of each of the streams: by stream as given, then by group as Redis has them. A few commands a group. */
export const groupStates = async (redis: Redis, streams: readonly string[]): Promise<readonly GroupState[]> =>
  (await Promise.all(streams.map((stream) => statesOn(redis, stream)))).flat();
