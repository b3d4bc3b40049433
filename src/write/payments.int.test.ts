import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../../harness/support/eventually.ts';
import { newId, readOrder } from '../events/index.ts';
import { openLogger, systemClock } from '../platform/index.ts';
import { Aggregates } from './execution/aggregates.ts';
import { Executor } from './execution/executor.ts';
import { openJournal } from './journal/group-commit.ts';
import { loadAggregates } from './journal/load.ts';
import { openWrite } from './open-write.ts';
import { charge } from './order/charges.ts';
import { openKeptReference, postgresMethodStore } from './payment/kept-methods.ts';
import { type PaymentProvider, ProviderUnreachable, type Tell } from './payment/provider.ts';
import { openSimulatedProvider } from './payment/simulated-provider.ts';
import { openStripe } from './payment/stripe/index.ts';
import { claimDueTasks } from './tasks/postgres-task-store.ts';
import type { ClaimedTask } from './tasks/task-store.ts';
import {
  chargesOf,
  compensated,
  journalOf,
  keptFor,
  newOrder,
  OPERATOR,
  ownTypesOf,
  paidElsewhere,
  reserved,
  shortage,
  tasksOf,
  valueOf,
  type WriteAtWork,
  writeAtWork,
  writerOf,
} from './write.fixture.ts';

const LATER = new Date('2100-01-01T00:00:00Z');

let atWork: WriteAtWork;
beforeAll(async () => {
  atWork = await writeAtWork();
});
afterAll(() => atWork[Symbol.asyncDispose]());

const types = (orderId: string) => ownTypesOf(atWork, orderId);
const startTasks = (chargeGraceMs = 0): AsyncDisposable => atWork.write.startTasks({ backoffMs: 1, chargeGraceMs });
const receive = (...events: Parameters<WriteAtWork['write']['handle']>[0]) => atWork.write.handle(events);
const statusNow = async (orderId: string) =>
  readOrder(valueOfOrder(await atWork.write.order(orderId, 'Everything'))).status;
const valueOfOrder = (order: Awaited<ReturnType<WriteAtWork['write']['order']>>) => {
  if (order === null) throw new Error('there is no such order');
  return order.facts;
};

/** Everything that the order has to do has been done. */
const isWorkedOff = async (orderId: string) => {
  await using _ = startTasks();
  await eventually(async () => expect(await tasksOf(atWork, orderId)).toEqual([]));
};

/** The parts of a worker of another process. */
const workerWith = (provider: PaymentProvider) => {
  const { db, pool } = atWork.database;
  const aggregates = new Aggregates((wanted) => loadAggregates(db, wanted), systemClock);
  const executor = new Executor({ aggregates, journal: openJournal(pool), writer: writerOf(3) });
  return { aggregates, executor, provider, keptReference: openKeptReference(postgresMethodStore(db)) };
};

const openProvider = (tell: Tell = async () => {}): PaymentProvider =>
  openSimulatedProvider({ db: atWork.database.db, tell });

const chargeTask = (orderId: string, earlierAttempts: number): ClaimedTask => ({
  orderId,
  kind: 'charge',
  earlierAttempts,
  isJustWritten: false,
  payload: { amount: '21.00', currency: 'EUR', attempt: 1 },
});

describe('an order whose stock is reserved', () => {
  it('is charged, and confirmed', async () => {
    const orderId = await newOrder(atWork);
    await receive(reserved(orderId));
    expect(await types(orderId)).toEqual(['OrderCreated', 'PaymentRequested']);
    expect(await tasksOf(atWork, orderId)).toEqual(['charge', 'expire']);
    await isWorkedOff(orderId);
    expect(await types(orderId)).toEqual(['OrderCreated', 'PaymentRequested', 'PaymentSucceeded', 'OrderConfirmed']);
    expect(await chargesOf(atWork, orderId)).toMatchObject([{ calls: 1, outcome: 'succeeded', amount: '21.00' }]);
    expect(await statusNow(orderId)).toBe('CONFIRMED');
  });

  it('keeps its own versions without a gap, whatever it receives', async () => {
    const orderId = await newOrder(atWork);
    const received = reserved(orderId);
    await receive(received);
    await receive(paidElsewhere(orderId));
    const events = await journalOf(atWork, orderId);
    expect(events.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5]);
    expect(events.map(({ version, heard: isReceived }) => (isReceived ? null : version))).toEqual([
      1,
      null,
      2,
      null,
      3,
    ]);
    expect(events[2]).toMatchObject({ type: 'PaymentRequested', causation_id: received.envelope.eventId });
    expect(events[1]?.occurred_at.toISOString()).toBe(received.envelope.occurredAt);
  });

  it('waits for its customer to pay when it has no payment method', async () => {
    const orderId = await newOrder(atWork, null);
    await receive(reserved(orderId));
    expect(await tasksOf(atWork, orderId)).toEqual(['expire']);
    valueOf(await atWork.write.payOrder({ orderId, paymentMethod: 'pm_card_visa' }, OPERATOR));
    await isWorkedOff(orderId);
    expect(await statusNow(orderId)).toBe('CONFIRMED');
  });

  it('that was paid before is charged as soon as it is', async () => {
    const orderId = await newOrder(atWork, null);
    valueOf(await atWork.write.payOrder({ orderId, paymentMethod: 'pm_card_visa' }, OPERATOR));
    expect(await tasksOf(atWork, orderId)).toEqual([]);
    await receive(reserved(orderId));
    await isWorkedOff(orderId);
    expect(await chargesOf(atWork, orderId)).toMatchObject([{ calls: 1, outcome: 'succeeded' }]);
  });

  it('is given up when its card is declined', async () => {
    const orderId = await newOrder(atWork, 'pm_card_chargeDeclined');
    await receive(reserved(orderId));
    await isWorkedOff(orderId);
    expect(await types(orderId)).toEqual(['OrderCreated', 'PaymentRequested', 'PaymentFailed']);
    expect(await statusNow(orderId)).toBe('COMPENSATING');
    await receive(compensated(orderId));
    expect(await statusNow(orderId)).toBe('CANCELLED');
  });

  it('is charged once by a provider that answers at the third call', async () => {
    const orderId = await newOrder(atWork, 'pm_flaky');
    await receive(reserved(orderId));
    await isWorkedOff(orderId);
    expect(await chargesOf(atWork, orderId)).toMatchObject([{ calls: 3, outcome: 'succeeded' }]);
    expect(await types(orderId)).toEqual(['OrderCreated', 'PaymentRequested', 'PaymentSucceeded', 'OrderConfirmed']);
  });

  it('expires by the clock of the database, and not before', async () => {
    const orderId = await newOrder(atWork, null);
    const received = reserved(orderId, 400);
    await receive(received);
    await isWorkedOff(orderId);
    expect(await types(orderId)).toEqual(['OrderCreated', 'PaymentFailed']);
    const [, , failed] = await journalOf(atWork, orderId);
    expect(failed?.data).toMatchObject({ reason: 'PAYMENT_EXPIRED' });
    if (received.event.type !== 'StockReserved') throw new Error('it was reserved');
    expect(Number(failed?.occurred_at)).toBeGreaterThanOrEqual(Date.parse(received.event.data.expiresAt));
  });

  it('whose charge is under way when its time is up waits for it, and is confirmed', async () => {
    const orderId = await newOrder(atWork);
    await receive(reserved(orderId, 1));
    const provider = openProvider();
    const charged = Promise.withResolvers<void>();
    const answer = Promise.withResolvers<void>();
    const slow: PaymentProvider = {
      ...provider,
      charge: async (request) => {
        charged.resolve();
        await answer.promise;
        return provider.charge(request);
      },
    };
    const { db } = atWork.database;
    await db.updateTable('write.task').set({ due_at: LATER }).where('kind', '=', 'charge').execute();
    const charging = charge(workerWith(slow), chargeTask(orderId, 0));
    await charged.promise;
    await using _ = startTasks(60_000);
    const expiry = db.selectFrom('write.task').select('payload').where('order_id', '=', orderId);
    await eventually(async () => {
      const task = await expiry.where('kind', '=', 'expire').executeTakeFirst();
      expect(task?.payload).toEqual({ inGrace: true });
    });
    expect(await types(orderId)).toEqual(['OrderCreated', 'PaymentRequested']);
    answer.resolve();
    await charging;
    expect(await types(orderId)).toEqual(['OrderCreated', 'PaymentRequested', 'PaymentSucceeded', 'OrderConfirmed']);
    expect(await tasksOf(atWork, orderId)).toEqual([]);
  });

  it('that expires while it is charged is refunded', async () => {
    const orderId = await newOrder(atWork);
    await receive(reserved(orderId, 1));
    const provider = openProvider();
    const charged = Promise.withResolvers<void>();
    const answer = Promise.withResolvers<void>();
    const slow: PaymentProvider = {
      ...provider,
      charge: async (request) => {
        const result = await provider.charge(request);
        charged.resolve();
        await answer.promise;
        return result;
      },
    };
    const charging = charge(workerWith(slow), chargeTask(orderId, 0));
    await charged.promise;
    await using _ = startTasks();
    await eventually(async () => expect(await types(orderId)).toContain('PaymentFailed'));
    answer.resolve();
    await charging;
    await eventually(async () => expect((await types(orderId)).at(-1)).toBe('PaymentRefunded'));
    expect(await chargesOf(atWork, orderId)).toMatchObject([{ outcome: 'succeeded', refunded: true }]);
  });
});

describe('an order that is rejected', () => {
  it('is not charged', async () => {
    const orderId = await newOrder(atWork);
    await receive(shortage(orderId));
    expect(await types(orderId)).toEqual(['OrderCreated', 'OrderRejected']);
    expect(await tasksOf(atWork, orderId)).toEqual([]);
  });
});

describe('an order that is cancelled', () => {
  it('before it is charged is never charged', async () => {
    const orderId = await newOrder(atWork);
    await receive(reserved(orderId));
    valueOf(await atWork.write.cancelOrder({ orderId, reason: null }, OPERATOR));
    await isWorkedOff(orderId);
    expect(await chargesOf(atWork, orderId)).toEqual([]);
    expect(await types(orderId)).toEqual(['OrderCreated', 'PaymentRequested', 'OrderCancelled', 'PaymentFailed']);
    expect((await journalOf(atWork, orderId)).at(-1)?.data).toMatchObject({ reason: 'ORDER_OVER' });
  });

  it('after the provider could not be reached is not charged either', async () => {
    const orderId = await newOrder(atWork, 'pm_flaky');
    await receive(reserved(orderId));
    const claim = { kinds: ['charge'], limit: 100, leaseMs: 1 };
    const [task] = await claimDueTasks(atWork.database.db, claim);
    if (task?.orderId !== orderId) throw new Error('it was to be charged');
    await expect(charge(workerWith(openProvider()), task)).rejects.toThrow(ProviderUnreachable);
    valueOf(await atWork.write.cancelOrder({ orderId, reason: null }, OPERATOR));
    await isWorkedOff(orderId);
    expect(await chargesOf(atWork, orderId)).toMatchObject([{ outcome: 'declined', refunded: false }]);
    expect(await types(orderId)).toEqual(['OrderCreated', 'PaymentRequested', 'OrderCancelled', 'PaymentFailed']);
    expect(await keptFor(atWork, orderId)).toEqual([]);
  });

  it('after a worker died that had not charged it yet is not charged either', async () => {
    const orderId = await newOrder(atWork);
    await receive(reserved(orderId));
    await claimDueTasks(atWork.database.db, { kinds: ['charge'], limit: 100, leaseMs: 1 });
    valueOf(await atWork.write.cancelOrder({ orderId, reason: null }, OPERATOR));
    await isWorkedOff(orderId);
    expect(await chargesOf(atWork, orderId)).toMatchObject([{ outcome: 'declined' }]);
    expect((await journalOf(atWork, orderId)).at(-1)?.data).toMatchObject({ reason: 'ORDER_OVER' });
  });

  it('while it is charged is refunded', async () => {
    const orderId = await newOrder(atWork);
    await receive(reserved(orderId));
    const provider = openProvider();
    const cancelling: PaymentProvider = {
      ...provider,
      charge: async (request) => {
        const result = await provider.charge(request);
        valueOf(await atWork.write.cancelOrder({ orderId, reason: null }, OPERATOR));
        return result;
      },
    };
    await charge(workerWith(cancelling), chargeTask(orderId, 0));
    expect(await types(orderId)).toEqual(['OrderCreated', 'PaymentRequested', 'OrderCancelled', 'PaymentSucceeded']);
    await isWorkedOff(orderId);
    expect((await types(orderId)).at(-1)).toBe('PaymentRefunded');
    expect(await chargesOf(atWork, orderId)).toMatchObject([{ calls: 1, outcome: 'succeeded', refunded: true }]);
    await receive(compensated(orderId));
    expect(await statusNow(orderId)).toBe('CANCELLED');
  });
});

describe('a payment of another service', () => {
  it('that comes too late is given back in the events, also with Stripe, which knows nothing of it', async () => {
    const orderId = await newOrder(atWork, null);
    valueOf(await atWork.write.cancelOrder({ orderId, reason: null }, OPERATOR));
    await receive(paidElsewhere(orderId));
    const write = openWrite({
      database: atWork.database,
      provider: openStripe,
      writer: writerOf(4),
      logger: openLogger('silent'),
      onCommit: () => {},
      stockOf: async () => null,
    });
    await using _ = write.startTasks({ backoffMs: 1, chargeGraceMs: 0 });
    await eventually(async () => expect(await tasksOf(atWork, orderId)).toEqual([]));
    expect(await types(orderId)).toEqual(['OrderCreated', 'OrderCancelled', 'PaymentRefunded']);
  });

  it('that is the payment of another order is given back in the events, and that order’s money stays', async () => {
    const [paid, lost] = [await newOrder(atWork), await newOrder(atWork, null)];
    await receive(reserved(paid));
    await isWorkedOff(paid);
    const [taken] = await chargesOf(atWork, paid);
    valueOf(await atWork.write.cancelOrder({ orderId: lost, reason: null }, OPERATOR));
    await receive(paidElsewhere(lost, taken?.payment_id));
    await isWorkedOff(lost);
    expect(await types(lost)).toEqual(['OrderCreated', 'OrderCancelled', 'PaymentRefunded']);
    expect(await chargesOf(atWork, paid)).toMatchObject([{ outcome: 'succeeded', refunded: false }]);
    expect(await statusNow(paid)).toBe('CONFIRMED');
  });
});

/** A provider whose answer another service overtakes, with another amount; `told` comes before the answer, too. */
const overtaken = (told: () => Promise<unknown>): PaymentProvider => {
  const provider = openProvider();
  return {
    ...provider,
    charge: async (request) => {
      const result = await provider.charge(request);
      if (result.type === 'Succeeded') await receive(paidElsewhere(request.orderId, result.paymentId, '0.01'));
      await told();
      return result;
    },
  };
};

describe('a payment of an order’s own charge that another service tells of first, with another amount', () => {
  let orderId: string;
  beforeEach(async () => {
    orderId = await newOrder(atWork);
    await receive(reserved(orderId));
    await atWork.database.db.updateTable('write.task').set({ due_at: LATER }).where('kind', '=', 'charge').execute();
  });

  it('pays the order with what was taken', async () => {
    await charge(workerWith(overtaken(async () => {})), chargeTask(orderId, 0));
    expect(await types(orderId)).toEqual(['OrderCreated', 'PaymentRequested', 'PaymentSucceeded', 'OrderConfirmed']);
    expect(await statusNow(orderId)).toBe('CONFIRMED');
  });

  it('is given back as it was taken, and not before that is known', async () => {
    await using opened = new AsyncDisposableStack();
    const cancelled = async () => {
      valueOf(await atWork.write.cancelOrder({ orderId, reason: null }, OPERATOR));
      opened.use(startTasks());
      const tried = atWork.database.db.selectFrom('write.task').select('attempts').where('kind', 'like', 'refund:%');
      await eventually(async () => expect((await tried.executeTakeFirst())?.attempts).toBeGreaterThan(1));
    };
    await charge(workerWith(overtaken(cancelled)), chargeTask(orderId, 0));
    await eventually(async () => expect((await types(orderId)).at(-1)).toBe('PaymentRefunded'));
    expect((await journalOf(atWork, orderId)).at(-1)?.data).toMatchObject({ amount: '21.00' });
    expect(await chargesOf(atWork, orderId)).toMatchObject([{ outcome: 'succeeded', refunded: true }]);
  });
});

describe('a worker that dies', () => {
  it('holds its tasks until their lease ends, and no longer', async () => {
    const orderId = await newOrder(atWork);
    await receive(reserved(orderId));
    const { db } = atWork.database;
    const claim = { kinds: ['charge'], limit: 100, leaseMs: 1_500 };
    expect(await claimDueTasks(db, claim)).toMatchObject([{ orderId, kind: 'charge', earlierAttempts: 0 }]);
    expect(await claimDueTasks(db, claim)).toEqual([]);
    const task = db.selectFrom('write.task').select('due_at').where('order_id', '=', orderId);
    const lease = await task.where('kind', '=', 'charge').executeTakeFirstOrThrow();
    await isWorkedOff(orderId);
    const paid = (await journalOf(atWork, orderId)).find(({ type }) => type === 'PaymentSucceeded');
    expect(Number(paid?.occurred_at)).toBeGreaterThanOrEqual(Number(lease.due_at));
    expect(await chargesOf(atWork, orderId)).toMatchObject([{ calls: 1, outcome: 'succeeded' }]);
  });

  it('between the provider’s answer and the journal charges once', async () => {
    const orderId = await newOrder(atWork);
    await receive(reserved(orderId));
    const idempotencyKey = `${orderId}:1`;
    const request = { idempotencyKey, orderId, amount: '21.00', currency: 'EUR', paymentMethod: 'pm_card_visa' };
    await openProvider().charge(request);
    await isWorkedOff(orderId);
    const [payment, ...more] = await chargesOf(atWork, orderId);
    expect(more).toEqual([]);
    expect(payment).toMatchObject({ calls: 2, outcome: 'succeeded', refunded: false });
    const succeeded = (await journalOf(atWork, orderId)).filter(({ type }) => type === 'PaymentSucceeded');
    expect(succeeded).toMatchObject([{ data: { payment_id: payment?.payment_id } }]);
  });

  it('after the order was cancelled meanwhile leaves the refund to another one', async () => {
    const orderId = await newOrder(atWork);
    await receive(reserved(orderId));
    const request = {
      idempotencyKey: `${orderId}:1`,
      orderId,
      amount: '21.00',
      currency: 'EUR',
      paymentMethod: 'pm_card_visa',
    };
    await openProvider().charge(request);
    valueOf(await atWork.write.cancelOrder({ orderId, reason: null }, OPERATOR));
    const { db } = atWork.database;
    await db.updateTable('write.task').set({ attempts: 1 }).where('order_id', '=', orderId).execute();
    await isWorkedOff(orderId);
    expect(await chargesOf(atWork, orderId)).toMatchObject([{ refunded: true }]);
  });

  it('and comes back beside its successor records the payment once', async () => {
    const orderId = await newOrder(atWork);
    await receive(reserved(orderId));
    const workers = [1, 2, 3].map(() => workerWith(openProvider()));
    await Promise.all(workers.map((parts) => charge(parts, chargeTask(orderId, 1))));
    await charge(workerWith(openProvider()), chargeTask(orderId, 1));
    expect(await types(orderId)).toEqual(['OrderCreated', 'PaymentRequested', 'PaymentSucceeded', 'OrderConfirmed']);
    expect(await tasksOf(atWork, orderId)).toEqual([]);
  });
});

describe('what is received', () => {
  it('twice, or by two processes at once, changes nothing', async () => {
    const orderIds = await Promise.all(Array.from({ length: 20 }, () => newOrder(atWork)));
    const batch = orderIds.map((orderId) => reserved(orderId));
    await Promise.all([atWork.write.handle([...batch, ...batch]), atWork.other.handle(batch.toReversed())]);
    await atWork.other.handle(batch);
    const journals = await Promise.all(orderIds.map((orderId) => journalOf(atWork, orderId)));
    const expected = ['OrderCreated', 'StockReserved', 'PaymentRequested'];
    for (const events of journals) expect(events.map(({ type }) => type)).toEqual(expected);
  });

  it('of ourselves is in the journal already', async () => {
    const orderId = await newOrder(atWork);
    const [created] = await journalOf(atWork, orderId);
    const own = paidElsewhere(orderId);
    await receive({
      ...own,
      envelope: { ...own.envelope, eventId: created?.event_id ?? '', producer: 'ecommerce-api' },
    });
    expect(await journalOf(atWork, orderId)).toHaveLength(1);
  });

  it('with the id of another event is left out, and holds up nobody', async () => {
    const [one, two] = [await newOrder(atWork), await newOrder(atWork)];
    const [first, second] = [reserved(one), reserved(two)];
    const { eventId } = first.envelope;
    await receive(first);
    await receive({ ...second, envelope: { ...second.envelope, eventId } });
    expect(await types(one)).toContain('PaymentRequested');
    expect(await types(two)).toEqual(['OrderCreated']);
  });

  it('of an order that we do not know is kept for when we do', async () => {
    const orderId = newId('Order');
    await receive(reserved(orderId), paidElsewhere(orderId));
    expect(await types(orderId)).toEqual([]);
    expect(await atWork.write.order(orderId, 'Everything')).toBeNull();
    expect((await journalOf(atWork, orderId)).map(({ heard }) => heard)).toEqual([true, true]);
  });
});
