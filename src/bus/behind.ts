import type { Redis } from 'ioredis';
import { firstUnread, type GroupInfo, groupsOf, redisNowMs } from './group-info.ts';
import { compareEntryIds } from './trim.ts';

/** The oldest entry that the group was given and has not acknowledged, or has not been given; null when there is none. */
const oldestUnhandled = async (redis: Redis, stream: string, group: GroupInfo): Promise<string | null> => {
  const [, pending] = (await redis.xpending(stream, group.name)) as [number, string | null];
  return pending ?? firstUnread(redis, stream, group);
};

/**
 * Whether the group has yet to handle an entry of the stream that is older than `minAgeMs`, by the clock of Redis; also
 * when there is no such group. Of what is no stream there is nothing to handle: waiting for it would put off the others.
 */
export const isGroupBehind = async (
  redis: Redis,
  { stream, group }: { readonly stream: string; readonly group: string },
  minAgeMs: number,
): Promise<boolean> => {
  if ((await redis.exists(stream)) === 0) return true;
  const groups = await groupsOf(redis, stream);
  if (groups === null) return false;
  const known = groups.find(({ name }) => name === group);
  if (known === undefined) return true;
  const oldest = await oldestUnhandled(redis, stream, known);
  if (oldest === null) return false;
  const nowMs = await redisNowMs(redis);
  return compareEntryIds(oldest, `${Math.max(0, nowMs - minAgeMs)}-0`) < 0;
};
