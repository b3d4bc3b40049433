import type { Redis } from 'ioredis';
import { compareEntryIds } from './trim.ts';

type RawGroup = readonly (string | number)[];

const valueOf = (group: RawGroup, name: string): string => String(group[group.indexOf(name) + 1] ?? '');

const firstUnread = async (redis: Redis, stream: string, lastId: string): Promise<string | null> => {
  const [entry] = await redis.xrange(stream, `(${lastId}`, '+', 'COUNT', 1);
  return entry?.[0] ?? null;
};

/** The oldest entry that the group was given and has not acknowledged, or has not been given; null when there is none. */
const oldestUnhandled = async (redis: Redis, stream: string, group: RawGroup): Promise<string | null> => {
  const [, pending] = (await redis.xpending(stream, valueOf(group, 'name'))) as [number, string | null];
  return pending ?? firstUnread(redis, stream, valueOf(group, 'last-delivered-id'));
};

/** Null when the key holds something else than a stream. */
const groupsOf = async (redis: Redis, stream: string): Promise<readonly RawGroup[] | null> => {
  try {
    return (await redis.xinfo('GROUPS', stream)) as RawGroup[];
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('WRONGTYPE')) return null;
    throw error;
  }
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
  const known = groups.find((each) => valueOf(each, 'name') === group);
  if (known === undefined) return true;
  const oldest = await oldestUnhandled(redis, stream, known);
  if (oldest === null) return false;
  const [seconds, microseconds] = await redis.time();
  const nowMs = Number(seconds) * 1_000 + Math.floor(Number(microseconds) / 1_000);
  return compareEntryIds(oldest, `${Math.max(0, nowMs - minAgeMs)}-0`) < 0;
};
