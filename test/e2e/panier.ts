import { Redis } from 'ioredis';
import { type Client, type ClientOptions, connect } from '../../src/cli/client.ts';
import type { Db } from '../../src/database/index.ts';
import { start } from '../../src/main.ts';
import { type Config, openLogger, readConfig } from '../../src/platform/index.ts';
import { openStores } from '../../src/stores.ts';
import { type TestDatabase, type TestRedis, testDatabase, testRedis } from '../support/servers.ts';

/** One process's worth of panier. */
export interface TestInstance extends AsyncDisposable {
  readonly url: string;
  /** An operator's, or a customer's; closed with the instance. */
  readonly client: (as?: Pick<ClientOptions, 'customerId'>) => Client;
}

/** A panier of the calling file's own, on servers of its own. */
export interface TestPanier extends TestInstance {
  readonly db: Db;
  readonly databaseUrl: string;
  /** A connection beside panier's: for what other services, or accidents, do to the bus. */
  readonly redis: Redis;
  readonly redisServer: TestRedis;
  /** One more process on the same database and Redis. */
  readonly another: (settings?: Settings) => Promise<TestInstance>;
}

type Settings = Partial<Config>;

const QUICK: Settings = { port: 0, claimIdleMs: 1_000, chargeBackoffMs: 20, logLevel: 'fatal' };

/** The same tests by way of either lane: `PANIER_HTTP_LANE=yoga npx vitest run --project e2e`. */
const LANE = { PANIER_HTTP_LANE: process.env['PANIER_HTTP_LANE'] };

interface Urls {
  readonly databaseUrl: string;
  readonly redisUrl: string;
}

const startInstance = async (urls: Urls, settings: Settings): Promise<TestInstance & { readonly db: Db }> => {
  await using starting = new AsyncDisposableStack();
  const config: Config = { ...readConfig(LANE), ...QUICK, ...settings };
  const logger = openLogger(config.logLevel);
  const { redisPrefix } = config;
  const stores = starting.use(await openStores({ ...urls, redisPrefix, logger }));
  const panier = starting.use(await start({ config, stores, logger }));
  const url = panier.url ?? '';
  const started = starting.move();
  return {
    url,
    db: stores.queries.db,
    client: (as = {}) => started.use(connect({ url, ...as })),
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
};

const connectTo = (url: string): Redis => {
  const redis = new Redis(url, { maxRetriesPerRequest: null });
  redis.on('error', () => undefined);
  return redis;
};

/** Starts everything that `npm start` does, on a fresh database and a fresh Redis, unless one is given. */
export const startPanier = async (
  settings: Settings = {},
  database?: TestDatabase,
  redisGiven?: TestRedis,
): Promise<TestPanier> => {
  await using starting = new AsyncDisposableStack();
  const [{ url: databaseUrl }, redisServer] = await Promise.all([
    database ?? testDatabase().then((made) => starting.use(made)),
    redisGiven ?? testRedis().then((made) => starting.use(made)),
  ]);
  const urls = { databaseUrl, redisUrl: redisServer.url };
  const redis = starting.adopt(connectTo(redisServer.url), (connection) => connection.disconnect());
  const instance = starting.use(await startInstance(urls, settings));
  const started = starting.move();
  return {
    ...instance,
    databaseUrl,
    redis,
    redisServer,
    another: async (further = {}) => started.use(await startInstance(urls, { ...settings, ...further })),
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
};
