import { Redis, type RedisOptions } from 'ioredis';
import { guarded, guardSocket, ignored } from '../platform/index.ts';

const CONNECT_TIMEOUT_MS = 5_000;
const COMMAND_TIMEOUT_MS = 5_000;
const SILENCE_TIMEOUT_MS = 10_000;
const MAX_RECONNECT_DELAY_MS = 1_000;
const DISCONNECT_TIMEOUT_MS = 200;

const common = {
  connectTimeout: CONNECT_TIMEOUT_MS,
  // ioredis keeps the process alive this long after each disconnect, even when the socket has closed at once.
  disconnectTimeout: DISCONNECT_TIMEOUT_MS,
  // A command whose reply was lost is not sent again behind our back: whoever sent it decides.
  autoResendUnfulfilledCommands: false,
  maxRetriesPerRequest: 0,
  retryStrategy: (attempt: number) => Math.min(MAX_RECONNECT_DELAY_MS, 50 * 2 ** Math.min(attempt, 5)),
} satisfies Partial<RedisOptions>;

const open = (url: string, timeouts: Pick<RedisOptions, 'commandTimeout' | 'socketTimeout'>): Redis => {
  const redis = new Redis(url, { ...common, ...timeouts });
  // Commands report their own failure; unheard, the event would end the process.
  redis.on('error', ignored);
  redis.on(
    'connect',
    guarded(() => guardSocket(redis.stream), ignored),
  );
  return redis;
};

/** A connection for commands that answer at once. A command fails, rather than waits, while Redis is away. */
export const openRedis = (url: string, commandTimeoutMs = COMMAND_TIMEOUT_MS): Redis =>
  // The command's limit ends its wait alone: a half-open connection would be used again by the next one.
  open(url, { commandTimeout: commandTimeoutMs, socketTimeout: commandTimeoutMs });

/** A connection for one reader that blocks. A half-open connection is noticed by its silence. */
export const openBlockingRedis = (url: string, silenceTimeoutMs = SILENCE_TIMEOUT_MS): Redis =>
  open(url, { socketTimeout: silenceTimeoutMs });
