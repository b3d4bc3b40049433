import type { Redis } from 'ioredis';
import {
  type BusUser,
  busServerProblems,
  copyBusUsers,
  makeBusUsers,
  openRedis,
  type RedisServer,
  serversBehind,
} from '../../bus/index.ts';
import { StartupError } from '../../startup/index.ts';
import { halfMade } from './half-made.ts';
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

const openMaster = async (address: RedisAddress, opened: AsyncDisposableStack) => {
  const { master, others } = await serversBehind({ ...address, prefix: '', ownership: null }).catch(unreachable);
  return { redis: opened.adopt(openRedis(master), (connection) => connection.disconnect()), others };
};

/** @throws {StartupError} when it cannot be reached */
export const tryRedis = async (address: RedisAddress): Promise<void> => {
  await using opened = new AsyncDisposableStack();
  const { redis } = await openMaster(address, opened);
  // What it is otherwise is no matter here: the start of a process says so.
  await busServerProblems(redis).catch(unreachable);
};

/** Makes the users on every server behind the URL: any of them may be master next, and none tells the others of its users. */
export const makeUsersAt = async (
  address: RedisAddress,
  users: readonly BusUser[],
  options: { readonly newPasswords: boolean },
): Promise<UsersMade> => {
  await using opened = new AsyncDisposableStack();
  const { redis, others } = await openMaster(address, opened);
  let hasSet = false;
  const onSet = (): void => void (hasSet = true);
  const fresh = await makeBusUsers(redis, users, { ...options, onSet }).catch(halfMade(() => hasSet));
  const notes = [...(await keepUsers(redis))];
  for (const other of others) notes.push(...(await onOther(redis, other, users)));
  return { fresh, notes: [...new Set(notes)] };
};
