import type { Redis } from 'ioredis';
import { busProblems, openRedis } from './bus/index.ts';
import {
  type Database,
  durabilityProblems,
  type Instance,
  migrate,
  openDatabase,
  schemaProblems,
  serverProblems,
  tableProblems,
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
/** Three pools, a relay for each journal, and the session that keeps the instance's number. */
const CONNECTIONS = 3 * POOL_SIZE + 3;

const reasonOf = (error: unknown): string => {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join('; ');
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message;
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

const prepareDatabase = async (url: string, db: Database['db']): Promise<void> => {
  const ask = (question: () => Promise<readonly string[]>) => reach('DATABASE_URL', url, question);
  refuse(await ask(() => durabilityProblems(db)));
  refuse(await ask(() => schemaProblems(db)));
  refuse(await ask(() => serverProblems(db, { connections: CONNECTIONS })));
  await reach('DATABASE_URL', url, () => bringUpToDate(url));
  refuse(await ask(() => tableProblems(db)));
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
  await prepareDatabase(urls.databaseUrl, queries.db);
  const instance = opening.use(await takeInstanceNumber(urls.databaseUrl));
  const opened = opening.move();
  return { ...urls, commands, queries, consumers, redis, instance, [Symbol.asyncDispose]: () => opened.disposeAsync() };
};
