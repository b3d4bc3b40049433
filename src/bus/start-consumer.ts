import type { Db } from '../database/index.ts';
import { type Clock, SIGNALS, systemClock } from '../platform/index.ts';
import { Consumer } from './consumer.ts';
import type { Consuming } from './consuming.ts';
import { keepDeadLetter } from './dead-letters.ts';
import { fixedShare } from './fixed-share.ts';
import type { RedisServer } from './redis.ts';
import { openRedisStreamGroup } from './redis-stream-group.ts';

export interface ConsumerOptions extends Consuming {
  readonly streams: readonly string[];
  readonly redisServer: string | RedisServer;
  readonly db: Db;
  /** After how long without a word from Redis the connection counts as dead; longer than a read blocks. */
  readonly silenceTimeoutMs?: number;
  /** By default the system's. */
  readonly clock?: Clock;
}

/** A consumer of Redis that keeps its dead letters in PostgreSQL. */
export const startConsumer = ({
  redisServer,
  db,
  silenceTimeoutMs,
  streams,
  ...consuming
}: ConsumerOptions): Consumer =>
  new Consumer({
    clock: systemClock,
    ...consuming,
    share: fixedShare(streams),
    entries: openRedisStreamGroup(redisServer, consuming, silenceTimeoutMs),
    keepDeadLetter: async (letter) => {
      await keepDeadLetter(db, letter);
      SIGNALS.entriesGivenUp.tell({ group: letter.group, entries: 1 });
    },
  });
