import type { Redis } from 'ioredis';
import {
  type BusUser,
  copyBusUsers,
  makeBusUsers,
  openRedis,
  type RedisServer,
  serversBehind,
} from '../../bus/index.ts';
import { StartupError } from '../../startup/index.ts';
import { keepUsers } from './keep-users.ts';

/** Where an administrator comes to Redis. */
export type RedisAddress = Pick<RedisServer, 'url' | 'tls'>;

export interface UsersMade {
  /** Names of those whose password is now that of their rules. */
  readonly fresh: ReadonlySet<string>;
  /** Lines that say what is still to be done. */
  readonly notes: readonly string[];
}

const away = ({ url }: RedisServer, error: unknown): string => {
  const reason = error instanceof Error ? error.message : String(error);
  return `# The server ${new URL(url).host} has none of these users (${reason}): run this again when it is back, or nobody comes in once it is master.`;
};

const onOther = async (master: Redis, server: RedisServer, users: readonly BusUser[]): Promise<readonly string[]> => {
  await using opened = new AsyncDisposableStack();
  const other = opened.adopt(openRedis(server), (connection) => connection.disconnect());
  try {
    await copyBusUsers(master, other, users);
    return await keepUsers(other);
  } catch (error) {
    return [away(server, error)];
  }
};

const unreachable = (error: unknown): never => {
  const reason = error instanceof Error ? error.message : String(error);
  throw new StartupError(`REDIS_ADMIN_URL cannot be used: ${reason}`, { cause: error });
};

/** Makes the users on every server behind the URL: any of them may be master next, and none tells the others of its users. */
export const makeUsersAt = async (
  address: RedisAddress,
  users: readonly BusUser[],
  options: { readonly newPasswords: boolean },
): Promise<UsersMade> => {
  const { master, others } = await serversBehind({ ...address, prefix: '', ownership: null }).catch(unreachable);
  await using opened = new AsyncDisposableStack();
  const redis = opened.adopt(openRedis(master), (connection) => connection.disconnect());
  const fresh = await makeBusUsers(redis, users, options);
  const notes = [...(await keepUsers(redis))];
  for (const other of others) notes.push(...(await onOther(redis, other, users)));
  return { fresh, notes: [...new Set(notes)] };
};
