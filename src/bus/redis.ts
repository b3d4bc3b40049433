import { Redis, type RedisOptions } from 'ioredis';
import {
  guarded,
  guardSocket,
  ignored,
  isClusterUrl,
  isSentinelUrl,
  type RedisTlsFiles,
  readClusterUrl,
  readSentinelUrl,
} from '../platform/index.ts';
import { nameOf } from './cluster/cluster-map.ts';
import { type ClusterPlace, nodeOptions } from './cluster/cluster-place.ts';
import { ClusterRedis } from './cluster/cluster-redis.ts';
import { NodeConnector } from './cluster/node-connector.ts';
import { nodesOf } from './cluster/nodes-of.ts';
import { OwnedConnection, type OwnedOptions, type OwnedRedis } from './owned-redis.ts';
import type { Ownership } from './ownership.ts';
import { MasterConnector } from './sentinel/master-connector.ts';
import type { MasterPlace } from './sentinel/master-place.ts';
import { type Members, membersOf } from './sentinel/members.ts';
import { tlsOptions } from './tls-options.ts';

const CONNECT_TIMEOUT_MS = 5_000;
const COMMAND_TIMEOUT_MS = 5_000;
const SILENCE_TIMEOUT_MS = 10_000;
const MAX_RECONNECT_DELAY_MS = 1_000;
const DISCONNECT_TIMEOUT_MS = 200;

const common = {
  connectTimeout: CONNECT_TIMEOUT_MS,
  // ioredis keeps the process alive this long after each disconnect, even when the socket has closed at once.
  disconnectTimeout: DISCONNECT_TIMEOUT_MS,
  // A user that may only do what it needs may not say this.
  disableClientInfo: true,
  // A command whose reply was lost is not sent again behind our back: whoever sent it decides.
  autoResendUnfulfilledCommands: false,
  maxRetriesPerRequest: 0,
  retryStrategy: (attempt: number) => Math.min(MAX_RECONNECT_DELAY_MS, 50 * 2 ** Math.min(attempt, 5)),
  // It was the master, and is none any more: connected anew, the name or the Sentinels may lead to whoever is.
  reconnectOnError: ({ message }: Error) => /\b(READONLY|UNBLOCKED)\b/.test(message),
} satisfies Partial<RedisOptions>;

/** A Redis, and which part of it is ours. */
export interface RedisServer {
  /** `redis://`, `rediss://`, or the same with `+sentinel` or `+cluster` behind it. */
  readonly url: string;
  /** Where the URL asks for TLS; without it, what Node.js trusts in. */
  readonly tls?: RedisTlsFiles | undefined;
  /** Before every key and channel; by default nothing. */
  readonly prefix: string;
  /** Null for a tool that only looks. */
  readonly ownership: Ownership | null;
}

type Timeouts = Pick<RedisOptions, 'commandTimeout' | 'socketTimeout' | 'lazyConnect'>;

/** A URL alone is for who knows that it leads to the right one. */
const asServer = (server: string | RedisServer): RedisServer =>
  typeof server === 'string' ? { url: server, prefix: '', ownership: null } : server;

// Commands report their own failure; unheard, the event would end the process.
const unheard = <R extends Redis>(redis: R): R => {
  redis.on('error', ignored);
  redis.on(
    'connect',
    guarded(() => guardSocket(redis.stream), ignored),
  );
  return redis;
};

interface Target {
  /** As the client reads it. */
  readonly url: string;
  readonly options: OwnedOptions & { readonly place?: MasterPlace };
}

/** @throws when a file for TLS cannot be read. */
const targetOf = ({ url, tls: files }: RedisServer): Target => {
  if (!isSentinelUrl(url)) return { url, options: /^rediss:/i.test(url) ? { tls: tlsOptions(files) } : {} };
  const sentinel = readSentinelUrl(url);
  if (!sentinel.ok) throw new Error(`The URL of Redis ${sentinel.error}.`);
  const tls = sentinel.value.isTls ? tlsOptions(files) : undefined;
  const master = { place: { url: sentinel.value, tls }, Connector: MasterConnector };
  return { url: sentinel.value.loginUrl, options: { ...master, ...(tls !== undefined && { tls }) } };
};

/** @throws when a file for TLS cannot be read. */
const clusterOf = ({ url, tls: files }: RedisServer): ClusterPlace | null => {
  if (!isClusterUrl(url)) return null;
  const cluster = readClusterUrl(url);
  if (!cluster.ok) throw new Error(`The URL of Redis ${cluster.error}.`);
  return { url: cluster.value, tls: cluster.value.isTls ? tlsOptions(files) : undefined, tlsFiles: files };
};

const membersBehind = async (server: RedisServer): Promise<Members | null> => {
  const cluster = clusterOf(server);
  if (cluster !== null) return nodesOf(cluster);
  const { place } = targetOf(server).options;
  return place === undefined ? null : membersOf(place);
};

/** The servers behind a URL, each with one of its own; `master` alone where there is one server. */
export const serversBehind = async (
  server: RedisServer,
): Promise<{ readonly master: RedisServer; readonly others: readonly RedisServer[] }> => {
  const members = await membersBehind(server);
  if (members === null) return { master: server, others: [] };
  const { master, replicas } = members;
  return { master: { ...server, url: master }, others: replicas.map((url) => ({ ...server, url })) };
};

const openCluster = (place: ClusterPlace, { prefix, ownership }: RedisServer, timeouts: Timeouts): ClusterRedis => {
  const shared = { ...common, ...timeouts, keyPrefix: prefix };
  const { host: _host, port: _port, ...account } = nodeOptions({ host: '', port: 0 }, place);
  return unheard(
    new ClusterRedis({
      place,
      options: { ...shared, ...account, Connector: NodeConnector, cluster: place },
      ownership,
      openNode: (address, ofNode) => {
        const options: OwnedOptions = { ...shared, ...nodeOptions(address, place), lazyConnect: false };
        if (ownership === null) return unheard(new Redis(options));
        return unheard(new OwnedConnection(`redis://${nameOf(address)}`, options, { ownership, ofNode }));
      },
    }),
  );
};

const open = (server: string | RedisServer, timeouts: Timeouts): Redis => {
  const given = asServer(server);
  const { ownership } = given;
  if (ownership !== null) return openOwned({ ...given, ownership }, timeouts);
  const cluster = clusterOf(given);
  if (cluster !== null) return openCluster(cluster, given, timeouts);
  const { url, options } = targetOf(given);
  const all: OwnedOptions = { ...common, ...timeouts, ...options, keyPrefix: given.prefix };
  return unheard(new Redis(url, all));
};

type Owned = RedisServer & { readonly ownership: Ownership };

const openOwned = (server: Owned, timeouts: Timeouts): OwnedRedis => {
  const cluster = clusterOf(server);
  if (cluster !== null) return openCluster(cluster, server, timeouts);
  const { url, options } = targetOf(server);
  const all: OwnedOptions = { ...common, ...timeouts, ...options, keyPrefix: server.prefix };
  return unheard(new OwnedConnection(url, all, { ownership: server.ownership }));
};

/** A connection for commands that answer at once. A command fails, rather than waits, while Redis is away. */
export const openRedis = (server: string | RedisServer, commandTimeoutMs = COMMAND_TIMEOUT_MS): Redis =>
  // The command's limit ends its wait alone: a half-open connection would be used again by the next one.
  open(server, { commandTimeout: commandTimeoutMs, socketTimeout: commandTimeoutMs });

/** As {@link openRedis}, for who also asks whose that Redis is. */
export const openOwnedRedis = (server: Owned): OwnedRedis =>
  openOwned(server, { commandTimeout: COMMAND_TIMEOUT_MS, socketTimeout: COMMAND_TIMEOUT_MS });

/** A connection for one reader that blocks. A half-open connection is noticed by its silence. */
export const openBlockingRedis = (server: string | RedisServer, silenceTimeoutMs = SILENCE_TIMEOUT_MS): Redis =>
  // What has no key never goes by it: of a cluster, it comes to the nodes alone that it reads from.
  open(server, { socketTimeout: silenceTimeoutMs, lazyConnect: isClusterUrl(asServer(server).url) });
