import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../../../harness/support/eventually.ts';
import { contradictionsOf, readOrder } from '../../events/index.ts';
import { openLogger, systemClock } from '../../platform/index.ts';
import { assembleWrite } from '../open-write.ts';
import type { ChargeResult, DisputeStatus, Learned, PaymentProvider } from '../payment/provider.ts';
import { openSimulatedProvider } from '../payment/simulated-provider.ts';
import { TASK_OF_NOTICE } from '../tasks/task-of-notice.ts';
import { newOrder, ownTypesOf, reserved, tasksOf, type WriteAtWork, writeAtWork, writerOf } from '../write.fixture.ts';
import { postgresWriteStore } from '../write-store.ts';

let atWork: WriteAtWork;
beforeAll(async () => {
  atWork = await writeAtWork();
});
afterAll(() => atWork[Symbol.asyncDispose]());

const NOTHING: Learned = { type: 'Nothing' };
let processes = 30;

/** A process whose provider says this of what it has told, and of its charges. */
const openProcess = (look: () => Promise<Learned>, change: (result: ChargeResult) => ChargeResult = (same) => same) => {
  processes += 1;
  return assembleWrite({
    store: postgresWriteStore(atWork.database),
    openProvider: (tell): PaymentProvider => {
      const provider = openSimulatedProvider({ db: atWork.database.db, tell });
      const notices = { name: 'test', receive: async () => 'Taken' as const, look };
      return { ...provider, charge: async (request) => change(await provider.charge(request)), notices };
    },
    writer: writerOf(processes),
    logger: openLogger('silent'),
    clock: systemClock,
    onCommit: () => {},
    stockOf: async () => null,
  });
};

const factsOf = async (orderId: string) => {
  const order = await atWork.other.order(orderId, 'Everything');
  if (order === null) throw new Error('there is no such order');
  return order.facts;
};

/** A notice about the order is taken, as an adapter does it. */
const notify = async (orderId: string, id: string): Promise<void> => {
  const task = { kind: TASK_OF_NOTICE + id, order_id: orderId, due_at: new Date(0), attempts: 0, payload: '{}' };
  await atWork.database.db.insertInto('write.task').values(task).execute();
};

const workedOff = (orderId: string) =>
  eventually(async () => expect((await tasksOf(atWork, orderId)).filter((kind) => kind !== 'expire')).toEqual([]));

/** One whose provider receives so much, whatever is asked for. */
const receiving = (amount: string, currency: string) =>
  openProcess(
    async () => NOTHING,
    (result) => (result.type === 'Succeeded' ? { ...result, received: { amount, currency } } : result),
  );

describe('a notice of the payment provider', () => {
  it('of a dispute is told once for each state, however often and late it comes', async () => {
    const orderId = await newOrder(atWork);
    let status: DisputeStatus = 'OPEN';
    const money = { amount: '21.00', currency: 'EUR' };
    const write = openProcess(async () => ({
      type: 'Dispute',
      dispute: { disputeId: 'dp_1', paymentId: 'pay_1', ...money, reason: 'FRAUDULENT', status },
    }));
    await using _ = write.startTasks({ backoffMs: 1, chargeGraceMs: 0 });
    for (const [id, now] of [
      ['evt_1', 'OPEN'],
      ['evt_2', 'OPEN'],
      ['evt_3', 'WON'],
      ['evt_4', 'WON'],
    ] as const) {
      status = now;
      await notify(orderId, `${orderId}.${id}`);
      await workedOff(orderId);
    }
    expect(await ownTypesOf(atWork, orderId)).toEqual(['OrderCreated', 'PaymentDisputed', 'PaymentDisputed']);
    const facts = await factsOf(orderId);
    expect(facts.disputes?.['dp_1']?.data.status).toBe('WON');
    expect(readOrder(facts)).toMatchObject({ status: 'PENDING', waitsFor: { for: 'Stock' } });
  });

  it('is looked into again while the provider is away', async () => {
    const orderId = await newOrder(atWork);
    let looks = 0;
    const write = openProcess(async () => {
      looks += 1;
      if (looks < 3) throw new Error('away');
      return NOTHING;
    });
    await using _ = write.startTasks({ backoffMs: 1, chargeGraceMs: 0 });
    await notify(orderId, `${orderId}.evt`);
    await workedOff(orderId);
    expect(looks).toBe(3);
  });

  it('of a charge that nobody asked for changes nothing', async () => {
    const orderId = await newOrder(atWork);
    const result: ChargeResult = { type: 'Succeeded', paymentId: 'pay_x' };
    const write = openProcess(async () => ({ type: 'Charge', idempotencyKey: `${orderId}:7`, result }));
    await using _ = write.startTasks({ backoffMs: 1, chargeGraceMs: 0 });
    await notify(orderId, `${orderId}.evt`);
    await workedOff(orderId);
    expect(await ownTypesOf(atWork, orderId)).toEqual(['OrderCreated']);
  });
});

describe('a payment of another amount than was asked for', () => {
  it.each([
    ['20.99', 'EUR', '21.00 EUR were asked for: 20.99 do not pay the order.'],
    ['21.00', 'USD', '21.00 USD pays nothing of an order in EUR.'],
  ])(
    '%s %s does not pay the order, is shown to operators, and is given back with it',
    async (amount, currency, why) => {
      const orderId = await newOrder(atWork);
      const write = receiving(amount, currency);
      await using _ = write.startTasks({ backoffMs: 1, chargeGraceMs: 0 });
      await write.handle([reserved(orderId, 1_500)]);
      await eventually(async () => expect(await ownTypesOf(atWork, orderId)).toContain('PaymentSucceeded'));
      const facts = await factsOf(orderId);
      const reading = readOrder(facts);
      expect([reading.status, reading.isPaid]).toEqual(['AWAITING_PAYMENT', false]);
      expect(contradictionsOf(facts, reading).listed.map(({ reason }) => reason)).toEqual([why]);
      await eventually(async () => expect(await ownTypesOf(atWork, orderId)).toContain('PaymentRefunded'));
      expect(Object.values((await factsOf(orderId)).refunded)).toMatchObject([{ data: { amount, currency } }]);
    },
  );
});
