import type { Redis } from 'ioredis';
import type { JournalName, Lineage } from '../database/index.ts';
import { type Logger, systemClock } from '../platform/index.ts';
import { openPostgresOutbox, type SessionLimits } from './postgres-outbox.ts';
import { redisMarkedStreams } from './redis-marked-streams.ts';
import { Relay } from './relay.ts';
import { type RoutingPorts, WITHOUT_PARTITIONS } from './routing.ts';

export interface RelayStart {
  readonly journal: JournalName;
  readonly databaseUrl: string;
  readonly redis: Redis;
  readonly logger: Logger;
  /** By default there are no partitions. */
  readonly routing?: RoutingPorts;
  readonly limits?: SessionLimits;
  readonly lineage?: Lineage;
  /** Awaited before each session with the database: it may be another one, or an older one, than before. */
  readonly precondition?: () => Promise<void>;
}

/** A relay from PostgreSQL to Redis; its session with the database is its own, the connection to Redis is not. */
export const startRelay = ({
  journal,
  databaseUrl,
  redis,
  logger,
  routing = WITHOUT_PARTITIONS,
  precondition,
  ...session
}: RelayStart): Relay =>
  new Relay({
    journal,
    openOutbox: async () => {
      await precondition?.();
      return openPostgresOutbox(databaseUrl, journal, session);
    },
    streams: redisMarkedStreams(redis, journal),
    routing,
    logger,
    clock: systemClock,
  });
