import type { Redis } from 'ioredis';
import {
  busProblems,
  ForeignRedis,
  IDENTITY_KEY,
  type OwnedRedis,
  Ownership,
  openOwnedRedis,
  openRedis,
  type RedisServer,
} from './bus/index.ts';
import {
  type Database,
  databaseIdentity,
  durabilityProblems,
  type Instance,
  migrate,
  openDatabase,
  schemaProblems,
  serverProblems,
  tableProblems,
  takeInstanceNumber,
} from './database/index.ts';
import { STREAMS } from './events/index.ts';
import { markPlaces, publicationObjection } from './journal/index.ts';
import { type Logger, openLogger, repeat, systemClock } from './platform/index.ts';
import { StartupError } from './startup-error.ts';

/** The servers that panier stands on, checked and migrated. */
export interface Stores extends AsyncDisposable {
  readonly databaseUrl: string;
  readonly redisServer: RedisServer & { readonly ownership: Ownership };
  /** For commands and reactions; queries and consumers have pools of their own, so that neither starves the other. */
  readonly commands: Database;
  readonly queries: Database;
  readonly consumers: Database;
  readonly redis: Redis;
  /** @throws {ForeignRedis} when what was published there cannot have come from this database. */
  readonly examineRedis: () => Promise<void>;
  readonly instance: Instance;
}

const EXAMINED_EVERY_MS = 3_000;
/** Who asks is answered within 5 s: what takes longer only keeps connections from others. */
const PATIENCE = {
  commands: { statementMs: 4_000, lockMs: 3_000, unansweredMs: 5_000 },
  queries: { statementMs: 4_500, unansweredMs: 5_000 },
  consumers: { lockMs: 5_000 },
} as const;
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
    if (error instanceof StartupError) throw error;
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

export interface StoreUrls {
  readonly databaseUrl: string;
  readonly redisUrl: string;
  /** Before every key and channel of Redis; by default nothing. */
  readonly redisPrefix?: string;
  readonly logger?: Logger;
}

const ownershipOf = async (db: Database['db'], logger: Logger): Promise<Ownership> =>
  new Ownership({
    databaseId: await databaseIdentity(db),
    marks: markPlaces(Object.values(STREAMS)),
    objection: publicationObjection(db),
    logger,
  });

/** Takes the Redis for this database, unless it is another's. @throws {StartupError} */
const takeRedis = async (redis: OwnedRedis): Promise<void> => {
  try {
    await redis.exists(IDENTITY_KEY);
    await redis.examine();
  } catch (error) {
    throw error instanceof ForeignRedis ? new StartupError(error.message, { cause: error }) : error;
  }
};

const checkRedis = async (server: RedisServer): Promise<void> => {
  using checked = disposable(openRedis({ ...server, ownership: null }));
  refuse(await reach('REDIS_URL', server.url, () => busProblems(checked.redis)));
};

const disposable = (redis: Redis) => ({ redis, [Symbol.dispose]: () => redis.disconnect() });

/** A database may be restored under a running process, and a Redis emptied and taken by another. */
const keepExamining = (redis: OwnedRedis, logger: Logger): AsyncDisposable =>
  repeat(() => redis.examine(), {
    everyMs: EXAMINED_EVERY_MS,
    clock: systemClock,
    onFailure: (error) => logger.debug({ error }, 'Redis could not be examined'),
  });

/** @throws {StartupError} when a server cannot be reached, or would break panier's promises. */
export const openStores = async (urls: StoreUrls): Promise<Stores> => {
  const { databaseUrl, redisUrl, redisPrefix: prefix = '', logger = openLogger('silent') } = urls;
  await using opening = new AsyncDisposableStack();
  const pool = (name: keyof typeof PATIENCE): Database =>
    opening.use(openDatabase({ url: databaseUrl, name, maxConnections: POOL_SIZE, ...PATIENCE[name] }));
  const [commands, queries, consumers] = [pool('commands'), pool('queries'), pool('consumers')];
  await checkRedis({ url: redisUrl, prefix, ownership: null });
  await prepareDatabase(databaseUrl, queries.db);
  const ownership = await ownershipOf(queries.db, logger);
  const redisServer = { url: redisUrl, prefix, ownership };
  const redis = opening.adopt(openOwnedRedis(redisServer), (connection) => connection.disconnect());
  await reach('REDIS_URL', redisUrl, () => takeRedis(redis));
  opening.use(keepExamining(redis, logger));
  const instance = opening.use(await takeInstanceNumber(databaseUrl));
  const opened = opening.move();
  return {
    databaseUrl,
    redisServer,
    commands,
    queries,
    consumers,
    redis,
    instance,
    examineRedis: () => redis.examine(),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
};
