import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cartIds, type JournalAtWork, journalAtWork, requestOn } from '../../../harness/support/journal.ts';
import { newId } from '../../events/index.ts';
import type { Task } from './append-request.ts';
import { type GroupCommit, openJournal } from './group-commit.ts';

let atWork: JournalAtWork;
let journal: GroupCommit;
beforeAll(async () => {
  atWork = await journalAtWork();
  journal = openJournal(atWork.database.pool);
});
afterAll(() => atWork[Symbol.asyncDispose]());

/** Due so many seconds after they were written: the requests here append an event with each. */
const tasksOf = (orderId: string) =>
  atWork.database.db
    .selectFrom('write.task')
    .select([
      'kind',
      'attempts',
      'payload',
      sql<number>`extract(epoch from due_at - (select max(occurred_at) from write.journal))::float`.as('inSeconds'),
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

describe('the tasks of a request', () => {
  it('are scheduled and taken off with it, by the clock of the database', async () => {
    const [cart = ''] = cartIds(1);
    const orderId = newId('Order');
    const at = '2100-01-01T00:00:00.000Z';
    const schedule = [task(orderId, 'charge', { payload: { attempt: 1 } }), task(orderId, 'expire', { due: { at } })];
    await journal.append(requestOn(cart, 0, { schedule }));
    const [charge, expire] = await tasksOf(orderId);
    expect(charge).toEqual({ kind: 'charge', attempts: 0, payload: { attempt: 1 }, inSeconds: 60 });
    expect(expire?.inSeconds).toBeGreaterThan(2_000_000_000);
    await journal.append(requestOn(cart, 1, { unschedule: [{ orderId, kind: 'expire' }] }));
    expect((await tasksOf(orderId)).map(({ kind }) => kind)).toEqual(['charge']);
  });

  it('are left alone when the request is refused', async () => {
    const [cart = ''] = cartIds(1);
    const orderId = newId('Order');
    await journal.append(requestOn(cart, 0, { schedule: [task(orderId, 'charge')] }));
    const request = { schedule: [task(orderId, 'refund')], unschedule: [{ orderId, kind: 'charge' }] };
    expect((await journal.append(requestOn(cart, 0, request))).type).toBe('Overtaken');
    expect((await tasksOf(orderId)).map(({ kind }) => kind)).toEqual(['charge']);
  });

  it('start anew when they are scheduled again', async () => {
    const [cart = ''] = cartIds(1);
    const orderId = newId('Order');
    await journal.append(requestOn(cart, 0, { schedule: [task(orderId, 'charge')] }));
    await atWork.database.db.updateTable('write.task').set({ attempts: 5 }).where('order_id', '=', orderId).execute();
    await journal.append(requestOn(cart, 1, { schedule: [task(orderId, 'charge', { due: { afterMs: 0 } })] }));
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
