import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../../harness/support/eventually.ts';
import { newId, type Recorded } from '../events/index.ts';
import {
  chargesOf,
  compensated,
  filledCart,
  journalOf,
  keptFor,
  keyed,
  newOrder,
  OPERATOR,
  paidElsewhere,
  reserved,
  shortage,
  tasksOf,
  valueOf,
  type WriteAtWork,
  writeAtWork,
} from './write.fixture.ts';

let atWork: WriteAtWork;
beforeAll(async () => {
  atWork = await writeAtWork();
});
afterAll(() => atWork[Symbol.asyncDispose]());

const receive = (...events: readonly Recorded[]) => atWork.write.handle(events);
const kept = (orderId: string) => keptFor(atWork, orderId);

const isWorkedOff = async (orderId: string) => {
  await using _ = atWork.write.startTasks({ backoffMs: 1, chargeGraceMs: 0 });
  await eventually(async () => expect(await tasksOf(atWork, orderId)).toEqual([]));
};

const cancel = async (orderId: string) => valueOf(await atWork.write.cancelOrder({ orderId, reason: null }, OPERATOR));
const pay = async (orderId: string, paymentMethod: string) =>
  valueOf(await atWork.write.payOrder({ orderId, paymentMethod }, OPERATOR));

/** All that the database of the write side holds, but for the payment methods themselves. */
const everythingElse = async (): Promise<string> => {
  const { db } = atWork.database;
  const tables = ['write.journal', 'write.task', 'write.idempotency', 'write.simulated_charge'] as const;
  const rows = await Promise.all(tables.map((table) => db.selectFrom(table).selectAll().execute()));
  return JSON.stringify(rows, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
};

describe('the reference to the payment method of an order', () => {
  it('is kept from the checkout on until the charge is decided, and stands nowhere else', async () => {
    const cartId = await filledCart(atWork);
    const paying = { cartId, paymentMethod: 'pm_card_visa' };
    const { id } = valueOf(await atWork.write.checkOut(paying, keyed('with a method')));
    await receive(reserved(id));
    expect(await kept(id)).toEqual(['pm_card_visa']);
    expect(await everythingElse()).not.toContain('pm_card_visa');
    await isWorkedOff(id);
    expect(await chargesOf(atWork, id)).toMatchObject([{ outcome: 'succeeded' }]);
    expect(await kept(id)).toEqual([]);
    expect(await everythingElse()).not.toContain('pm_card_visa');
    const kinds = (await journalOf(atWork, id)).map(({ data }) => (data as { method_kind?: string }).method_kind);
    expect(kinds).toEqual(['CARD', undefined, 'CARD', undefined, undefined]);
  });

  it('is kept by payOrder, and forgotten when the charge is declined', async () => {
    const id = await newOrder(atWork, null);
    expect(await kept(id)).toEqual([]);
    await receive(reserved(id));
    await pay(id, 'pm_card_chargeDeclined');
    expect(await kept(id)).toEqual(['pm_card_chargeDeclined']);
    await isWorkedOff(id);
    expect(await kept(id)).toEqual([]);
    expect((await journalOf(atWork, id)).map(({ type }) => type)).toContain('PaymentFailed');
  });

  it.each([
    ['its stock ran out', async (id: string) => receive(shortage(id))],
    ['it was cancelled before its stock was decided', cancel],
    ['it was cancelled, and its stock given back', async (id: string) => (await cancel(id), receive(compensated(id)))],
    ['it was paid elsewhere', async (id: string) => receive(paidElsewhere(id), reserved(id))],
  ])('is forgotten when the order is over before it is charged: %s', async (_, end) => {
    const id = await newOrder(atWork);
    expect(await kept(id)).toEqual(['pm_card_visa']);
    await end(id);
    expect(await kept(id)).toEqual([]);
  });

  it('outlasts the end of the order while nobody knows how the charge went', async () => {
    const id = await newOrder(atWork, 'pm_flaky');
    await receive(reserved(id));
    const { db } = atWork.database;
    // As if a worker had died that may have asked.
    await db.updateTable('write.task').set({ attempts: 1 }).where('order_id', '=', id).execute();
    await cancel(id);
    expect(await kept(id)).toEqual(['pm_flaky']);
    await isWorkedOff(id);
    expect(await chargesOf(atWork, id)).toMatchObject([{ outcome: 'declined', refunded: false }]);
    expect(await kept(id)).toEqual([]);
  });

  it('is not needed to ask for a charge that was made before it was forgotten', async () => {
    const id = await newOrder(atWork);
    await receive(reserved(id));
    await using _ = atWork.write.startTasks({ backoffMs: 1, chargeGraceMs: 0 });
    await eventually(async () => expect(await kept(id)).toEqual([]));
    const charge = { kind: 'charge', order_id: id, due_at: new Date(), attempts: 1 };
    const payload = JSON.stringify({ amount: '21.00', currency: 'EUR', attempt: 1 });
    await atWork.database.db
      .insertInto('write.task')
      .values({ ...charge, payload })
      .execute();
    await eventually(async () => expect(await tasksOf(atWork, id)).toEqual([]));
    expect((await journalOf(atWork, id)).map(({ type }) => type)).toEqual([
      'OrderCreated',
      'StockReserved',
      'PaymentRequested',
      'PaymentSucceeded',
      'OrderConfirmed',
    ]);
  });
});

/** The order as an earlier panier recorded it: the reference in its event, and nowhere else. */
const asBefore = async (): Promise<string> => {
  const { db } = atWork.database;
  const query = db
    .selectFrom('write.journal')
    .selectAll()
    .where('aggregate_id', '=', await newOrder(atWork));
  const { position: _, ...row } = await query.executeTakeFirstOrThrow();
  const id = newId('Order');
  const { method_kind: _kind, ...data } = row.data as Record<string, unknown>;
  const old = JSON.stringify({ ...data, order_id: id, payment_method: 'pm_card_visa' });
  const place = { aggregate_id: id, correlation_id: id, event_id: newId('Event'), schema_version: 1 };
  await db
    .insertInto('write.journal')
    .values({ ...row, ...place, data: old })
    .execute();
  return id;
};

describe('an order of before references left the events', () => {
  it('is charged all the same, and publishes it no more', async () => {
    const id = await asBefore();
    await receive(reserved(id));
    await isWorkedOff(id);
    expect(await chargesOf(atWork, id)).toMatchObject([{ outcome: 'succeeded' }]);
    const [, ...later] = await journalOf(atWork, id);
    expect(later.map(({ type }) => type)).toContain('OrderConfirmed');
    expect(JSON.stringify(later)).not.toContain('pm_card_visa');
  });

  it('is charged by a task that has it', async () => {
    const id = await newOrder(atWork);
    await receive(reserved(id));
    const payload = JSON.stringify({ amount: '21.00', currency: 'EUR', attempt: 1, paymentMethod: 'pm_card_visa' });
    const { db } = atWork.database;
    await db
      .updateTable('write.task')
      .set({ payload })
      .where('order_id', '=', id)
      .where('kind', '=', 'charge')
      .execute();
    await db.deleteFrom('write.payment_method').where('order_id', '=', id).execute();
    await isWorkedOff(id);
    expect(await chargesOf(atWork, id)).toMatchObject([{ outcome: 'succeeded' }]);
  });
});
