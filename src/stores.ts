import type { Redis } from 'ioredis';
import { busProblems, openRedis } from './bus/index.ts';
import {
  type Database,
  durabilityProblems,
  type Instance,
  migrate,
  openDatabase,
  schemaProblems,
  takeInstanceNumber,
} from './database/index.ts';
import { StartupError } from './startup-error.ts';

/** The servers that panier stands on, checked and migrated. */
export interface Stores extends AsyncDisposable {
  readonly databaseUrl: string;
  readonly redisUrl: string;
  /** For commands and reactions; queries and consumers have pools of their own, so that neither starves the other. */
  readonly commands: Database;
  readonly queries: Database;
  readonly consumers: Database;
  readonly redis: Redis;
  readonly instance: Instance;
}

const POOL_SIZE = 10;

const reasonOf = (error: unknown): string => {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join('; ');
  return error instanceof Error ? error.message : String(error);
};

const withoutPassword = (url: string): string => url.replace(/(:\/\/[^:@/]*):[^@]*@/, '$1:***@');

const reach = async <T>(name: string, url: string, attempt: () => Promise<T>): Promise<T> => {
  try {
    return await attempt();
  } catch (error) {
    const place = `${name} (${withoutPassword(url)})`;
    throw new StartupError(
      `${place} cannot be used: ${reasonOf(error)}\nStart that server or correct ${name}; without ${name}, panier brings its own.`,
      {
        cause: error,
      },
    );
  }
};

const refuse = (problems: readonly string[]): void => {
  if (problems.length > 0) throw new StartupError(problems.join('\n'));
};

/** In a session of its own: an index on all there ever was takes longer than any other statement may. */
const bringUpToDate = async (url: string): Promise<void> => {
  await using database = openDatabase({ url, name: 'migration', maxConnections: 1, readsWholeTables: true });
  await migrate(database.db);
};

/** @throws {StartupError} when a server cannot be reached, or would break panier's promises. */
export const openStores = async (urls: {
  readonly databaseUrl: string;
  readonly redisUrl: string;
}): Promise<Stores> => {
  await using opening = new AsyncDisposableStack();
  const pool = (name: string): Database =>
    opening.use(openDatabase({ url: urls.databaseUrl, name, maxConnections: POOL_SIZE }));
  const [commands, queries, consumers] = [pool('commands'), pool('queries'), pool('consumers')];
  const redis = opening.adopt(openRedis(urls.redisUrl), (connection) => connection.disconnect());
  refuse(await reach('REDIS_URL', urls.redisUrl, () => busProblems(redis)));
  refuse(await reach('DATABASE_URL', urls.databaseUrl, () => durabilityProblems(queries.db)));
  refuse(await reach('DATABASE_URL', urls.databaseUrl, () => schemaProblems(queries.db)));
  await reach('DATABASE_URL', urls.databaseUrl, () => bringUpToDate(urls.databaseUrl));
  const instance = opening.use(await takeInstanceNumber(urls.databaseUrl));
  const opened = opening.move();
  return { ...urls, commands, queries, consumers, redis, instance, [Symbol.asyncDispose]: () => opened.disposeAsync() };
};
