import type { Redis } from 'ioredis';
import type { Db } from '../../database/index.ts';
import { keepRunning, type Logger, sleep, systemClock } from '../../platform/index.ts';
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

const PAUSES = { firstMs: 500, maxMs: 5_000 };

/** One subscription and one poll serve all watches. Neither PostgreSQL nor Redis being away ends them. */
export const openLiveChanges = ({ db, redis, logger, pollMs = 500 }: LiveChangesParts): LiveChanges => {
  const watches = new Watches();
  const feed = new Feed(db, watches);
  const stopping = new AbortController();
  const subscription = subscribe(redis, { receive: (part) => feed.receive(part), connected: () => feed.loseTrack() });
  const { signal } = stopping;
  const poll = async (goesWell: () => void): Promise<void> => {
    while (!signal.aborted) {
      subscription.ping();
      await feed.poll();
      goesWell();
      await sleep(pollMs, signal);
    }
  };
  const onFailure = (error: unknown): void => {
    feed.loseTrack();
    logger.debug({ error }, 'live changes: the event store cannot be read');
  };
  const stopped = keepRunning(poll, { signal, pauses: PAUSES, clock: systemClock, onFailure });
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
