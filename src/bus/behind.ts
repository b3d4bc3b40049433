import type { Redis } from 'ioredis';
import { firstUnread, type GroupInfo, groupsOf, redisNowMs } from './group-info.ts';
import { compareEntryIds, nextEntryId } from './trim.ts';

interface Place {
  readonly stream: string;
  readonly group: string;
}

/** The oldest entry that the group was given and has not acknowledged, or has not been given; null when there is none. */
const oldestUnhandled = async (redis: Redis, stream: string, group: GroupInfo): Promise<string | null> => {
  const [, pending] = (await redis.xpending(stream, group.name)) as [number, string | null];
  return pending ?? firstUnread(redis, stream, group);
};

/** Whether the group has yet to handle an entry that stands before the bound, which is asked for when there is one. */
const lacksBefore = async (redis: Redis, { stream, group }: Place, bound: () => Promise<string>): Promise<boolean> => {
  const groups = await groupsOf(redis, stream);
  if (groups === null) return false;
  const known = groups.find(({ name }) => name === group);
  if (known === undefined) return true;
  const oldest = await oldestUnhandled(redis, stream, known);
  return oldest !== null && compareEntryIds(oldest, await bound()) < 0;
};

/**
 * Whether the group has yet to handle an entry of the stream that is older than `minAgeMs`, by the clock of Redis; also
 * when there is no such group. Of what is no stream there is nothing to handle: waiting for it would put off the others.
 */
export const isGroupBehind = async (redis: Redis, place: Place, minAgeMs: number): Promise<boolean> => {
  if ((await redis.exists(place.stream)) === 0) return true;
  return lacksBefore(redis, place, async () => `${Math.max(0, (await redisNowMs(redis)) - minAgeMs)}-0`);
};

const NO_ENTRY = '0-0';

/** The id of the newest entry that the stream ever had; null when it never had one, or is none. */
export const newestEntryId = async (redis: Redis, stream: string): Promise<string | null> => {
  if ((await redis.type(stream)) !== 'stream') return null;
  const flat = (await redis.xinfo('STREAM', stream)) as readonly unknown[];
  const newest = String(flat[flat.indexOf('last-generated-id') + 1]);
  return newest === NO_ENTRY ? null : newest;
};

/** Whether the group has handled every entry of the stream up to that one; of a stream that is gone there is none. */
export const hasHandled = async (redis: Redis, place: Place, upTo: string): Promise<boolean> => {
  if ((await redis.exists(place.stream)) === 0) return true;
  return !(await lacksBefore(redis, place, async () => nextEntryId(upTo)));
};
