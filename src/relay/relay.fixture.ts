import type { Redis } from 'ioredis';
import { type JournalAtWork, journalAtWork } from '../../harness/support/journal.ts';
import { type TestRedis, testRedis } from '../../harness/support/servers.ts';
import { openRedis } from '../bus/index.ts';
import { decodeEntry, type Recorded, STREAMS } from '../events/index.ts';
import { openLogger } from '../platform/index.ts';
import type { Relay } from './relay.ts';
import { type RelayStart, startRelay } from './start-relay.ts';

export interface RelayAtWork extends JournalAtWork {
  readonly redis: Redis;
  readonly server: TestRedis;
  /** Starts another relay of the write journal. */
  readonly relay: (by?: Partial<Pick<RelayStart, 'databaseUrl' | 'redis' | 'limits' | 'routing' | 'journal'>>) => Relay;
}

export const logger = openLogger('silent');

export const relayAtWork = async (): Promise<RelayAtWork> => {
  await using opening = new AsyncDisposableStack();
  const journal = opening.use(await journalAtWork());
  const server = opening.use(await testRedis());
  const redis = openRedis(server.url);
  opening.defer(() => redis.disconnect());
  const opened = opening.move();
  const relay: RelayAtWork['relay'] = (by) =>
    startRelay({ journal: 'write', databaseUrl: journal.url, redis, logger, ...by });
  return { ...journal, redis, server, relay, [Symbol.asyncDispose]: () => opened.disposeAsync() };
};

/** What stands on the carts' stream, in its order. */
export const published = async ({ redis }: RelayAtWork): Promise<readonly Recorded[]> => {
  const entries = await redis.xrange(STREAMS.carts, '-', '+');
  return entries.map(([, fields]) => decodeEntry(STREAMS.carts, fields));
};
