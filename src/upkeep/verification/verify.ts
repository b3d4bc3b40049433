import type { Redis } from 'ioredis';
import { sql } from 'kysely';
import { type Database, letTakeLong } from '../../database/index.ts';
import { DATABASE_HOMES, type DatabaseHome } from '../../platform/index.ts';
import { READ_MODELS } from '../../read/index.ts';
import type { Check, Inspected } from './check.ts';
import { CHECKS } from './checks.ts';
import { SIMULATED_CHECKS } from './money.ts';
import { READ_MODEL_CHECK } from './read-models.ts';
import { type RunOptions, runChecks, type Verdict } from './run-checks.ts';

/** The checks' own session, and what a rebuild needs. */
export const VERIFY_CONNECTIONS = 3 + READ_MODELS.length;

export interface Chosen {
  /** Whether the longest check is made: the read models, folded anew. */
  readonly fold: boolean;
  /** Whether the payment provider is the simulated one, whose ledger stands in the database. */
  readonly isSimulated: boolean;
}

/** The checks that are made, in their order. */
export const chosenChecks = ({ fold, isSimulated }: Chosen): readonly Check[] => {
  const leftOut = [...(fold ? [] : [READ_MODEL_CHECK]), ...(isSimulated ? [] : SIMULATED_CHECKS)];
  return CHECKS.filter((check) => !leftOut.includes(check));
};

export interface VerifyOptions extends Omit<RunOptions, 'inspected'> {
  /** Of the owner, {@link VERIFY_CONNECTIONS} of them, for statements that read whole tables. */
  readonly at: (home: DatabaseHome) => Database;
  readonly redis: Redis;
  readonly groups: ReadonlyMap<string, readonly string[]>;
  readonly graceSeconds: number;
}

type Sessions = Inspected['sessions'];

/** A session of each database, in which nothing can be changed. */
const inSessions = async <T>(
  databases: readonly Database[],
  run: (sessions: ReadonlyMap<Database, Sessions['audit']>) => Promise<T>,
  opened: ReadonlyMap<Database, Sessions['audit']> = new Map(),
): Promise<T> => {
  const [next, ...others] = databases;
  if (next === undefined) return run(opened);
  return next.db.connection().execute(async (session) => {
    await letTakeLong(session);
    await sql`set default_transaction_read_only = on`.execute(session);
    return inSessions(others, run, new Map([...opened, [next, session]]));
  });
};

/** Makes the checks in sessions in which nothing can be changed. @throws the signal's reason */
export const verify = ({ at, redis, groups, graceSeconds, ...run }: VerifyOptions): Promise<readonly Verdict[]> =>
  inSessions([...new Set(DATABASE_HOMES.map(at))], (opened) => {
    const sessionAt = (home: DatabaseHome): Sessions['audit'] => opened.get(at(home)) ?? at(home).db;
    const sessions: Sessions = {
      shared: sessionAt('shared'),
      write: sessionAt('write'),
      saga: sessionAt('saga'),
      audit: sessionAt('audit'),
    };
    return runChecks({ ...run, inspected: { sessions, db: at('audit').db, redis, groups, graceSeconds } });
  });
