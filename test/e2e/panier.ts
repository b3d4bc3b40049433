import { Redis } from 'ioredis';
import { type TestDatabase, type TestRedis, testDatabase, testRedis } from '../../harness/support/servers.ts';
import { customerToken, OPERATOR_TOKEN, TOKEN_CONFIG } from '../../harness/support/tokens.ts';
import { type Client, connect } from '../../src/cli/client.ts';
import { type Db, openDatabase } from '../../src/database/index.ts';
import { type Panier, start } from '../../src/main.ts';
import { type Config, NO_RATE_LIMITS, openLogger, readConfig } from '../../src/platform/index.ts';
import { type FreshAccess, freshAccess, openStores, type ServerUrls } from '../../src/startup/index.ts';

/** One process's worth of panier. */
export interface TestInstance extends AsyncDisposable {
  readonly url: string;
  readonly panier: Panier;
  /** An operator's, or a customer's; closed with the instance. */
  readonly client: (as?: { readonly customerId: string }) => Client;
}

/** A panier of the calling file's own, on servers of its own. */
export interface TestPanier extends TestInstance {
  /** The administrator's, beside panier. */
  readonly db: Db;
  readonly databaseUrl: string;
  /** A connection beside panier's: for what other services, or accidents, do to the bus. */
  readonly redis: Redis;
  readonly redisServer: TestRedis;
  /** One more process on the same database and Redis. */
  readonly another: (settings?: Settings) => Promise<TestInstance>;
}

type Settings = Partial<Config> & {
  /** Told each line of the log, in place of stderr. */
  readonly onLine?: (line: string) => void;
};

/** Tests ask as fast as they can: the rates are tried where they are the matter. */
const QUICK: Settings = {
  port: 0,
  inventoryPort: 0,
  ops: null,
  tokens: TOKEN_CONFIG,
  rateLimits: NO_RATE_LIMITS,
  claimIdleMs: 1_000,
  chargeBackoffMs: 20,
  logLevel: 'fatal',
};

const startInstance = async (urls: ServerUrls, { onLine, ...settings }: Settings): Promise<TestInstance> => {
  await using starting = new AsyncDisposableStack();
  const config: Config = { ...readConfig({}), ...QUICK, ...settings };
  const logger = openLogger(config.logLevel, onLine && { destination: { write: onLine } });
  const { redisPrefix, partitions } = config;
  const stores = starting.use(await openStores({ ...urls, redisPrefix, logger, partitions }));
  const panier = starting.use(await start({ config, stores, logger }));
  const url = panier.urls.gateway ?? '';
  const started = starting.move();
  return {
    url,
    panier,
    client: (as) => started.use(connect({ url, token: as ? customerToken(as.customerId) : OPERATOR_TOKEN })),
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
};

interface Addresses extends Pick<Settings, 'databaseHomes'> {
  readonly administratorUrl: string;
  readonly redisUrl: string;
}

const connectTo = (url: string): Redis => {
  const redis = new Redis(url, { maxRetriesPerRequest: null });
  redis.on('error', () => undefined);
  return redis;
};

/** As `npm start` does it with its own servers: every service comes to them as itself (ADR-039). */
const openAccess = async (at: Addresses, access: FreshAccess): Promise<ServerUrls> => {
  const { administratorUrl, databaseHomes = {}, redisUrl } = at;
  for (const url of new Set(Object.values(databaseHomes))) await access.admitToPostgres(url);
  return {
    databaseUrl: await access.admitToPostgres(administratorUrl),
    databaseUrls: access.databaseUrls(administratorUrl),
    databaseHomes,
    redisUrl,
    redisUrls: access.redisUrls(redisUrl),
  };
};

/** Starts everything that `npm start` does, on a fresh database and a fresh Redis, unless one is given: that has one user only. */
export const startPanier = async (
  settings: Settings = {},
  database?: TestDatabase,
  redisGiven?: TestRedis,
): Promise<TestPanier> => {
  await using starting = new AsyncDisposableStack();
  const { url: databaseUrl } = database ?? starting.use(await testDatabase());
  const prefix = `panier_${new URL(databaseUrl).pathname.slice(1)}`;
  const access = freshAccess({ prefix, redisPrefix: settings.redisPrefix ?? '' });
  const redisServer = redisGiven ?? starting.use(await testRedis({ users: access.redisUsers }));
  const { databaseHomes } = settings;
  const at = { administratorUrl: databaseUrl, redisUrl: redisServer.url, ...(databaseHomes && { databaseHomes }) };
  const apart = await openAccess(at, access);
  const urls = redisGiven === undefined ? apart : { ...apart, redisUrls: {} };
  const { db } = starting.use(openDatabase({ url: databaseUrl, name: 'test', maxConnections: 5 }));
  const redis = starting.adopt(connectTo(redisServer.url), (connection) => connection.disconnect());
  const instance = starting.use(await startInstance(urls, settings));
  const started = starting.move();
  return {
    ...instance,
    databaseUrl,
    db,
    redis,
    redisServer,
    another: async (further = {}) => started.use(await startInstance(urls, { ...settings, ...further })),
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
};
