import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  appendUntil,
  cartIds,
  type JournalAtWork,
  journalAtWork,
  journaled,
  requestOn,
} from '../../../harness/support/journal.ts';
import { startProxy } from '../../../harness/support/tcp-proxy.ts';
import { newId } from '../../events/index.ts';
import { openJournal } from './group-commit.ts';

let atWork: JournalAtWork;
beforeAll(async () => {
  atWork = await journalAtWork();
});
afterAll(() => atWork[Symbol.asyncDispose]());

const sequencesOf = async (cartId: string) => (await journaled(atWork, cartId)).map(({ sequence }) => sequence);

/** Ends the sessions that append, up to ten times, while this is under way; how many it ended. */
const killAppends = async (appending: Promise<unknown>): Promise<number> => {
  const over = new AbortController();
  const noteEnd = (): void => over.abort();
  void appending.then(noteEnd, noteEnd);
  let killed = 0;
  while (killed < 10 && !over.signal.aborted) {
    const { rows } = await sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and query like '%with unit (nth%' and pid <> pg_backend_pid()
        and state = 'active'`.execute(atWork.database.db);
    killed += rows.length;
  }
  return killed;
};

describe('a connection that is cut', () => {
  it('between the commit and its answer loses nothing and doubles nothing', async () => {
    await using proxy = await startProxy(atWork.url);
    const { pool } = atWork.open(proxy.url);
    const cut = openJournal(pool);
    const [cart = ''] = cartIds(1);
    await pool.query('select');
    proxy.loseNextAnswer();
    expect((await cut.append(requestOn(cart, 0, { count: 2 }))).type).toBe('Appended');
    expect(proxy.answersLost()).toBe(1);
    expect(await sequencesOf(cart)).toEqual([1, 2]);
  });

  it('between the commit of a keyed request and its answer shows the stored result', async () => {
    await using proxy = await startProxy(atWork.url);
    const { pool } = atWork.open(proxy.url);
    const idempotency = { key: newId('Event'), requestHash: 'hash', result: { made: 1 } };
    const [cart = ''] = cartIds(1);
    await pool.query('select');
    proxy.loseNextAnswer();
    const outcome = await openJournal(pool).append(requestOn(cart, 0, { idempotency }));
    expect(outcome).toEqual({ type: 'Repeated', requestHash: 'hash', result: { made: 1 } });
    expect(await sequencesOf(cart)).toEqual([1]);
  });

  it('again and again loses nothing and doubles nothing', async () => {
    await using proxy = await startProxy(atWork.url);
    // A new connection takes three answers: this leaves every one of them some of its own.
    proxy.loseEvery(7);
    const cut = openJournal(atWork.open(proxy.url).pool);
    const carts = cartIds(10);
    const written = await Promise.all(carts.map((cartId) => appendUntil(atWork, cut, { cartId, count: 30 })));
    expect(proxy.answersLost()).toBeGreaterThan(3);
    const events = await Promise.all(carts.map((id) => journaled(atWork, id)));
    expect(events.map((rows) => rows.map(({ event_id }) => event_id))).toEqual(written);
  });

  it('by the server at any moment loses nothing and doubles nothing', async () => {
    const cut = openJournal(atWork.open().pool);
    for (let killed = 0; killed < 10; ) {
      const carts = cartIds(10);
      const appending = Promise.all(carts.map((cartId) => appendUntil(atWork, cut, { cartId, count: 40 })));
      killed += await killAppends(appending);
      const written = await appending;
      const events = await Promise.all(carts.map((id) => journaled(atWork, id)));
      expect(events.map((rows) => rows.map(({ event_id }) => event_id))).toEqual(written);
    }
  });
});
