import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { customerReach, visitorReach } from '../../harness/support/reach.ts';
import { newId, type Owner, type Rejection } from '../events/index.ts';
import { openLogger, type Result, systemClock } from '../platform/index.ts';
import { assembleWrite, type Write } from './open-write.ts';
import { openSimulatedProvider } from './payment/simulated-provider.ts';
import { codeOf, newProduct, OPERATOR, valueOf, type WriteAtWork, writeAtWork, writerOf } from './write.fixture.ts';
import { postgresWriteStore } from './write-store.ts';

let atWork: WriteAtWork;
let productId: string;
beforeAll(async () => {
  atWork = await writeAtWork();
  productId = await newProduct(atWork);
});
afterAll(() => atWork[Symbol.asyncDispose]());

/** A write side; how often it has asked the journal for how many aggregates, and how many rows have come. */
const openCounting = () => {
  const store = postgresWriteStore(atWork.database);
  const asked: { readonly aggregates: number; readonly rows: number }[] = [];
  const write = assembleWrite({
    store: {
      ...store,
      loadAggregates: async (wanted) => {
        const found = await store.loadAggregates(wanted);
        asked.push({ aggregates: wanted.length, rows: found.flat().length });
        return found;
      },
    },
    openProvider: (tell) => openSimulatedProvider({ db: atWork.database.db, tell }),
    writer: writerOf(5),
    logger: openLogger('silent'),
    clock: systemClock,
    onCommit: () => {},
    stockOf: async () => null,
  });
  return { asked, write };
};

interface Things {
  readonly cartId: string;
  readonly orderId: string;
}

const OWNERS = [customerReach('ann'), visitorReach('visit_1')] as const;
const OTHERS = [customerReach('eve'), visitorReach('visit_2')] as const;

/** What somebody has: a cart with an item, and an order. */
const thingsOf = async (write: Write, reach: Owner): Promise<Things> => {
  const context = { ...OPERATOR, reach };
  const filled = async (): Promise<string> => {
    const { id } = valueOf(await write.createCart({ customerId: null, sessionId: null, currency: 'EUR' }, context));
    valueOf(await write.addCartItem({ cartId: id, productId, quantity: 1 }, context));
    return id;
  };
  const order = await write.checkOut({ cartId: await filled(), paymentMethod: null }, context);
  return { cartId: await filled(), orderId: valueOf(order).id };
};

type Asking = (write: Write, things: Things, reach: Owner) => Promise<Result<unknown, Rejection> | object | null>;

const by = (reach: Owner) => ({ ...OPERATOR, reach });

const ASKING: Readonly<Record<string, Asking>> = {
  addCartItem: (write, { cartId }, reach) => write.addCartItem({ cartId, productId, quantity: 1 }, by(reach)),
  setCartItemQuantity: (write, { cartId }, reach) =>
    write.setCartItemQuantity({ cartId, cartItemId: '1', quantity: 2 }, by(reach)),
  removeCartItem: (write, { cartId }, reach) => write.removeCartItem({ cartId, cartItemId: '1' }, by(reach)),
  checkout: (write, { cartId }, reach) => write.checkOut({ cartId, paymentMethod: 'pm_card_visa' }, by(reach)),
  payOrder: (write, { orderId }, reach) => write.payOrder({ orderId, paymentMethod: 'pm_card_visa' }, by(reach)),
  cancelOrder: (write, { orderId }, reach) => write.cancelOrder({ orderId, reason: null }, by(reach)),
  addCartItems: (write, { cartId }, reach) =>
    write.addCartItems({ cartId, items: [{ productId, quantity: 1 }] }, by(reach)),
  clearCart: (write, { cartId }, reach) => write.clearCart({ cartId }, by(reach)),
  reorder: (write, { orderId }, reach) => write.reorder({ orderId }, by(reach)),
  'a cart': (write, { cartId }, reach) => write.cart(cartId, reach),
  'an order': (write, { orderId }, reach) => write.order(orderId, reach),
};

const CHANGES = 800;

/** Makes both long: 800 changes of the cart's item, and as many cancellations of the order, which change nothing. */
const lengthen = async ({ cartId, orderId }: Things): Promise<void> => {
  await sql`
    insert into write.journal (sequence, event_id, type, stream, occurred_at, aggregate_type, aggregate_id, version,
      correlation_id, producer, producer_instance, schema_version, data)
    select newest.sequence + n, newest.aggregate_id || '_' || n, more.type, stream, occurred_at, aggregate_type,
      newest.aggregate_id, newest.version + n, correlation_id, producer, producer_instance, 1, more.data::json
    from (values
      (${cartId}, 'CartItemQuantityChanged', ${JSON.stringify({ cart_item_id: '1', quantity: 3 })}),
      (${orderId}, 'OrderCancelled', ${JSON.stringify({ order_id: orderId, reason: 'late' })})
    ) as more (id, type, data)
    cross join lateral (
      select * from write.journal where aggregate_id = more.id order by sequence desc limit 1
    ) newest
    cross join generate_series(1, ${CHANGES}) as n`.execute(atWork.database.db);
};

interface Trial {
  readonly ask: Asking;
  readonly reach: Owner;
}

/** What it answers, without ids, and what it asks the journal for. */
const trial = async (at: ReturnType<typeof openCounting>, things: Things, { ask, reach }: Trial) => {
  // The product is looked up by a view that may be a second old: it is the same for all.
  await at.write.addCartItem({ cartId: newId('Cart'), productId, quantity: 1 }, OPERATOR);
  at.asked.length = 0;
  const answer = JSON.stringify(await ask(at.write, things, reach));
  return { answer: answer.replaceAll(things.cartId, 'ID').replaceAll(things.orderId, 'ID'), asked: [...at.asked] };
};

const trials = Object.entries(ASKING).flatMap(([name, ask]) =>
  OWNERS.flatMap((owner) =>
    OTHERS.map((reach) => [`${name}, a ${owner.kind}'s, by another ${reach.kind}`, owner, { ask, reach }] as const),
  ),
);

describe('what is not theirs', () => {
  it.each(trials)('is looked up as often as nothing is, and told so: %s', async (_name, owner, asking) => {
    const none = { cartId: newId('Cart'), orderId: newId('Order') };
    const [remembering, fresh] = [openCounting(), openCounting()];
    const things = await thingsOf(remembering.write, owner);
    const expected = await trial(openCounting(), none, asking);
    expect(await trial(fresh, things, asking)).toEqual(expected);
    expect(await trial(remembering, things, asking)).toEqual(expected);
  });

  it.each(trials)('is not read, however long it is: %s', async (_name, owner, asking) => {
    const none = { cartId: newId('Cart'), orderId: newId('Order') };
    const [remembering, fresh] = [openCounting(), openCounting()];
    const things = await thingsOf(remembering.write, owner);
    await lengthen(things);
    const own = await trial(remembering, things, { ask: ASKING['a cart'] ?? asking.ask, reach: owner });
    expect(own.asked).toEqual([{ aggregates: 1, rows: CHANGES + 2 }]);
    const expected = await trial(openCounting(), none, asking);
    expect(expected.asked.map(({ rows }) => rows)).toEqual(expected.asked.map(() => 0));
    expect(await trial(fresh, things, asking)).toEqual(expected);
    expect(await trial(remembering, things, asking)).toEqual(expected);
  });

  it('is refused under a key as nothing is, and takes nothing from whose it is', async () => {
    const at = openCounting();
    const things = await thingsOf(at.write, OWNERS[0]);
    const add = (reach: Owner, cartId: string, idempotencyKey: string | null) =>
      at.write.addCartItem({ cartId, productId, quantity: 1 }, { ...OPERATOR, reach, idempotencyKey });
    for (const cartId of [things.cartId, newId('Cart')])
      for (const _ of ['first', 'again'])
        expect(codeOf(await add(OTHERS[0], cartId, `key of ${cartId}`))).toBe('NOT_FOUND');
    at.asked.length = 0;
    expect(codeOf(await add(OWNERS[0], things.cartId, null))).toBe('ok');
    expect(at.asked).toEqual([]);
  });
});
