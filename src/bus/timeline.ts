import type { Redis } from 'ioredis';

/** Where Redis keeps the newest timeline that a panier was on, of each server of PostgreSQL. */
export const TIMELINE_KEYS = 'panier:timeline';

const keyOf = (system: string): string => `${TIMELINE_KEYS}:${system}`;

// What is no number stands there by accident, and counts as lost.
const RAISE = `
  local kept = redis.call('TYPE', KEYS[1]).ok == 'string' and tonumber(redis.call('GET', KEYS[1])) or 0
  if kept >= tonumber(ARGV[1]) then return kept end
  redis.call('SET', KEYS[1], ARGV[1])
  return tonumber(ARGV[1])`;

interface OnTimeline {
  readonly system: string;
  readonly timeline: number;
}

/** The newest timeline that Redis was told of for that server, 0 when it was of none. Tells it of nothing. */
export const toldTimeline = async (redis: Redis, { system }: Pick<OnTimeline, 'system'>): Promise<number> =>
  newestTimeline(redis, { system, timeline: 0 });

/** Tells Redis of a timeline; answers with the newest that it was told of for that server. */
export const newestTimeline = async (redis: Redis, { system, timeline }: OnTimeline): Promise<number> =>
  Number(await redis.eval(RAISE, 1, keyOf(system), timeline));

/** Makes this the timeline that the server is on, whatever Redis was told of before. */
export const takeTimeline = async (redis: Redis, { system, timeline }: OnTimeline): Promise<void> => {
  await redis.set(keyOf(system), String(timeline));
};
