import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLogger, sleep } from '../platform/index.ts';
import { assembleWrite } from './open-write.ts';
import { openSimulatedProvider } from './payment/simulated-provider.ts';
import {
  filledCart,
  newProduct,
  OPERATOR,
  reserved,
  valueOf,
  type WriteAtWork,
  writeAtWork,
  writerOf,
} from './write.fixture.ts';
import { postgresWriteStore, type WriteStore } from './write-store.ts';

let atWork: WriteAtWork;
beforeAll(async () => {
  atWork = await writeAtWork();
});
afterAll(() => atWork[Symbol.asyncDispose]());

const NEVER_MS = 2_000_000_000;

/** A write side that sleeps until it is woken, and what it asks the database for. */
const openCounting = () => {
  const store = postgresWriteStore(atWork.database);
  const asked = { ids: [] as string[], claims: 0 };
  const counting: WriteStore = {
    ...store,
    loadAggregates: (wanted) => {
      asked.ids.push(...wanted.map(({ id }) => id));
      return store.loadAggregates(wanted);
    },
    claimDueTasks: (claim) => {
      asked.claims += 1;
      return store.claimDueTasks(claim);
    },
  };
  const write = assembleWrite({
    store: counting,
    openProvider: (tell) => openSimulatedProvider({ db: atWork.database.db, tell }),
    writer: writerOf(4),
    logger: openLogger('silent'),
    clock: { nowMs: () => Date.now(), sleep: (_ms, signal) => sleep(NEVER_MS, signal) },
    onCommit: () => {},
    stockOf: async () => null,
  });
  return { asked, write };
};

describe('the write side', () => {
  it('looks for no task that it has written itself, and does it at once', async () => {
    const cartId = await filledCart(atWork);
    const productId = await newProduct(atWork);
    const { asked, write } = openCounting();
    await using _ = write.startTasks({ backoffMs: 1, chargeGraceMs: 0 });
    await until(() => asked.claims === 2);
    valueOf(await write.addCartItem({ cartId, productId, quantity: 1 }, OPERATOR));
    const { id } = valueOf(await write.checkOut({ cartId, paymentMethod: 'pm_card_visa' }, OPERATOR));
    await write.handle([reserved(id)]);
    const isConfirmed = async () => (await write.order(id, 'Everything'))?.facts.confirmed != null;
    while (!(await isConfirmed())) await sleep(5);
    expect(asked.claims).toBe(2);
  });

  it('does not look for a cart that it is about to make', async () => {
    const { asked, write } = openCounting();
    const cart = valueOf(await write.createCart({ customerId: null, sessionId: null, currency: 'EUR' }, OPERATOR));
    expect(cart.version).toBe(1);
    expect(asked.ids).toEqual([]);
  });

  it('remembers the order that a checkout made', async () => {
    const cartId = await filledCart(atWork);
    const { asked, write } = openCounting();
    const order = valueOf(await write.checkOut({ cartId, paymentMethod: 'pm_card_visa' }, OPERATOR));
    await write.handle([reserved(order.id)]);
    expect(asked.ids).toEqual([cartId]);
    expect(await atWork.other.order(order.id, 'Everything')).toMatchObject({
      version: 2,
      facts: { paymentRequested: {} },
    });
  });

  it('charges an order without looking at it, when it has just asked for that', async () => {
    const cartId = await filledCart(atWork);
    const { asked, write } = openCounting();
    await using _ = write.startTasks({ backoffMs: 1, chargeGraceMs: 0 });
    const { id } = valueOf(await write.checkOut({ cartId, paymentMethod: 'pm_card_visa' }, OPERATOR));
    await write.handle([reserved(id)]);
    while ((await atWork.other.order(id, 'Everything'))?.facts.confirmed == null) await sleep(5);
    expect(asked.ids).not.toContain(id);
  });
});

const until = async (isSo: () => boolean): Promise<void> => {
  while (!isSo()) await new Promise(setImmediate);
};
