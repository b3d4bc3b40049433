import type { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { RATE_KEYS } from '../../bus/index.ts';
import { MINUTE_MS, type Spend } from './meter.ts';

interface LedgerParts {
  readonly name: string;
  readonly limit: number;
  /** What all processes share; null: this process counts for itself. */
  readonly redis: Redis | null;
}

const limiterOf = ({ name, limit: points, redis }: LedgerParts): RateLimiterRedis | RateLimiterMemory => {
  const options = { points, duration: MINUTE_MS / 1_000, keyPrefix: `${RATE_KEYS}:${name}` };
  const memory = new RateLimiterMemory(options);
  if (redis === null) return memory;
  return new RateLimiterRedis({
    ...options,
    storeClient: redis,
    insuranceLimiter: memory,
    rejectIfRedisNotReady: true,
  });
};

/** What a limiter answers to who has spent all it may, and so throws. */
const refusalIn = (error: unknown): RateLimiterRes => {
  if (error instanceof RateLimiterRes) return error;
  throw error;
};

/** Counts in Redis, and in this process alone while Redis is away. */
export const openLedger = (parts: LedgerParts): Spend => {
  const limiter = limiterOf(parts);
  return async (key, points) => {
    const { consumedPoints, msBeforeNext } = await limiter.consume(key, points).catch(refusalIn);
    return { spent: consumedPoints, msLeft: msBeforeNext };
  };
};
