import { assertInTime, type Clock, Conflict, type Deadline, NO_DEADLINE, retry } from '../platform/index.ts';
import type { LedgerStore, LedgerWork } from './ledger-store.ts';

const MAX_ATTEMPTS = 10;
/** Serialization failure, deadlock, a key that somebody else was faster to take. Source: PostgreSQL, appendix A. */
const LOST_RACES: readonly unknown[] = ['40001', '40P01', '23505'];

const PAUSES = { firstMs: 5, maxMs: 200 };

const isLostRace = (error: unknown): boolean =>
  error instanceof Conflict || (error instanceof Error && 'code' in error && LOST_RACES.includes(error.code));

export interface Transacting {
  readonly store: Pick<LedgerStore, 'transaction'>;
  readonly clock: Clock;
  /** After it no further attempt is begun. */
  readonly deadline?: Deadline | undefined;
}

/** Runs `work` in a transaction, again from the start when it lost a race. @throws the last error after ten attempts */
export const inTransaction = <T>(
  { store, clock, deadline = NO_DEADLINE }: Transacting,
  work: LedgerWork<T>,
): Promise<T> =>
  retry(() => store.transaction(work), {
    mayPass: isLostRace,
    attempts: MAX_ATTEMPTS,
    pauses: PAUSES,
    clock,
    onFailure: () => assertInTime(deadline, clock),
  });
