import pg from 'pg';
import { ignored } from '../platform/index.ts';
import { sessionOptions } from './session.ts';

const LOCK_CLASS = 7_105;
const MAX_INSTANCES = 1_000;

/** This process's number among those that share the database. */
export interface Instance extends AsyncDisposable {
  readonly number: number;
}

/**
 * Takes the lowest number that no running process has: after a crash a process gets its number, and with it its
 * consumers' pending deliveries, back. It is held by a session's advisory lock, so it ends with the process.
 */
export const takeInstanceNumber = async (url: string): Promise<Instance> => {
  const client = new pg.Client(sessionOptions({ url, name: 'instance' }));
  // Should the session be lost, another process may take the same number: consumers of one name only share their work.
  client.on('error', ignored);
  await client.connect();
  for (let number = 1; number <= MAX_INSTANCES; number += 1) {
    const { rows } = await client.query<{ taken: boolean }>('select pg_try_advisory_lock($1, $2) as taken', [
      LOCK_CLASS,
      number,
    ]);
    if (rows[0]?.taken === true) return { number, [Symbol.asyncDispose]: () => client.end() };
  }
  await client.end();
  throw new Error(`More than ${MAX_INSTANCES} processes share this database.`);
};
