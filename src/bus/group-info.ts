import type { Redis } from 'ioredis';

/** A consumer group, as Redis tells of it. */
export interface GroupInfo {
  readonly name: string;
  readonly consumers: number;
  readonly pending: number;
  readonly lastDeliveredId: string;
  /** Entries that it has not been given; null when Redis does not know, as none before 7.0 does. */
  readonly lag: number | null;
}

const asInfo = (flat: readonly unknown[]): GroupInfo => {
  const of = (name: string): unknown => flat[flat.indexOf(name) + 1];
  return {
    name: String(of('name')),
    consumers: Number(of('consumers')),
    pending: Number(of('pending')),
    lastDeliveredId: String(of('last-delivered-id')),
    lag: flat.includes('lag') && of('lag') !== null ? Number(of('lag')) : null,
  };
};

/** The groups of a stream that is there. @throws where the key holds something else */
export const readGroups = async (redis: Redis, stream: string): Promise<readonly GroupInfo[]> =>
  ((await redis.xinfo('GROUPS', stream)) as unknown[][]).map(asInfo);

/** The groups of a stream that is there; null when the key holds something else than a stream. */
export const groupsOf = async (redis: Redis, stream: string): Promise<readonly GroupInfo[] | null> => {
  try {
    return await readGroups(redis, stream);
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('WRONGTYPE')) return null;
    throw error;
  }
};

/** The first entry that the group has not been given; null when there is none. */
export const firstUnread = async (
  redis: Redis,
  stream: string,
  { lastDeliveredId }: Pick<GroupInfo, 'lastDeliveredId'>,
): Promise<string | null> => {
  const [entry] = await redis.xrange(stream, `(${lastDeliveredId}`, '+', 'COUNT', 1);
  return entry?.[0] ?? null;
};

/** What Redis takes for now, in milliseconds: entry ids begin with it. */
export const redisNowMs = async (redis: Redis): Promise<number> => {
  const [seconds, microseconds] = await redis.time();
  return Number(seconds) * 1_000 + Math.floor(Number(microseconds) / 1_000);
};
