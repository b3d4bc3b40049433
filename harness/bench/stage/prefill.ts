import type { Redis } from 'ioredis';
import { encodeEntry, type Recorded } from '../../../src/events/index.ts';

const AT_ONCE = 1_000;

/** Puts events on their streams, in order, as the relay would. */
export const prefill = async (redis: Redis, events: readonly Recorded[]): Promise<void> => {
  for (let first = 0; first < events.length; first += AT_ONCE) {
    const pipeline = redis.pipeline();
    for (const { envelope } of events.slice(first, first + AT_ONCE))
      pipeline.xadd(envelope.stream, '*', ...encodeEntry(envelope));
    await pipeline.exec();
  }
};
