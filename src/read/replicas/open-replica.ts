import {
  areApart,
  type Database,
  type Db,
  databaseIdentity,
  openDatabase,
  standingOf,
  standingOfCopy,
} from '../../database/index.ts';
import { type Clock, type Logger, repeat } from '../../platform/index.ts';
import { headPositions } from '../../projection/index.ts';
import { Progress } from './progress.ts';

/** A copy of the database that is kept up by streaming replication. Disposing closes its connections. */
export interface Replica extends AsyncDisposable {
  readonly database: Database;
  /** Whether it lacks nothing that is older than it may lack. */
  readonly isFresh: () => boolean;
}

export interface ReplicaParts {
  readonly url: string;
  /** Where everything is written. */
  readonly primary: Db;
  readonly maxLagMs: number;
  readonly logger: Logger;
  readonly clock: Clock;
}

const LOOK_EVERY_MS = 100;
const MAX_CONNECTIONS = 10;
/** Short: who is not answered here is still answered in time elsewhere. */
const PATIENCE = { statementMs: 1_500, unansweredMs: 2_000 };

const placeOf = (url: string): string => URL.parse(url)?.host ?? '';

/** @throws for another database, which would answer, and wrongly */
const isCopy = async (replica: Db, primary: Db): Promise<true> => {
  const [copy, own] = await Promise.all([databaseIdentity(replica), databaseIdentity(primary)]);
  if (copy.id === own.id) return true;
  throw new Error('It is no copy of this database: correct PANIER_READ_DATABASE_URLS.');
};

/** Positions say nothing of one that follows a former primary: the primary may have passed them with other events. */
const historyProblem = async (replica: Db, primary: Db): Promise<Error | null> => {
  const [own, copied] = await Promise.all([standingOf(primary), standingOfCopy(replica)]);
  if (!areApart(own, copied)) return null;
  const unless = copied?.isCurrent === true ? '' : ', unless it does and has made no restartpoint since';
  return new Error(
    `It is on timeline ${copied?.timeline}, and PostgreSQL is on ${own?.timeline}: have it follow that one${unless}.`,
  );
};

/** Tells what changes, once. */
const openTelling = ({ url, logger }: ReplicaParts): ((isFresh: boolean, error?: unknown) => void) => {
  const replica = placeOf(url);
  let told: boolean | null = null;
  return (isFresh, error) => {
    if (isFresh === told) return;
    told = isFresh;
    if (isFresh) logger.info({ replica }, 'A replica answers queries');
    else logger.warn({ replica, error }, 'A replica is behind, or away: queries are read without it');
  };
};

/** Looks ten times a second how far the replica is (ADR-075). One that is away is left out, and taken again when it has caught up. */
export const openReplica = (parts: ReplicaParts): Replica => {
  const { url, primary, maxLagMs, clock } = parts;
  const database = openDatabase({ url, name: 'replica', maxConnections: MAX_CONNECTIONS, ...PATIENCE });
  const progress = new Progress();
  const tell = openTelling(parts);
  let isOurs = false;
  let asOfMs = Number.NEGATIVE_INFINITY;
  const isFresh = (): boolean => clock.nowMs() - asOfMs <= maxLagMs;
  const look = async (): Promise<void> => {
    const atMs = clock.nowMs();
    progress.note({ atMs, heads: await headPositions(primary) });
    isOurs ||= await isCopy(database.db, primary);
    const reachedMs = progress.asOfMs(await headPositions(database.db)) ?? asOfMs;
    const problem = await historyProblem(database.db, primary);
    asOfMs = problem === null ? reachedMs : Number.NEGATIVE_INFINITY;
    tell(isFresh(), problem);
  };
  const onFailure = (error: unknown): void => {
    // Whatever answers at that address next may be another one.
    isOurs = false;
    tell(isFresh(), error);
  };
  const looking = repeat(look, { everyMs: LOOK_EVERY_MS, clock, onFailure });
  return {
    database,
    isFresh,
    [Symbol.asyncDispose]: async () => {
      await looking[Symbol.asyncDispose]();
      await database[Symbol.asyncDispose]();
    },
  };
};
