import { randomUUID } from 'node:crypto';
import type { Db } from '../database/index.ts';
import { type Clock, SIGNALS, systemClock } from '../platform/index.ts';
import { Consumer } from './consumer.ts';
import type { Consuming } from './consuming.ts';
import { keepDeadLetter } from './dead-letters.ts';
import { fixedShare } from './fixed-share.ts';
import { LeasedShare, type LeasedShareOptions, leaseTable } from './leases/index.ts';
import type { RedisServer } from './redis.ts';
import { openRedisStreamGroup } from './redis-stream-group.ts';
import type { Share } from './share.ts';

/** By which a member reads its part of the partitions of its streams. */
interface Leasing extends Pick<LeasedShareOptions, 'layout' | 'leaseMs'> {
  /** With what the group handles, so that no other server has to be there for it. */
  readonly leaseDb: Db;
}

export interface ConsumerOptions extends Consuming {
  readonly streams: readonly string[];
  /** Without it, it reads the streams themselves. */
  readonly leasing?: Leasing;
  readonly redisServer: string | RedisServer;
  /** Where dead letters are kept. */
  readonly db: Db;
  /** After how long without a word from Redis the connection counts as dead; longer than a read blocks. */
  readonly silenceTimeoutMs?: number;
  /** By default the system's. */
  readonly clock?: Clock;
}

const shareOf = (options: ConsumerOptions): Share => {
  const { streams, leasing, group, consumer, clock = systemClock, logger } = options;
  if (leasing === undefined) return fixedShare(streams);
  const id = randomUUID();
  const { leaseDb, ...shared } = leasing;
  const table = leaseTable(leaseDb, { group, consumer, id });
  return new LeasedShare({ ...shared, group, id, streams, table, clock, logger });
};

/** A consumer of Redis that keeps its dead letters, and its leases, in PostgreSQL. */
export const startConsumer = (options: ConsumerOptions): Consumer => {
  const { redisServer, db, silenceTimeoutMs } = options;
  return new Consumer({
    clock: systemClock,
    ...options,
    share: shareOf(options),
    entries: openRedisStreamGroup(redisServer, options, silenceTimeoutMs),
    keepDeadLetter: async (letter) => {
      await keepDeadLetter(db, letter);
      SIGNALS.entriesGivenUp.tell({ group: letter.group, entries: 1 });
    },
  });
};
