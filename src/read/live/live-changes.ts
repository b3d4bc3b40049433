import type { Redis } from 'ioredis';
import type { Db } from '../../database/index.ts';
import { backoff, type Logger, sleep } from '../../platform/index.ts';
import { Feed } from './feed.ts';
import { subscribe } from './subscribe.ts';
import { type Topic, type Watch, Watches } from './watches.ts';

/** What changes in the read models and the event store, for whoever is connected to this process. */
export interface LiveChanges extends AsyncDisposable {
  /** Watches from now on: read what is there after this call, not before, and nothing is missed. */
  readonly watch: (topics: readonly Topic[]) => Watch;
}

export interface LiveChangesParts {
  readonly db: Db;
  /** Its settings are taken for a connection of its own. */
  readonly redis: Redis;
  readonly logger: Logger;
  /** How often to look for what no announcement told of. */
  readonly pollMs?: number;
}

const pauseAfterFailure = backoff({ firstMs: 500, maxMs: 5_000 });

/** Returns how many polls in a row have failed. */
const pollOnce = async (feed: Feed, logger: Logger, failures: number): Promise<number> => {
  try {
    await feed.poll();
    return 0;
  } catch (error) {
    feed.loseTrack();
    logger.debug({ error }, 'live changes: the event store cannot be read');
    return failures + 1;
  }
};

/** One subscription and one poll serve all watches. Neither PostgreSQL nor Redis being away ends them. */
export const openLiveChanges = ({ db, redis, logger, pollMs = 500 }: LiveChangesParts): LiveChanges => {
  const watches = new Watches();
  const feed = new Feed(db, watches);
  const stopping = new AbortController();
  const subscription = subscribe(redis, { hear: (part) => feed.hear(part), connected: () => feed.loseTrack() });
  const run = async (): Promise<void> => {
    let failures = 0;
    while (!stopping.signal.aborted) {
      subscription.ping();
      failures = await pollOnce(feed, logger, failures);
      await sleep(failures === 0 ? pollMs : pollMs + pauseAfterFailure(failures), stopping.signal);
    }
  };
  const stopped = run();
  return {
    watch: (topics) => watches.watch(topics),
    [Symbol.asyncDispose]: async () => {
      stopping.abort();
      subscription[Symbol.dispose]();
      await stopped;
      watches.wakeEverybody();
    },
  };
};
