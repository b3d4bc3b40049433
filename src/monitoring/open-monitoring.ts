import type { Redis } from 'ioredis';
import { type GroupState, groupStates, type RedisServerState, redisServerState } from '../bus/index.ts';
import { type Db, type JournalDbs, orUnavailable } from '../database/index.ts';
import { STREAMS } from '../events/index.ts';
import { sharedAnswer, Unavailable } from '../platform/index.ts';
import { outboxStates } from '../relay/index.ts';
import { type Backlog, backlogOf } from './backlog.ts';
import { byStream } from './by-stream.ts';
import { type ConsumerGroup, consumerGroupsOf, type OwnGroup } from './consumer-groups.ts';
import { type DatabaseServer, type DatabaseServerStates, databaseServerStates } from './database-servers.ts';
import { openDeadLetters } from './dead-letter-counts.ts';
import { type RunningProcess, runningProcesses } from './processes.ts';

/**
 * How the machinery stands. However many ask, each is looked at once a second. All throw {@link Unavailable} while what they
 * ask is away.
 */
export interface Monitoring {
  /** Every consumer group of every stream of panier's, and of each of its partitions. */
  readonly consumerGroups: () => Promise<readonly ConsumerGroup[]>;
  /** panier's own, all partitions of a stream taken together; while Redis is away, nothing is known of them but their dead letters. */
  readonly ownGroups: () => Promise<readonly ConsumerGroup[]>;
  readonly backlog: () => Promise<Backlog>;
  /** Those that have told of themselves lately. */
  readonly processes: () => Promise<readonly RunningProcess[]>;
  readonly redisServer: () => Promise<RedisServerState>;
  /** Of those that answer. */
  readonly databaseServers: () => Promise<DatabaseServerStates>;
}

export interface MonitoringParts {
  /** Where what all services share is. */
  readonly db: Db;
  readonly journals: JournalDbs;
  /** Each server of PostgreSQL once. */
  readonly servers: readonly DatabaseServer[];
  readonly redis: Redis;
  /** The groups that panier reads as now. */
  readonly groups: () => readonly OwnGroup[];
}

const KEPT_MS = 1_000;

const unanswered =
  (what: string) =>
  (error: unknown): never => {
    const isRefused = error instanceof Error && error.message.startsWith('NOPERM');
    const why = isRefused
      ? 'Redis does not let the user of the gateway ask: run npm run roles again.'
      : 'Redis is away.';
    throw new Unavailable(`${what} cannot be seen. ${why}`, { cause: error });
  };

/** All of them, also one that panier does not read. */
const streamsOf = (groups: readonly OwnGroup[]): readonly string[] => [
  ...new Set([...Object.values(STREAMS), ...groups.map(({ stream }) => stream)]),
];

const statesOf = (redis: Redis, own: readonly OwnGroup[]): Promise<readonly GroupState[]> =>
  groupStates(redis, streamsOf(own), own);

const nullWhileAway = (error: unknown): null => {
  if (error instanceof Unavailable) return null;
  throw error;
};

export const openMonitoring = ({ db, journals, servers, redis, groups }: MonitoringParts): Monitoring => {
  const states = sharedAnswer(
    () => statesOf(redis, groups()).catch(unanswered('How far the consumer groups are')),
    KEPT_MS,
  );
  const deadLetters = sharedAnswer(() => openDeadLetters(db), KEPT_MS);
  const outboxes = sharedAnswer(() => outboxStates(journals), KEPT_MS);
  return {
    consumerGroups: orUnavailable(async () => {
      const [seen, counts] = await Promise.all([states(), deadLetters()]);
      return consumerGroupsOf(groups(), { states: seen, deadLetters: counts });
    }),
    ownGroups: orUnavailable(async () => {
      const [seen, counts] = await Promise.all([states().catch(nullWhileAway), deadLetters()]);
      const all = consumerGroupsOf(groups(), { states: seen ?? [], deadLetters: counts });
      return byStream(all.filter(({ role }) => role !== null));
    }),
    backlog: orUnavailable(async () => {
      const [waiting, seen] = await Promise.all([outboxes(), states().catch(nullWhileAway)]);
      return backlogOf(waiting, seen && consumerGroupsOf(groups(), { states: seen, deadLetters: [] }));
    }),
    processes: orUnavailable(sharedAnswer(() => runningProcesses(db), KEPT_MS)),
    redisServer: sharedAnswer(() => redisServerState(redis).catch(unanswered('How Redis is')), KEPT_MS),
    databaseServers: orUnavailable(sharedAnswer(databaseServerStates(servers), KEPT_MS)),
  };
};
