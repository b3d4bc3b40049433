import type { Redis } from 'ioredis';
import type { Partitioning } from '../events/index.ts';

/** Where the relays' leads say by how many partitions they publish. */
export const ROUTING_KEYS = 'panier:routing';

/** A lead that ends without a word is forgotten after so long. */
const KEPT_SECONDS = 5;

/** Tells by how many partitions a journal is published now, and how many there were at most, for other services, too. */
export const tellRouting = async (redis: Redis, journal: string, { partitions, most }: Partitioning): Promise<void> => {
  await redis.set(`${ROUTING_KEYS}:${journal}`, `${partitions} ${most}`, 'EX', KEPT_SECONDS);
};

/** By how many partitions a journal is published; null when no lead has said so within the last five seconds. */
export const toldRouting = async (redis: Redis, journal: string): Promise<number | null> => {
  const told = await redis.get(`${ROUTING_KEYS}:${journal}`);
  return told === null ? null : Number.parseInt(told, 10);
};
