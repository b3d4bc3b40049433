import type { Redis } from 'ioredis';
import { type BusUser, withoutPassword } from './users.ts';

const passwordsOf = async (redis: Redis, name: string): Promise<readonly string[]> => {
  const said = (await redis.call('ACL', 'GETUSER', name)) as readonly unknown[];
  return said[said.indexOf('passwords') + 1] as readonly string[];
};

/**
 * Makes the same users, with the same passwords, on a replica: Redis does not replicate them, and whoever is promoted without
 * them lets nobody in.
 */
export const copyBusUsers = async (master: Redis, replica: Redis, users: readonly BusUser[]): Promise<void> => {
  for (const { name, rules } of users) {
    const passwords = (await passwordsOf(master, name)).map((hash) => `#${hash}`);
    await replica.call('ACL', 'SETUSER', name, 'reset', ...withoutPassword(rules), ...passwords);
  }
};
