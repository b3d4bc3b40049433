import type { Redis } from 'ioredis';
import {
  busProblems,
  busServerProblems,
  ForeignRedis,
  IDENTITY_KEY,
  type MarkPlace,
  type OwnedRedis,
  type Ownership,
  openOwnedRedis,
  openRedis,
  type RedisServer,
} from '../bus/index.ts';
import {
  type Logger,
  type RedisService,
  type RedisTlsFiles,
  repeat,
  type ServiceUrls,
  systemClock,
} from '../platform/index.ts';
import { streamsOf } from './access.ts';
import { reach, refuse } from './reach.ts';
import { StartupError } from './startup-error.ts';

export interface RedisUrls {
  readonly redisUrl: string;
  readonly redisUrls?: ServiceUrls<RedisService>;
  /** Before every key and channel of Redis; by default nothing. */
  readonly redisPrefix?: string;
  /** For URLs that ask for TLS. */
  readonly redisTls?: RedisTlsFiles | undefined;
}

export type OwnedServer = RedisServer & { readonly ownership: Ownership };

type Servers = Readonly<Record<RedisService, OwnedServer>>;

/** One connection for all that ask more than to read as a group and come as the same user. */
export type Redises = Readonly<Record<'gateway' | 'audit' | 'relay' | 'webhooks' | 'upkeep', OwnedRedis>>;

const EXAMINED_EVERY_MS = 3_000;

/** Where each service finds its Redis; of whose it is, it sees what its streams tell. */
export const redisServers = (
  urls: RedisUrls,
  ownership: Ownership,
  marksOf: (streams: readonly string[]) => readonly MarkPlace[],
): Servers => {
  const { redisUrl, redisUrls = {}, redisPrefix: prefix = '', redisTls: tls } = urls;
  const server = (service: RedisService): OwnedServer => {
    const url = redisUrls[service];
    if (url === undefined) return { url: redisUrl, tls, prefix, ownership };
    return { url, tls, prefix, ownership: ownership.seenBy(() => marksOf(streamsOf(service))) };
  };
  return {
    gateway: server('gateway'),
    payment: server('payment'),
    saga: server('saga'),
    audit: server('audit'),
    relay: server('relay'),
    webhooks: server('webhooks'),
    upkeep: server('upkeep'),
  };
};

const disposable = (redis: Redis) => ({ redis, [Symbol.dispose]: () => redis.disconnect() });

/** What stands in the files shows when somebody connects; that they are there shows at once. */
const refusingFiles = (open: () => Redis): Redis => {
  try {
    return open();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartupError(
      `A file of PANIER_REDIS_TLS_CA, PANIER_REDIS_TLS_CERT or PANIER_REDIS_TLS_KEY cannot be read (${reason}): set them to files in PEM that panier may read.`,
      { cause: error },
    );
  }
};

/** A service may not try everything: what it may not do is nobody's to do in its place. @throws {StartupError} */
export const checkRedis = async (urls: RedisUrls): Promise<void> => {
  const { redisUrl, redisUrls = {}, redisPrefix: prefix = '', redisTls: tls } = urls;
  const isOfService = Object.values(redisUrls).includes(redisUrl);
  const open = () => openRedis({ url: redisUrl, tls, prefix, ownership: null });
  using checked = disposable(refusingFiles(open));
  const problems = isOfService ? busServerProblems : busProblems;
  refuse(await reach('REDIS_URL', redisUrl, () => problems(checked.redis)));
};

export const openRedises = (servers: Servers, opening: AsyncDisposableStack): Redises => {
  const opened = new Map<string, OwnedRedis>();
  const connect = (server: OwnedServer): OwnedRedis => {
    const redis =
      opened.get(server.url) ?? opening.adopt(openOwnedRedis(server), (connection) => connection.disconnect());
    opened.set(server.url, redis);
    return redis;
  };
  return {
    gateway: connect(servers.gateway),
    audit: connect(servers.audit),
    relay: connect(servers.relay),
    webhooks: connect(servers.webhooks),
    upkeep: connect(servers.upkeep),
  };
};

/** Takes the Redis for this database, unless it is another's. @throws {StartupError} */
export const takeRedis = async (redis: OwnedRedis): Promise<void> => {
  try {
    await redis.exists(IDENTITY_KEY);
    await redis.examine();
  } catch (error) {
    throw error instanceof ForeignRedis ? new StartupError(error.message, { cause: error }) : error;
  }
};

/** A database may be restored under a running process, and a Redis emptied and taken by another. */
export const keepExamining = (redis: OwnedRedis, logger: Logger): AsyncDisposable =>
  repeat(() => redis.examine(), {
    everyMs: EXAMINED_EVERY_MS,
    clock: systemClock,
    onFailure: (error) => logger.debug({ error }, 'Redis could not be examined'),
  });
