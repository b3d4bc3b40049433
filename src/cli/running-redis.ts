import type { Redis } from 'ioredis';
import { busProblems } from '../bus/index.ts';
import { StartupError } from '../startup/index.ts';

const unreachable = (cause: unknown): never => {
  throw new StartupError(`Redis cannot be reached: ${cause instanceof Error ? cause.message : String(cause)}`, {
    cause,
  });
};

/** @throws {StartupError} when this Redis cannot be reached, or is none that panier could work with. */
export const refuseUnfit = async (redis: Redis): Promise<void> => {
  const [problem] = await busProblems(redis).catch(unreachable);
  if (problem !== undefined) throw new StartupError(problem);
};
