import type { Redis } from 'ioredis';
import { sql } from 'kysely';
import type { Db } from '../../database/index.ts';
import { READ_MODELS } from '../../read/index.ts';
import type { Check } from './check.ts';
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
  readonly db: Db;
  readonly redis: Redis;
  readonly groups: ReadonlyMap<string, readonly string[]>;
  readonly graceSeconds: number;
}

/** Makes the checks in a session in which nothing can be changed. @throws the signal's reason */
export const verify = ({ db, redis, groups, graceSeconds, ...run }: VerifyOptions): Promise<readonly Verdict[]> =>
  db.connection().execute(async (session) => {
    await sql`set statement_timeout = 0`.execute(session);
    await sql`set default_transaction_read_only = on`.execute(session);
    return runChecks({ ...run, inspected: { session, db, redis, groups, graceSeconds } });
  });
