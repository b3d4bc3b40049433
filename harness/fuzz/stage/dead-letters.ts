import { Redis } from 'ioredis';

const STREAMS = ['ecommerce.orders.events', 'ecommerce.payments.events', 'ecommerce.inventory.events'];

/** How the types of these entries begin. */
export const UNREADABLE = 'Unreadable';

/** Puts entries on the streams that nobody can read: there have to be dead letters to be listed, retried and discarded. */
export const leaveDeadLetters = async (redisUrl: string, perStream: number): Promise<void> => {
  const redis = new Redis(redisUrl);
  try {
    for (const stream of STREAMS)
      for (let index = 0; index < perStream; index += 1)
        await redis.xadd(stream, '*', 'event_type', `${UNREADABLE}${index}`);
  } finally {
    redis.disconnect();
  }
};
