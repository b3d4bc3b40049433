import { Redis, type RedisOptions } from 'ioredis';
import { guarded, guardSocket, ignored } from '../platform/index.ts';
import { type OwnedOptions, OwnedRedis } from './owned-redis.ts';
import type { Ownership } from './ownership.ts';

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
} satisfies Partial<RedisOptions>;

/** A Redis, and which part of it is ours. */
export interface RedisServer {
  readonly url: string;
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

const open = (server: string | RedisServer, timeouts: Timeouts): Redis => {
  const { url, prefix, ownership } = asServer(server);
  const options: OwnedOptions = { ...common, ...timeouts, keyPrefix: prefix };
  return unheard(ownership === null ? new Redis(url, options) : new OwnedRedis(url, options, ownership));
};

/** A connection for commands that answer at once. A command fails, rather than waits, while Redis is away. */
export const openRedis = (server: string | RedisServer, commandTimeoutMs = COMMAND_TIMEOUT_MS): Redis =>
  // The command's limit ends its wait alone: a half-open connection would be used again by the next one.
  open(server, { commandTimeout: commandTimeoutMs, socketTimeout: commandTimeoutMs });

/** As {@link openRedis}, for who also asks whose that Redis is. */
export const openOwnedRedis = ({
  url,
  prefix,
  ownership,
}: RedisServer & { readonly ownership: Ownership }): OwnedRedis => {
  const timeouts = { commandTimeout: COMMAND_TIMEOUT_MS, socketTimeout: COMMAND_TIMEOUT_MS };
  return unheard(new OwnedRedis(url, { ...common, ...timeouts, keyPrefix: prefix }, ownership));
};

/** A connection for one reader that blocks. A half-open connection is noticed by its silence. */
export const openBlockingRedis = (server: string | RedisServer, silenceTimeoutMs = SILENCE_TIMEOUT_MS): Redis =>
  open(server, { socketTimeout: silenceTimeoutMs });
