import pg from 'pg';
import { byDeadline, deadlineIn, ignored } from '../platform/index.ts';
import { breakOff, type Lineage } from './lineage.ts';
import { runnerOn } from './send.ts';
import { OWN_SESSION, type SessionOptions, sessionOptions } from './session.ts';
import { type Runner, statement } from './statement.ts';

/** A session that is to be one's own is shared with others. */
export class SharedSession extends Error {
  override readonly name = 'SharedSession';
}

const FIND = statement<{ readonly own: string | null }>(`select current_setting('${OWN_SESSION}', true) as own`);

/**
 * A pooler that hands out a session by the transaction takes none of the settings with which a session is opened. Locks that are held by
 * the session would be held by whoever has it next: two would lead. @throws {SharedSession}
 */
export const assertOwn = async (runner: Runner, name: string): Promise<void> => {
  const [found] = await FIND(runner);
  if (found?.own !== 'own')
    throw new SharedSession(
      `The session of panier ${name} is not its own: a pooler stands between. ` +
        'DATABASE_URL, DATABASE_URL_RELAY and DATABASE_URL_OWNER have to lead to PostgreSQL itself; the others may lead to the pooler.',
    );
};

/** How long a server has to close a session that is left. */
const GOODBYE_MS = 500;

/** A server that is frozen, or gone without a word, closes nothing: whoever left would wait for it as long as the system does. */
const leave = async (client: pg.Client): Promise<void> => {
  const closed = client.end().catch(() => {});
  await byDeadline(closed, deadlineIn(GOODBYE_MS)).catch(() => breakOff(client));
};

/** A session of its own: for locks that are held as long as it lasts. */
export interface DedicatedSession extends Runner, AsyncDisposable {
  /** The same session, for what may go unanswered so much longer. */
  readonly waiting: (unansweredMs: number) => Runner;
}

/**
 * `unansweredMs`: after how long without an answer a query has failed; the connection may be half open.
 * @throws {SharedSession} where a pooler stands between
 */
export const openDedicatedSession = async (
  options: SessionOptions & { readonly unansweredMs?: number; readonly lineage?: Lineage },
): Promise<DedicatedSession> => {
  const { unansweredMs = 0, lineage } = options;
  const client = new pg.Client({ ...sessionOptions(options), query_timeout: unansweredMs, pipeline: true });
  const end = (): Promise<void> => leave(client);
  // The next query reports the loss; unheard, the event would end the process.
  client.on('error', ignored);
  try {
    await client.connect();
    await assertOwn(runnerOn(client), options.name);
    await lineage?.admit(client);
  } catch (error) {
    await end();
    throw error;
  }
  const waiting: DedicatedSession['waiting'] = (longerMs) => runnerOn(client, longerMs);
  return { ...runnerOn(client), waiting, [Symbol.asyncDispose]: end };
};

const TRY_LOCK = statement<{ readonly taken: boolean }>('select pg_try_advisory_lock($1, $2) as taken');

/** Whether the session has the advisory lock now; it keeps it until it ends. */
export const tryLock = async (session: DedicatedSession, lockClass: number, key: number): Promise<boolean> =>
  (await TRY_LOCK(session, [lockClass, key]))[0]?.taken === true;
