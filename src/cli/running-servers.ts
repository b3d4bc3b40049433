import type { Redis } from 'ioredis';
import { belongsToAnother, IDENTITY_KEY, openRedis, type RedisServer } from '../bus/index.ts';
import { type DatabaseIdentity, databaseIdentity, type Homes, type JournalDbs } from '../database/index.ts';
import { readProcessConfig } from '../platform/index.ts';
import { readRunningServers } from '../servers/index.ts';
import { StartupError } from '../startup/index.ts';
import { openRunningHomes } from './running-database.ts';
import { refuseUnfit } from './running-redis.ts';

/** Of one panier, as far as its Redis names one: it may have been emptied, or be one that panier never used. */
export interface RunningServers {
  readonly homes: Homes;
  readonly journals: JournalDbs;
  readonly redis: Redis;
  readonly identity: DatabaseIdentity;
}

const runningRedis = (): RedisServer => {
  const { dataDir, redisPrefix: prefix, redisTls: tls, redisUrl: given } = readProcessConfig();
  const url = given ?? readRunningServers(dataDir)?.redisUrl;
  if (url !== undefined) return { url, tls, prefix, ownership: null };
  throw new StartupError(`No Redis: start panier (npm start) first, or set REDIS_URL. Looked in ${dataDir}.`);
};

const refuseAnothers = async (redis: Redis, { id }: DatabaseIdentity): Promise<void> => {
  await refuseUnfit(redis);
  const owner = await redis.get(IDENTITY_KEY);
  if (owner !== null && owner !== id) throw new StartupError(belongsToAnother(owner, id));
};

/** For a tool that looks at all there is; they are closed with `opened`. @throws {StartupError} */
export const openRunningServers = async (
  options: Parameters<typeof openRunningHomes>[0],
  opened: AsyncDisposableStack,
): Promise<RunningServers> => {
  const server = runningRedis();
  const homes = opened.use(await openRunningHomes(options));
  const redis = opened.adopt(openRedis(server), (connection) => connection.disconnect());
  const identity = await databaseIdentity(homes.at('shared').db);
  await refuseAnothers(redis, identity);
  const journals = { write: homes.at('write').db, saga: homes.at('saga').db };
  return { homes, journals, redis, identity };
};
