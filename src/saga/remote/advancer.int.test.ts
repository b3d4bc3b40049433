import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../../events/index.ts';
import { systemClock } from '../../platform/index.ts';
import type { LedgerStore, LedgerTransaction } from '../ledger-store.ts';
import { postgresLedger } from '../postgres-ledger.ts';
import { created } from '../received.fixture.ts';
import { WRITER } from '../saga.fixture.ts';
import type { Turn } from './advance.ts';
import { Advancer } from './advancer.ts';
import { type RemoteSaga, remoteSaga } from './remote.fixture.ts';

let remote: RemoteSaga;
let transactions: number;
let commits: number;

beforeEach(async () => {
  remote = await remoteSaga('http://127.0.0.1:9');
  transactions = 0;
  commits = 0;
});
afterEach(() => remote[Symbol.asyncDispose]());

type Watch = (orderIds: readonly string[], tx: LedgerTransaction) => void;

const counted = (watch: Watch = () => {}): Pick<LedgerStore, 'transaction'> => {
  const store = postgresLedger(remote.database);
  return {
    transaction: (work) => {
      transactions += 1;
      return store.transaction((tx, defer) => {
        const lockReservations: LedgerTransaction['lockReservations'] = (orderIds) => {
          watch(orderIds, tx);
          return tx.lockReservations(orderIds);
        };
        return work({ ...tx, lockReservations }, defer);
      });
    },
  };
};

const advancer = (watch?: Watch) =>
  new Advancer({
    store: counted(watch),
    clock: systemClock,
    writer: WRITER,
    reservationMs: 60_000,
    onCommit: () => void (commits += 1),
  });

const place = async (): Promise<string> => {
  const orderId = newId('Order');
  await remote.saga.handle([created(orderId, { prod_1: 1, prod_2: 1 })]);
  return orderId;
};

const turnOf = (orderId: string, rest: Partial<Turn> = {}): Turn => ({
  orderId,
  told: null,
  mayAsk: true,
  renews: false,
  putOff: { orderId, delayMs: 60_000, attempts: 1 },
  ...rest,
});

const callOf = (orderId: string, productId: string) => ({
  orderId,
  productId,
  quantity: 1,
  way: 'reduce' as const,
});

const linesOf = async (orderId: string) => {
  const row = await remote.database.db
    .selectFrom('saga.reservation')
    .select('intent')
    .where('order_id', '=', orderId)
    .executeTakeFirstOrThrow();
  return (row.intent as { readonly lines: readonly { readonly state: string }[] }).lines.map(({ state }) => state);
};

const takeAll = async (one: Advancer, orderIds: readonly string[], productId: string): Promise<void> => {
  const told = (orderId: string) => ({ call: callOf(orderId, productId), outcome: { type: 'Done' as const } });
  await Promise.all(orderIds.map((orderId) => one.take(turnOf(orderId, { told: told(orderId) }))));
};

describe('orders that are taken a step on at once', () => {
  it('share a transaction, and each has its own next step', async () => {
    const one = advancer();
    const orderIds = await Promise.all(Array.from({ length: 10 }, place));
    const steps = await Promise.all(orderIds.map((orderId) => one.take(turnOf(orderId))));
    expect(steps).toEqual(orderIds.map((orderId) => ({ type: 'Ask', call: callOf(orderId, 'prod_1'), cause: null })));
    expect(transactions).toBe(1);
    for (const orderId of orderIds) expect(await linesOf(orderId)).toEqual(['Unknown', 'ToTake']);
  });

  it('are told what came of them in one commit, and leave those that are due', async () => {
    const one = advancer();
    const orderIds = await Promise.all(Array.from({ length: 10 }, place));
    await Promise.all(orderIds.map((orderId) => one.take(turnOf(orderId))));
    await takeAll(one, orderIds, 'prod_1');
    await takeAll(one, orderIds, 'prod_2');
    expect([transactions, commits]).toEqual([3, 1]);
    for (const orderId of orderIds) expect(await remote.told(orderId)).toMatchObject([{ type: 'StockReserved' }]);
    expect(await remote.database.db.selectFrom('saga.remote_task').selectAll().execute()).toEqual([]);
  });

  it('are put off together when none may ask', async () => {
    const one = advancer();
    const orderIds = await Promise.all([place(), place()]);
    const steps = await Promise.all(orderIds.map((orderId) => one.take(turnOf(orderId, { mayAsk: false }))));
    expect(steps).toEqual([{ type: 'Wait' }, { type: 'Wait' }]);
    const tasks = await remote.database.db.selectFrom('saga.remote_task').selectAll().execute();
    expect(tasks.map(({ due_at }) => due_at.getTime() > Date.now() + 30_000)).toEqual([true, true]);
    for (const orderId of orderIds) expect(await linesOf(orderId)).toEqual(['ToTake', 'ToTake']);
  });

  it('are not kept by one that cannot be written', async () => {
    const [one, poisoned, other] = await Promise.all([place(), place(), place()]);
    const watched = advancer((orderIds) => {
      if (orderIds.includes(poisoned)) throw new Error('cannot be read');
    });
    const taken = [one, poisoned, other].map((orderId) => watched.take(turnOf(orderId)));
    expect((await Promise.allSettled(taken)).map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
    ]);
    expect(await linesOf(poisoned)).toEqual(['ToTake', 'ToTake']);
    expect(await linesOf(other)).toEqual(['Unknown', 'ToTake']);
  });

  it('are one order twice, one after the other', async () => {
    const orderId = await place();
    const one = advancer();
    const told = { call: callOf(orderId, 'prod_1'), outcome: { type: 'Done' } } as const;
    await one.take(turnOf(orderId));
    const steps = await Promise.all([one.take(turnOf(orderId, { told })), one.take(turnOf(orderId))]);
    expect(steps).toMatchObject([{ call: { productId: 'prod_2' } }, { call: { productId: 'prod_2' } }]);
    expect(transactions).toBe(3);
    expect(await linesOf(orderId)).toEqual(['Taken', 'Unknown']);
  });
});
