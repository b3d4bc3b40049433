import type pg from 'pg';
import { errorCodeOf } from '../platform/index.ts';
import { runnerOn } from './send.ts';
import type { Runner } from './statement.ts';

/** Takes part in a transaction that somebody else began. */
export interface Tx extends Runner {
  readonly isTransaction: true;
}

/** Leaves an answer to the commit, which is sent without waiting for it. */
export type Defer = (answer: Promise<unknown>) => void;

type Work<T> = (tx: Tx, defer: Defer) => Promise<T>;

/**
 * Runs `work` in a transaction, which its failure undoes. Statements are sent at once, without waiting for the answers to
 * those before them, and take effect in the order in which they were asked for: what does not depend on each other's
 * answers, ask for together; what nothing depends on but the commit, defer. @throws what `work` throws, what a deferred
 * statement failed with, and when it is unknown whether the transaction was committed.
 */
export const runTransaction = async <T>(pool: pg.Pool, work: Work<T>): Promise<T> => {
  const client = await pool.connect();
  try {
    const result = await committed(client, work);
    client.release();
    return result;
  } catch (error) {
    await rollBack(client);
    throw error;
  }
};

/** Source: PostgreSQL, appendix A, `in_failed_sql_transaction`. */
const BEHIND_A_FAILURE = '25P02';

/** Of what comes behind a statement that failed, the database says no more than that: who waits for it alone is to know whether that passes. */
const tellingWhy = (runner: Runner): Runner => {
  let first: unknown = null;
  return {
    executeQuery: async (query) => {
      try {
        return await runner.executeQuery(query);
      } catch (error) {
        first ??= error;
        throw errorCodeOf(error) === BEHIND_A_FAILURE ? first : error;
      }
    },
  };
};

// By name, as all the rest: what the driver sends otherwise, it does not gather.
const BEGIN = { name: 'begin', text: 'begin' };
const COMMIT = { name: 'commit', text: 'commit' };

const committed = async <T>(client: pg.PoolClient, work: Work<T>): Promise<T> => {
  // Sent together with the first statement. It fails only with the connection, and then so does all that follows.
  client.query(BEGIN).catch(() => {});
  const deferred: Promise<unknown>[] = [];
  const failures: Error[] = [];
  const defer: Defer = (answer) => void deferred.push(answer.catch((error: Error) => failures.push(error)));
  const result = await work({ ...tellingWhy(runnerOn(client)), isTransaction: true }, defer);
  // What cannot even be sent has failed by then; the database would know nothing of it, and commit the rest.
  if (deferred.length > 0) await nextTick();
  throwFirst(failures);
  const { command } = await client.query(COMMIT);
  await Promise.all(deferred);
  throwFirst(failures);
  if (command !== 'COMMIT') throw new Error('The transaction was undone, for one of its statements had failed.');
  return result;
};

const throwFirst = ([failure]: readonly Error[]): void => {
  if (failure !== undefined) throw failure;
};

const nextTick = (): Promise<void> => new Promise((resolve) => process.nextTick(resolve));

/** A connection that cannot even be rolled back is not used again. */
const rollBack = async (client: pg.PoolClient): Promise<void> => {
  try {
    await client.query('rollback');
    client.release();
  } catch {
    client.release(true);
  }
};
