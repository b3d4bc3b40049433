import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cartHistory, productHistory, recorded } from '../../harness/support/recorded.ts';
import { type DomainEvent, newId, PRODUCERS, type Recorded } from '../../src/events/index.ts';
import { foldCart, READ_MODELS } from '../../src/read/index.ts';
import { openReadSide, type ReadSide } from './read-side.ts';

let side: ReadSide;
beforeAll(async () => {
  side = await openReadSide();
});
afterAll(() => side[Symbol.asyncDispose]());

const TABLES = READ_MODELS.flatMap(({ tables }) => tables).map(({ name }) => name);

const clear = () =>
  sql`
    alter table audit.event_store disable trigger keep_forever;
    truncate audit.event_store, ${sql.raw(TABLES.map((name) => `read."${name}"`).join(', '))};
    alter table audit.event_store enable trigger keep_forever`.execute(side.db);

/** All rows of all read models, but when the event store took something in, which is another time in every run. */
const rows = async (): Promise<Readonly<Record<string, readonly string[]>>> => {
  const all = TABLES.map(async (name) => {
    const found = await sql<{ readonly row: string }>`
      select (to_jsonb(each) - 'changed_at')::text as row from read.${sql.id(name)} as each order by 1`.execute(
      side.db,
    );
    return [name, found.rows.map(({ row }) => row)] as const;
  });
  return Object.fromEntries(await Promise.all(all));
};

const CARTS = ['cart_1', 'cart_2', 'cart_unknown'];
const PRODUCTS = ['prod_1', 'prod_2', 'prod_unknown'];
const cartItemId = fc.constantFrom('1', '2', '3');
const quantity = fc.integer({ min: 1, max: 9 });

/** What is for one service to say of carts and products: of stock that came in anybody may tell. */
const words: fc.Arbitrary<DomainEvent> = fc.oneof(
  fc.constant({ type: 'CartCreated' as const, data: { customerId: 'eve', sessionId: null, currency: 'JPY' as const } }),
  fc
    .record({ cartItemId, productId: fc.constantFrom(...PRODUCTS), quantity, unitPrice: fc.constant('0.01') })
    .map((data) => ({ type: 'CartItemAdded' as const, data })),
  fc.record({ cartItemId, quantity }).map((data) => ({ type: 'CartItemQuantityChanged' as const, data })),
  cartItemId.map((id) => ({ type: 'CartItemRemoved' as const, data: { cartItemId: id } })),
  fc.constant({ type: 'CartCheckedOut' as const, data: { orderId: 'order_9', totalAmount: '0.01' } }),
  fc.constantFrom(...PRODUCTS).map((productId) => ({
    type: 'ProductUpserted' as const,
    data: { productId, name: 'Cheap', price: '0.01', currency: 'EUR' as const },
  })),
);

const word = fc
  .record({
    event: words,
    cartId: fc.constantFrom(...CARTS),
    version: fc.option(fc.integer({ min: 1, max: 8 }), { nil: null }),
    producer: fc.constantFrom('shop-service', PRODUCERS.saga),
  })
  .map(({ event, cartId, version, producer }) => {
    const aggregateId = event.type === 'ProductUpserted' ? event.data.productId : cartId;
    return recorded(event, { eventId: newId('Event'), aggregateId, version, producer });
  });

const own: readonly Recorded[] = [
  ...cartHistory('cart_1').slice(0, 4),
  ...cartHistory('cart_2'),
  ...productHistory('prod_1'),
  ...productHistory('prod_2'),
];

/** Panier's own events in their order, with strangers' between them, in two batches. */
const deliveries = fc
  .tuple(
    fc.array(word, { minLength: 1, maxLength: 12 }),
    fc.array(fc.nat({ max: own.length }), { minLength: 12, maxLength: 12 }),
  )
  .map(([said, places]) => said.reduce((all, each, nth) => all.toSpliced(places[nth] ?? 0, 0, each), [...own]))
  .chain((given) => fc.nat({ max: given.length }).map((at) => [given.slice(0, at), given.slice(at)] as const));

describe('what strangers say of carts and products', () => {
  it('changes no read model, whatever it is and whenever it comes, nor does a rebuild find another', async () => {
    await side.audit().handle(own);
    const expected = await rows();
    const property = fc.asyncProperty(deliveries, async (batches) => {
      await clear();
      for (const batch of batches) await side.audit().handle(batch);
      expect(await rows()).toEqual(expected);
      const carts = await side.audit().histories(['cart_1', 'cart_2', 'cart_unknown']);
      expect(foldCart(carts.get('cart_1') ?? [])).toEqual(foldCart(own.slice(0, 4)));
      expect(foldCart(carts.get('cart_unknown') ?? [])).toBeNull();
    });
    await fc.assert(property, { numRuns: 40 });
    expect((await side.rebuild()).tables.map(({ differing }) => differing)).toEqual(TABLES.map(() => 0));
  });
});
