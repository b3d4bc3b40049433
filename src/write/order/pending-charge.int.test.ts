import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../../../harness/support/eventually.ts';
import { newId, paymentStatusOf, readOrder } from '../../events/index.ts';
import { openLogger, systemClock } from '../../platform/index.ts';
import { assembleWrite, type Write } from '../open-write.ts';
import type { ChargeResult, PaymentProvider, Tell } from '../payment/provider.ts';
import { authenticateSimulated, openSimulatedProvider } from '../payment/simulated-provider.ts';
import {
  chargesOf,
  keptFor,
  newOrder,
  OPERATOR,
  ownTypesOf,
  paidElsewhere,
  reserved,
  tasksOf,
  valueOf,
  type WriteAtWork,
  writeAtWork,
  writerOf,
} from '../write.fixture.ts';
import { postgresWriteStore } from '../write-store.ts';

let atWork: WriteAtWork;
beforeAll(async () => {
  atWork = await writeAtWork();
});
afterAll(() => atWork[Symbol.asyncDispose]());

const AUTHENTICATED = 'pm_card_authenticationRequired';
const nobody: Tell = async () => {};
let processes = 10;

/** A process whose provider tells nothing by itself; `tell` is what the provider would call. */
const openProcess = (change: (provider: PaymentProvider, tell: Tell) => Partial<PaymentProvider> = () => ({})) => {
  const { db } = atWork.database;
  let tell: Tell = nobody;
  processes += 1;
  const write = assembleWrite({
    store: postgresWriteStore(atWork.database),
    openProvider: (given) => {
      tell = given;
      const provider = openSimulatedProvider({ db, tell: nobody });
      return { ...provider, ...change(provider, given) };
    },
    writer: writerOf(processes),
    logger: openLogger('silent'),
    clock: systemClock,
    onCommit: () => {},
    stockOf: async () => null,
  });
  return { write, tell };
};

const startTasks = (write: Write, chargeGraceMs = 0) => write.startTasks({ backoffMs: 1, chargeGraceMs });
const factsOf = async (orderId: string) => {
  const order = await atWork.other.order(orderId, 'Everything');
  if (order === null) throw new Error('there is no such order');
  return order.facts;
};
const types = async (orderId: string) => (await ownTypesOf(atWork, orderId)).slice(1);
const statusOf = async (orderId: string) => paymentStatusOf(await factsOf(orderId));
const keyOf = (orderId: string) => `${orderId}:1`;
const paymentOf = async (orderId: string): Promise<ChargeResult> => {
  const [charge] = await chargesOf(atWork, orderId);
  return { type: 'Succeeded', paymentId: charge?.payment_id ?? '' };
};

/** An order whose charge waits for its customer, and that no process works on. */
const orderThatWaits = async (lastsMs?: number): Promise<string> => {
  const orderId = await newOrder(atWork, AUTHENTICATED);
  const { write } = openProcess();
  await write.handle([reserved(orderId, lastsMs)]);
  await using _ = startTasks(write);
  await eventually(async () => expect(await types(orderId)).toEqual(['PaymentRequested', 'PaymentPending']));
  return orderId;
};

describe('a charge that is pending', () => {
  it('is asked for again until it has its end, and told to the order', async () => {
    const orderId = await newOrder(atWork, 'pm_pending');
    const { write } = openProcess();
    await write.handle([reserved(orderId)]);
    await using _ = startTasks(write);
    const steps = ['PaymentRequested', 'PaymentPending', 'PaymentSucceeded', 'OrderConfirmed'];
    await eventually(async () => expect(await types(orderId)).toEqual(steps));
    expect(await tasksOf(atWork, orderId)).toEqual([]);
  });

  it('whose end was told before the charge returned has that end', async () => {
    const orderId = await newOrder(atWork, 'pm_card_visa');
    const { write } = openProcess((provider, tell) => ({
      charge: async (request) => {
        await tell({ idempotencyKey: request.idempotencyKey, result: await provider.charge(request) });
        return { type: 'Pending' };
      },
    }));
    await write.handle([reserved(orderId)]);
    await using _ = startTasks(write);
    await eventually(async () => expect(await tasksOf(atWork, orderId)).toEqual([]));
    expect(await types(orderId)).toEqual(['PaymentRequested', 'PaymentSucceeded', 'OrderConfirmed']);
  });

  it('may be told to have ended any number of times, to several processes at once', async () => {
    const orderId = await orderThatWaits();
    const result = await paymentOf(orderId);
    const told = { idempotencyKey: keyOf(orderId), result };
    const [one, other] = [openProcess(), openProcess()];
    await Promise.all([one.tell(told), other.tell(told), one.tell(told), other.tell(told)]);
    await one.tell({ ...told, result: { type: 'Pending' } });
    await one.tell({ ...told, result: { type: 'Declined', message: 'no' } });
    expect((await types(orderId)).slice(2)).toEqual(['PaymentSucceeded', 'OrderConfirmed']);
    expect(await tasksOf(atWork, orderId)).toEqual([]);
  });

  it('whose success another service told before is answered all the same, and nothing is kept for it', async () => {
    const orderId = await orderThatWaits();
    const [{ payment_id: paymentId } = { payment_id: '' }] = await chargesOf(atWork, orderId);
    const { write, tell } = openProcess();
    await write.handle([paidElsewhere(orderId, paymentId)]);
    const told = { idempotencyKey: keyOf(orderId), result: { type: 'Succeeded', paymentId } as const };
    for (const _ of [1, 2]) await tell(told);
    const { isComplete, money } = readOrder(await factsOf(orderId));
    expect([isComplete, money.kept.map(({ data }) => data.paymentId), money.owedBack]).toEqual([true, [paymentId], []]);
    expect((await types(orderId)).slice(2)).toEqual(['OrderConfirmed', 'PaymentSucceeded']);
    expect([await tasksOf(atWork, orderId), await keptFor(atWork, orderId)]).toEqual([[], []]);
  });

  it('that nobody asked for changes nothing', async () => {
    const orderId = await newOrder(atWork, null);
    const { tell } = openProcess();
    const result: ChargeResult = { type: 'Succeeded', paymentId: newId('Payment') };
    await tell({ idempotencyKey: keyOf(orderId), result });
    await tell({ idempotencyKey: `${orderId}:2`, result });
    expect(await types(orderId)).toEqual([]);
  });
});

describe('a charge that needs its customer', () => {
  it('shows what to do until it is done, after a restart as well', async () => {
    const orderId = await orderThatWaits();
    expect(await statusOf(orderId)).toBe('ACTION_REQUIRED');
    const action = await atWork.other.nextAction(orderId);
    if (action?.type !== 'Confirm') throw new Error('nothing to confirm');
    expect(await authenticateSimulated(atWork.database.db, action.clientSecret, false)).toBe(true);
    const { write } = openProcess();
    await using _ = startTasks(write);
    await eventually(async () => expect(await statusOf(orderId)).toBe('SUCCEEDED'));
    expect(await write.nextAction(orderId)).toBeNull();
    expect(readOrder(await factsOf(orderId)).status).toBe('CONFIRMED');
  });

  it('ends the order when they refuse', async () => {
    const orderId = await orderThatWaits();
    const { write } = openProcess();
    const action = await write.nextAction(orderId);
    if (action?.type !== 'Confirm') throw new Error('nothing to confirm');
    expect(await authenticateSimulated(atWork.database.db, action.clientSecret, true)).toBe(true);
    await using _ = startTasks(write);
    await eventually(async () => expect(await statusOf(orderId)).toBe('FAILED'));
    expect((await types(orderId)).at(-1)).toBe('PaymentFailed');
  });

  it('holds the reservation no longer than the time of grace, and is given up then', async () => {
    const orderId = await orderThatWaits(1_500);
    const { write } = openProcess();
    await using _ = startTasks(write, 50);
    await eventually(async () => expect(await tasksOf(atWork, orderId)).toEqual([]));
    expect((await types(orderId)).slice(2)).toEqual(['PaymentFailed', 'PaymentFailed']);
    const { failure, isOver } = readOrder(await factsOf(orderId));
    expect([failure?.reason, isOver]).toEqual(['PAYMENT_EXPIRED', true]);
    expect(await chargesOf(atWork, orderId)).toMatchObject([{ outcome: 'declined' }]);
    expect([await statusOf(orderId), await write.nextAction(orderId)]).toEqual(['FAILED', null]);
  });

  it('is given up with an order that is cancelled', async () => {
    const orderId = await orderThatWaits();
    const { write } = openProcess();
    valueOf(await write.cancelOrder({ orderId, reason: null }, OPERATOR));
    expect(await statusOf(orderId)).toBe('PENDING');
    await using _ = startTasks(write);
    await eventually(async () => expect(await statusOf(orderId)).toBe('FAILED'));
    expect(await chargesOf(atWork, orderId)).toMatchObject([{ outcome: 'declined' }]);
  });
});
