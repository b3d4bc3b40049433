import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startProxy } from '../../test/support/tcp-proxy.ts';
import { newId } from '../events/index.ts';
import { GroupCommit } from './group-commit.ts';
import { cartIds, type JournalAtWork, journalAtWork, journaled, outboxOf, unitOn } from './journal.fixture.ts';
import type { AppendOutcome, Task } from './unit.ts';

let atWork: JournalAtWork;
let commits = 0;
let journal: GroupCommit;
const other = () => new GroupCommit(atWork.open().pool, 'write');

beforeAll(async () => {
  atWork = await journalAtWork();
  journal = new GroupCommit(atWork.database.pool, 'write', () => {
    commits += 1;
  });
});
afterAll(() => atWork[Symbol.asyncDispose]());

const typesOf = (outcomes: readonly AppendOutcome[]) => outcomes.map(({ type }) => type);
const sequencesOf = async (cartId: string) => (await journaled(atWork, cartId)).map(({ sequence }) => sequence);
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

/** Appends to a cart until so many events of ours stand there, as somebody who loads again when overtaken. */
const appendTo = async (to: GroupCommit, cartId: string, count: number): Promise<readonly string[]> => {
  const written: string[] = [];
  for (let expected = 0; written.length < count; ) {
    const unit = unitOn(cartId, expected);
    const outcome = await to.append(unit);
    if (outcome.type === 'Appended') written.push(...unit.entries.map(({ envelope }) => envelope.eventId));
    expected = outcome.type === 'Appended' ? expected + 1 : (await sequencesOf(cartId)).length;
  }
  return written;
};

describe('appending', () => {
  it('writes many units that come together in few commits', async () => {
    const [before, queued] = [commits, await outboxOf(atWork)];
    const carts = cartIds(500);
    const outcomes = await Promise.all(carts.map((id) => journal.append(unitOn(id, 0, { count: 2 }))));
    expect(new Set(typesOf(outcomes))).toEqual(new Set(['Appended']));
    expect(commits - before).toBeLessThanOrEqual(4);
    expect(await outboxOf(atWork)).toBe(queued + 1_000);
    expect(await sequencesOf(carts[499] ?? '')).toEqual([1, 2]);
  });

  it('dates its events by the clock of the database', async () => {
    const [cart = ''] = cartIds(1);
    const outcome = await journal.append(unitOn(cart, 0, { count: 2 }));
    const [first, second] = await journaled(atWork, cart);
    expect(outcome).toEqual({ type: 'Appended', occurredAt: first?.occurred_at.toISOString() });
    expect(second?.occurred_at).toEqual(first?.occurred_at);
  });

  it('gives higher positions to later versions', async () => {
    const [cart = ''] = cartIds(1);
    await journal.append(unitOn(cart, 0, { count: 100 }));
    const positions = (await journaled(atWork, cart)).map(({ position }) => Number(position));
    expect(positions).toEqual(positions.toSorted((one, next) => one - next));
  });

  it.each([
    ['behind', 0],
    ['ahead', 5],
  ])('refuses a unit that is %s, and not its neighbours', async (_, expected) => {
    const [moved = '', ...carts] = cartIds(50);
    await journal.append(unitOn(moved, 0, { count: 3 }));
    const before = commits;
    const all = [unitOn(moved, expected, { count: 2 }), ...carts.map((id) => unitOn(id, 0))];
    const [refused, ...others] = await Promise.all(all.map((unit) => journal.append(unit)));
    expect(refused).toEqual({ type: 'Overtaken' });
    expect(new Set(typesOf(others))).toEqual(new Set(['Appended']));
    expect(await sequencesOf(moved)).toEqual([1, 2, 3]);
    expect(commits - before).toBeLessThanOrEqual(3);
  });

  it('lets one of two units pass that want the same place at once', async () => {
    const [contested = '', ...carts] = cartIds(20);
    const all = [contested, ...carts, contested].map((id) => unitOn(id, 0));
    const outcomes = typesOf(await Promise.all(all.map((unit) => journal.append(unit))));
    expect(outcomes.filter((type) => type === 'Overtaken')).toHaveLength(1);
    expect(outcomes.filter((type) => type === 'Appended')).toHaveLength(20);
    expect(await sequencesOf(contested)).toEqual([1]);
  });

  it('refuses a unit that PostgreSQL cannot keep, and not its neighbours', async () => {
    const [poisoned = '', ...carts] = cartIds(10);
    const poison = unitOn(poisoned, 0, { idempotency: { key: 'a\0b', requestHash: '', result: {} } });
    const all = [poison, ...carts.map((id) => unitOn(id, 0))];
    const outcomes = await Promise.allSettled(all.map((unit) => journal.append(unit)));
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', ...carts.map(() => 'fulfilled')]);
  });

  it('checks every aggregate that a unit names', async () => {
    const [cart = '', known = ''] = cartIds(2);
    await journal.append(unitOn(known, 0));
    const unit = unitOn(cart, 0);
    const heads = [...unit.heads, { aggregateId: known, expectedSequence: 0 }];
    expect(await journal.append({ ...unit, heads })).toEqual({ type: 'Overtaken' });
    expect(await sequencesOf(cart)).toEqual([]);
  });
});

describe('an idempotency key', () => {
  const keyed = (cartId: string, key: string, requestHash = 'hash') =>
    unitOn(cartId, 0, { idempotency: { key, requestHash, result: { made: cartId } } });

  it('is taken once, and answers with what was stored for it', async () => {
    const [one = '', two = ''] = cartIds(2);
    const key = newId('Event');
    expect((await journal.append(keyed(one, key))).type).toBe('Appended');
    const repeated = { type: 'Repeated', requestHash: 'hash', result: { made: one } };
    expect(await journal.append(keyed(two, key))).toEqual(repeated);
    expect(await journal.append(keyed(two, key, 'another'))).toEqual(repeated);
    expect(await sequencesOf(two)).toEqual([]);
  });

  it('is taken once by many at once, in two processes', async () => {
    const key = newId('Event');
    const carts = cartIds(20);
    const journals = [journal, other()];
    const outcomes = await Promise.all(carts.map((id, nth) => journals[nth % 2]?.append(keyed(id, key))));
    expect(outcomes.filter((outcome) => outcome?.type === 'Appended')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome?.type === 'Repeated')).toHaveLength(19);
    const sequences = await Promise.all(carts.map(sequencesOf));
    expect(sequences.flat()).toEqual([1]);
  });
});

describe('two processes', () => {
  it('that race for the same aggregates leave no gap, lose nothing and double nothing', async () => {
    const carts = cartIds(6);
    const journals = [journal, other()];
    const written = await Promise.all(
      carts.map((id) => Promise.all(journals.flatMap((to) => [appendTo(to, id, 8), appendTo(to, id, 8)]))),
    );
    for (const [nth, id] of carts.entries()) {
      const events = await journaled(atWork, id);
      expect(events.map(({ sequence }) => sequence)).toEqual(upTo(32));
      expect(new Set(events.map(({ event_id }) => event_id))).toEqual(new Set(written[nth]?.flat()));
    }
  });
});

describe('a connection that is cut', () => {
  it('between the commit and its answer loses nothing and doubles nothing', async () => {
    await using proxy = await startProxy(atWork.url);
    const { pool } = atWork.open(proxy.url);
    const cut = new GroupCommit(pool, 'write');
    const [cart = ''] = cartIds(1);
    await pool.query('select');
    proxy.loseNextAnswer();
    expect((await cut.append(unitOn(cart, 0, { count: 2 }))).type).toBe('Appended');
    expect(proxy.answersLost()).toBe(1);
    expect(await sequencesOf(cart)).toEqual([1, 2]);
  });

  it('between the commit of a keyed unit and its answer shows the stored result', async () => {
    await using proxy = await startProxy(atWork.url);
    const { pool } = atWork.open(proxy.url);
    const idempotency = { key: newId('Event'), requestHash: 'hash', result: { made: 1 } };
    const [cart = ''] = cartIds(1);
    await pool.query('select');
    proxy.loseNextAnswer();
    const outcome = await new GroupCommit(pool, 'write').append(unitOn(cart, 0, { idempotency }));
    expect(outcome).toEqual({ type: 'Repeated', requestHash: 'hash', result: { made: 1 } });
    expect(await sequencesOf(cart)).toEqual([1]);
  });

  it('again and again loses nothing and doubles nothing', async () => {
    await using proxy = await startProxy(atWork.url);
    // A new connection takes three answers: this leaves every one of them some of its own.
    proxy.loseEvery(7);
    const cut = new GroupCommit(atWork.open(proxy.url).pool, 'write');
    const carts = cartIds(10);
    const written = await Promise.all(carts.map((id) => appendTo(cut, id, 12)));
    expect(proxy.answersLost()).toBeGreaterThan(3);
    const events = await Promise.all(carts.map((id) => journaled(atWork, id)));
    expect(events.map((rows) => rows.map(({ event_id }) => event_id))).toEqual(written);
  });

  it('by the server at any moment loses nothing and doubles nothing', async () => {
    const { pool } = atWork.open();
    const cut = new GroupCommit(pool, 'write');
    const carts = cartIds(10);
    let isDone = false;
    const appending = Promise.all(carts.map((id) => appendTo(cut, id, 40))).finally(() => {
      isDone = true;
    });
    let killed = 0;
    while (!isDone && killed < 10) {
      const { rows } = await sql`
        select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and query like '%with unit%' and pid <> pg_backend_pid()
          and state = 'active'`.execute(atWork.database.db);
      killed += rows.length;
    }
    const written = await appending;
    expect(killed).toBeGreaterThan(0);
    const events = await Promise.all(carts.map((id) => journaled(atWork, id)));
    expect(events.map((rows) => rows.map(({ event_id }) => event_id))).toEqual(written);
  });
});

describe('the tasks of a unit', () => {
  const tasksOf = (orderId: string) =>
    atWork.database.db
      .selectFrom('write.task')
      .select([
        'kind',
        'attempts',
        'payload',
        sql<number>`round(extract(epoch from due_at - now()))::float`.as('inSeconds'),
      ])
      .where('order_id', '=', orderId)
      .orderBy('kind')
      .execute();
  const task = (orderId: string, kind: string, given: Partial<Task> = {}): Task => ({
    kind,
    orderId,
    due: { afterMs: 60_000 },
    payload: {},
    ...given,
  });

  it('are scheduled and taken off with it, by the clock of the database', async () => {
    const [cart = ''] = cartIds(1);
    const orderId = newId('Order');
    const at = '2100-01-01T00:00:00.000Z';
    const schedule = [task(orderId, 'charge', { payload: { attempt: 1 } }), task(orderId, 'expire', { due: { at } })];
    await journal.append(unitOn(cart, 0, { schedule }));
    const [charge, expire] = await tasksOf(orderId);
    expect(charge).toEqual({ kind: 'charge', attempts: 0, payload: { attempt: 1 }, inSeconds: 60 });
    expect(expire?.inSeconds).toBeGreaterThan(2_000_000_000);
    await journal.append(unitOn(cart, 1, { unschedule: [{ orderId, kind: 'expire' }] }));
    expect((await tasksOf(orderId)).map(({ kind }) => kind)).toEqual(['charge']);
  });

  it('are left alone when the unit is refused', async () => {
    const [cart = ''] = cartIds(1);
    const orderId = newId('Order');
    await journal.append(unitOn(cart, 0, { schedule: [task(orderId, 'charge')] }));
    const unit = { schedule: [task(orderId, 'refund')], unschedule: [{ orderId, kind: 'charge' }] };
    expect((await journal.append(unitOn(cart, 0, unit))).type).toBe('Overtaken');
    expect((await tasksOf(orderId)).map(({ kind }) => kind)).toEqual(['charge']);
  });

  it('start anew when they are scheduled again', async () => {
    const [cart = ''] = cartIds(1);
    const orderId = newId('Order');
    await journal.append(unitOn(cart, 0, { schedule: [task(orderId, 'charge')] }));
    await atWork.database.db.updateTable('write.task').set({ attempts: 5 }).where('order_id', '=', orderId).execute();
    await journal.append(unitOn(cart, 1, { schedule: [task(orderId, 'charge', { due: { afterMs: 0 } })] }));
    expect(await tasksOf(orderId)).toEqual([{ kind: 'charge', attempts: 0, payload: {}, inSeconds: 0 }]);
  });
});

describe('the journal', () => {
  it.each(['update write.journal set type = type', 'delete from write.journal', 'truncate write.journal'])(
    'refuses to %s',
    async (statement) => {
      await expect(sql.raw(statement).execute(atWork.database.db)).rejects.toMatchObject({ code: '42501' });
    },
  );
});
