import type { Redis } from 'ioredis';

/** Where the relays' leads say by how many partitions they publish. */
export const ROUTING_KEYS = 'panier:routing';

/** A lead that ends without a word is forgotten after so long. */
const KEPT_SECONDS = 5;

/** Tells by how many partitions a journal is published now. */
export const tellRouting = async (redis: Redis, journal: string, partitions: number): Promise<void> => {
  await redis.set(`${ROUTING_KEYS}:${journal}`, String(partitions), 'EX', KEPT_SECONDS);
};

/** By how many partitions a journal is published; null when no lead has said so within the last five seconds. */
export const toldRouting = async (redis: Redis, journal: string): Promise<number | null> => {
  const told = await redis.get(`${ROUTING_KEYS}:${journal}`);
  return told === null ? null : Number(told);
};
