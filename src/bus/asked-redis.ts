import type { ConnectionOptions } from 'node:tls';
import { Redis } from 'ioredis';
import { guarded, guardSocket, ignored, type ServerAddress } from '../platform/index.ts';

/** Who does not answer in this time is passed over. */
const ANSWER_MS = 1_000;

/** How servers are spoken with that are asked, again and again, where others are: each answers soon, or not at all. */
export const askedSettings = (reconnectMs: number) => ({
  connectTimeout: ANSWER_MS,
  commandTimeout: ANSWER_MS,
  // The command's limit ends its wait alone: a half-open connection would be used again by the next one.
  socketTimeout: ANSWER_MS,
  disconnectTimeout: 0,
  disableClientInfo: true,
  enableReadyCheck: false,
  autoResendUnfulfilledCommands: false,
  maxRetriesPerRequest: 0,
  retryStrategy: () => reconnectMs,
});

type AskedOptions = ReturnType<typeof askedSettings> &
  ServerAddress & { readonly username?: string; readonly password?: string; readonly tls?: ConnectionOptions };

/** A connection to such a server; `onTrouble` hears what ails it. */
export const openAsked = (options: AskedOptions, onTrouble: (error: Error) => void): Redis => {
  const redis = new Redis(options);
  redis.on('error', guarded(onTrouble, ignored));
  redis.on(
    'connect',
    guarded(() => guardSocket(redis.stream), ignored),
  );
  return redis;
};

/** Why it did not answer: a command only says that it was given up; the connection says why. */
export const reasonOf = (error: unknown, trouble: string): string => {
  if (!(error instanceof Error)) return trouble;
  return /max retries|timed out/.test(error.message) ? trouble : error.message;
};
