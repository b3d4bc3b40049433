import { describe, expect, it } from 'vitest';
import { NOTHING_KNOWN } from '../../events/index.ts';
import { Unavailable } from '../../platform/index.ts';
import { createBatches } from '../batches.ts';
import { ORDER_ID, orderEvents, recordedEvent } from '../testing/memory-events.ts';
import { type MemoryModules, memoryModules } from '../testing/memory-modules.ts';
import { at, customer, follow, nextOf } from '../testing/run.ts';

const DOCUMENT = `subscription ($id: ID!, $after: String) {
  orderStatus(orderId: $id, after: $after) {
    cursor
    order { status revision steps { revision } }
    step { revision status event { type } }
  }
}`;

const { created, reserved, requested, succeeded, confirmed, failed, compensated, cancelled, refunded } = orderEvents();
const neverCharged = { ...failed, data: { ...failed.data, reason: 'ORDER_OVER' } };
const nothingToCompensate = { ...compensated, data: { ...compensated.data, lines: [] } };

const watchOrder = (modules: MemoryModules, after: string | null = null) =>
  follow(modules, { document: DOCUMENT, variables: { id: ORDER_ID, after } });

type Updates = Awaited<ReturnType<typeof watchOrder>>;

const rest = async (stream: Updates): Promise<unknown[]> => {
  const updates = [];
  for await (const { data } of stream) updates.push(data?.['orderStatus']);
  return updates;
};

const cursorOf = (update: unknown): string => String(at(update, 'cursor'));

describe('the subscription orderStatus', () => {
  it('shows the order as it is now, then each later step with the order as it was after it', async () => {
    const modules = memoryModules();
    modules.append(ORDER_ID, created, reserved);
    const stream = await watchOrder(modules);
    expect(await nextOf(stream)).toMatchObject({ order: { status: 'AWAITING_PAYMENT', revision: 2 }, step: null });

    modules.append(ORDER_ID, requested, succeeded, confirmed);
    const updates = await rest(stream);

    expect(updates.map((update) => at(update, 'step'))).toEqual([
      { revision: 3, status: 'AWAITING_PAYMENT', event: { type: 'PaymentRequested' } },
      { revision: 4, status: 'AWAITING_PAYMENT', event: { type: 'PaymentSucceeded' } },
      { revision: 5, status: 'CONFIRMED', event: { type: 'OrderConfirmed' } },
    ]);
    expect(updates.map((update) => at(update, 'order', 'revision'))).toEqual([3, 4, 5]);
    expect(at(updates, 0, 'order', 'steps')).toHaveLength(3);
  });

  it('completes after the snapshot of a final order', async () => {
    const modules = memoryModules();
    modules.append(ORDER_ID, created, reserved, requested, succeeded, confirmed);
    expect(await rest(await watchOrder(modules))).toMatchObject([{ order: { status: 'CONFIRMED' }, step: null }]);
    expect(modules.changes.watching()).toBe(0);
  });

  it('goes on behind a cursor, with the steps that were missed', async () => {
    const modules = memoryModules();
    modules.append(ORDER_ID, created);
    const stream = await watchOrder(modules);
    const cursor = cursorOf(await nextOf(stream));
    await stream.return(undefined);
    modules.append(ORDER_ID, reserved, requested, failed, compensated);

    const updates = await rest(await watchOrder(modules, cursor));

    expect(updates.map((update) => [at(update, 'step', 'revision'), at(update, 'step', 'status')])).toEqual([
      [2, 'AWAITING_PAYMENT'],
      [3, 'AWAITING_PAYMENT'],
      [4, 'COMPENSATING'],
      [5, 'CANCELLED'],
    ]);
    expect(await rest(await watchOrder(modules, cursorOf(updates[3])))).toEqual([]);
    expect(await rest(await watchOrder(modules, cursorOf(updates[2])))).toEqual([updates[3]]);
  });

  it('completes only when its charge has an outcome and its money is given back', async () => {
    const modules = memoryModules();
    modules.append(ORDER_ID, created, reserved, requested, cancelled, compensated);
    const stream = await watchOrder(modules);
    const first = await nextOf(stream);
    expect(first).toMatchObject({ order: { status: 'CANCELLED' } });
    await stream.return(undefined);

    modules.append(ORDER_ID, succeeded, refunded);
    const updates = await rest(await watchOrder(modules, cursorOf(first)));

    expect(updates.map((update) => [at(update, 'step', 'event', 'type'), at(update, 'step', 'status')])).toEqual([
      ['PaymentSucceeded', 'CANCELLED'],
      ['PaymentRefunded', 'CANCELLED'],
    ]);
  });

  it('gives whoever comes back what came after its end', async () => {
    const modules = memoryModules();
    modules.append(ORDER_ID, created, requested, cancelled, neverCharged, nothingToCompensate);
    const [snapshot] = await rest(await watchOrder(modules));
    modules.append(ORDER_ID, succeeded, refunded);
    const updates = await rest(await watchOrder(modules, cursorOf(snapshot)));
    expect(updates.map((update) => at(update, 'step', 'revision'))).toEqual([6, 7]);
  });

  it('refuses a cursor of another order', async () => {
    const modules = memoryModules();
    modules.append('order_2', orderEvents(null, 'order_2').created);
    modules.append(ORDER_ID, created);
    const other = await follow(modules, { document: DOCUMENT, variables: { id: 'order_2' } });
    const cursor = cursorOf(await nextOf(other));
    await other.return(undefined);
    await expect(watchOrder(modules, cursor)).rejects.toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
    await expect(watchOrder(modules, 'x')).rejects.toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
  });

  it('waits for an order that only the write side knows yet, and covers earlier steps in its snapshot', async () => {
    const { envelope } = recordedEvent(ORDER_ID, created, 1);
    const fact = { eventId: envelope.eventId, occurredAt: envelope.occurredAt, data: created.data };
    const times = { createdAt: envelope.occurredAt, updatedAt: envelope.occurredAt };
    const order = async () => ({ id: ORDER_ID, facts: { ...NOTHING_KNOWN, created: fact }, version: 1, ...times });
    const modules = memoryModules({ write: { order } });
    const stream = await watchOrder(modules);
    const first = nextOf(stream);
    modules.append(ORDER_ID, reserved);
    modules.append(ORDER_ID, created);
    expect(await first).toMatchObject({ order: { status: 'AWAITING_PAYMENT', revision: 2 }, step: null });
    await stream.return(undefined);
  });

  it.each([
    ['unknown', ORDER_ID],
    ['no id of an order', 'cart_1'],
    ["another customer's", 'order_theirs'],
  ])('answers NOT_FOUND when the order is %s', async (_what, id) => {
    const modules = memoryModules();
    modules.append('order_theirs', orderEvents('customer-2', 'order_theirs').created);
    const subscription = follow(modules, { document: DOCUMENT, variables: { id }, viewer: customer('customer-1') });
    await expect(subscription).rejects.toMatchObject({ extensions: { code: 'NOT_FOUND' } });
    expect(modules.changes.watching()).toBe(0);
  });

  it('reads the events once for all who watch the order', async () => {
    const modules = memoryModules();
    modules.append(ORDER_ID, created);
    const asked: (readonly string[])[] = [];
    const histories = (ids: readonly string[]) => {
      asked.push(ids);
      return modules.audit.histories(ids);
    };
    const batches = createBatches(modules.read, { ...modules.audit, histories });
    const operation = { document: DOCUMENT, variables: { id: ORDER_ID }, batches };
    const streams = await Promise.all([follow(modules, operation), follow(modules, operation)]);
    await Promise.all(streams.map(nextOf));
    asked.length = 0;
    const updates = Promise.all(streams.map(nextOf));
    modules.append(ORDER_ID, reserved);
    expect(await updates).toMatchObject([{ step: { revision: 2 } }, { step: { revision: 2 } }]);
    expect(asked).toEqual([[ORDER_ID]]);
    for (const stream of streams) await stream.return(undefined);
  });

  it('goes on when the database was away for a while', async () => {
    const modules = memoryModules();
    modules.append(ORDER_ID, created);
    let failures = 0;
    const { histories } = modules.audit;
    const audit = {
      ...modules.audit,
      histories: async (ids: readonly string[]) => {
        if (failures === 0) return histories(ids);
        failures -= 1;
        throw new Unavailable('away');
      },
    };
    const stream = await follow({ ...modules, audit }, { document: DOCUMENT, variables: { id: ORDER_ID } });
    await nextOf(stream);
    failures = 2;
    modules.append(ORDER_ID, reserved);
    expect(await nextOf(stream)).toMatchObject({ step: { revision: 2 } });
    await stream.return(undefined);
    expect(modules.changes.watching()).toBe(0);
  });
});
