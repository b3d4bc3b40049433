import { Redis, type RedisOptions } from 'ioredis';
import {
  guarded,
  guardSocket,
  ignored,
  isSentinelUrl,
  type RedisTlsFiles,
  readSentinelUrl,
} from '../platform/index.ts';
import { type OwnedOptions, OwnedRedis } from './owned-redis.ts';
import type { Ownership } from './ownership.ts';
import { MasterConnector } from './sentinel/master-connector.ts';
import type { MasterPlace } from './sentinel/master-place.ts';
import { membersOf } from './sentinel/members.ts';
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
  /** `redis://`, `rediss://`, or the same with `+sentinel` behind it. */
  readonly url: string;
  /** Where the URL asks for TLS; without it, what Node.js trusts in. */
  readonly tls?: RedisTlsFiles | undefined;
  /** Before every key and channel; by default nothing. */
  readonly prefix: string;
  /** Null for a tool that only looks. */
  readonly ownership: Ownership | null;
}

type Timeouts = Pick<RedisOptions, 'commandTimeout' | 'socketTimeout'>;

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

/** The servers behind a URL, each with one of its own; where there are no Sentinels, a single one. */
export const serversBehind = async (
  server: RedisServer,
): Promise<{ readonly master: RedisServer; readonly replicas: readonly RedisServer[] }> => {
  const { place } = targetOf(server).options;
  if (place === undefined) return { master: server, replicas: [] };
  const { master, replicas } = await membersOf(place);
  return { master: { ...server, url: master }, replicas: replicas.map((url) => ({ ...server, url })) };
};

const open = (server: string | RedisServer, timeouts: Timeouts): Redis => {
  const given = asServer(server);
  const { url, options: ofTarget } = targetOf(given);
  const options: OwnedOptions = { ...common, ...timeouts, ...ofTarget, keyPrefix: given.prefix };
  const { ownership } = given;
  return unheard(ownership === null ? new Redis(url, options) : new OwnedRedis(url, options, ownership));
};

/** A connection for commands that answer at once. A command fails, rather than waits, while Redis is away. */
export const openRedis = (server: string | RedisServer, commandTimeoutMs = COMMAND_TIMEOUT_MS): Redis =>
  // The command's limit ends its wait alone: a half-open connection would be used again by the next one.
  open(server, { commandTimeout: commandTimeoutMs, socketTimeout: commandTimeoutMs });

/** As {@link openRedis}, for who also asks whose that Redis is. */
export const openOwnedRedis = (server: RedisServer & { readonly ownership: Ownership }): OwnedRedis => {
  const { url, options } = targetOf(server);
  const timeouts = { commandTimeout: COMMAND_TIMEOUT_MS, socketTimeout: COMMAND_TIMEOUT_MS };
  return unheard(
    new OwnedRedis(url, { ...common, ...timeouts, ...options, keyPrefix: server.prefix }, server.ownership),
  );
};

/** A connection for one reader that blocks. A half-open connection is noticed by its silence. */
export const openBlockingRedis = (server: string | RedisServer, silenceTimeoutMs = SILENCE_TIMEOUT_MS): Redis =>
  open(server, { socketTimeout: silenceTimeoutMs });
