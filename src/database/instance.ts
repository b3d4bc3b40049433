import { openDedicatedSession, tryLock } from './dedicated-session.ts';

const LOCK_CLASS = 7_105;
const MAX_INSTANCES = 1_000;
/** A start that waits at a half-open connection would say nothing, for ever. */
const UNANSWERED_MS = 10_000;

/** This process's number among those that share the database. */
export interface Instance extends AsyncDisposable {
  readonly number: number;
}

/**
 * Takes the lowest number that no running process has: after a crash a process gets its number, and with it its
 * consumers' pending deliveries, back. It is held by a session's advisory lock, so it ends with the process.
 */
export const takeInstanceNumber = async (url: string): Promise<Instance> => {
  // Should the session be lost, another process may take the same number: consumers of one name only share their work.
  const session = await openDedicatedSession({ url, name: 'instance', unansweredMs: UNANSWERED_MS });
  for (let number = 1; number <= MAX_INSTANCES; number += 1)
    if (await tryLock(session, LOCK_CLASS, number))
      return { number, [Symbol.asyncDispose]: session[Symbol.asyncDispose] };
  await session[Symbol.asyncDispose]();
  throw new Error(`More than ${MAX_INSTANCES} processes share this database.`);
};
