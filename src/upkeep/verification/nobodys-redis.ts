import type { Redis } from 'ioredis';
import { IDENTITY_KEY } from '../../bus/index.ts';
import { hasEvents, JOURNALS, type JournalDbs } from '../../database/index.ts';

/**
 * Whether a Redis names no owner though there are events: it was emptied or lost, or it is one that this panier never used. To
 * whoever only looks for what waits there, it is one where nothing does.
 */
export const isNobodysRedis = async (redis: Redis, journals: JournalDbs): Promise<boolean> => {
  if ((await redis.get(IDENTITY_KEY)) !== null) return false;
  const recorded = await Promise.all(JOURNALS.map((journal) => hasEvents(journals[journal], journal)));
  return recorded.includes(true);
};
