import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { history, type Outcome, orderHistory, productHistory, recorded } from '../../harness/support/recorded.ts';
import type { Recorded } from '../../src/events/index.ts';
import { READ_MODELS } from '../../src/read/index.ts';
import { openReadSide, type ReadSide } from './read-side.ts';

let side: ReadSide;
beforeAll(async () => {
  side = await openReadSide();
});
afterAll(() => side[Symbol.asyncDispose]());

const TABLES = READ_MODELS.flatMap(({ tables }) => tables).map(({ name }) => `read."${name}"`);

const clear = () =>
  sql`
    alter table audit.event_store disable trigger keep_forever;
    truncate audit.event_store, ${sql.raw(TABLES.join(', '))};
    alter table audit.event_store enable trigger keep_forever`.execute(side.db);

const rows = async () => {
  const orders =
    await sql`select id, owner, status, facts, revision, created_at, updated_at from read."order" order by id`.execute(
      side.db,
    );
  const products = await sql`select * from read.product order by id`.execute(side.db);
  const steps = await sql`select order_id, revision from read.order_step order by 1, 2`.execute(side.db);
  const carts = await sql`select * from read.cart order by id`.execute(side.db);
  const visits = await sql`select * from read.visit order by id`.execute(side.db);
  return { orders: orders.rows, products: products.rows, steps: steps.rows, carts: carts.rows, visits: visits.rows };
};

const ofVisit = ({ envelope, event }: Recorded, sessionId: string): Recorded => {
  if (event.type !== 'OrderCreated') return { envelope, event };
  const { data: _, ...rest } = envelope;
  return recorded({ ...event, data: { ...event.data, sessionId } }, rest);
};

/** Two visits with a cart and an order each; one of them is claimed, and its cart merged. */
const VISITS = ['visit_1', 'visit_2'] as const;
const visited = VISITS.flatMap((sessionId) => [
  ...history(`cart_of_${sessionId}`, [
    { type: 'CartCreated', data: { customerId: null, sessionId, currency: 'EUR' } },
    { type: 'CartItemAdded', data: { cartItemId: '1', productId: 'prod_1', quantity: 2, unitPrice: '10.50' } },
    ...(sessionId === 'visit_1' ? [{ type: 'CartMerged', data: { intoCartId: 'cart_of_ada' } } as const] : []),
  ]),
  ...orderHistory(`order_of_${sessionId}`, 'Confirmed').map((each) => ofVisit(each, sessionId)),
]);
const claim = [
  ...history('visit_1', [{ type: 'VisitClaimed', data: { visitorId: 'visit_1', customerId: 'ada' } }]),
  ...history('cart_of_ada', [
    { type: 'CartCreated', data: { customerId: 'ada', sessionId: 'visit_2', currency: 'EUR' } },
    {
      type: 'CartLinesMerged',
      data: {
        fromCartId: 'cart_of_visit_1',
        lines: [{ cartItemId: '1', productId: 'prod_1', quantity: 2, unitPrice: '10.50' }],
      },
    },
  ]),
];

const OUTCOMES: readonly Outcome[] = ['Confirmed', 'Rejected', 'Declined'];
const events = [
  ...productHistory('prod_1'),
  ...productHistory('prod_2'),
  ...visited,
  ...claim,
  ...OUTCOMES.flatMap((outcome) => orderHistory(`order_${outcome}`, outcome, 'ada')),
];

/** Every event, some of them again, in any order, in two batches that overlap or not. */
const deliveries = fc
  .array(fc.constantFrom(...events), { maxLength: 8 })
  .chain((again) => fc.shuffledSubarray([...events, ...again], { minLength: events.length + again.length }))
  .chain((given) => fc.nat({ max: given.length }).map((at) => [given.slice(0, at), given.slice(at)] as const));

const ownersOf = async (table: string) => {
  const found = await sql<{ id: string; owner: string }>`
    select id, owner from read.${sql.id(table)} where id like '%visit%' order by id`.execute(side.db);
  return Object.fromEntries(found.rows.map(({ id, owner }) => [id, owner]));
};

describe('the read models', () => {
  it('are the same for every order, repetition and division of the deliveries', async () => {
    await side.audit().handle(events);
    const expected = await rows();
    const property = fc.asyncProperty(deliveries, async (batches) => {
      await clear();
      await Promise.all(batches.map((batch) => side.audit().handle(batch)));
      expect(await rows()).toEqual(expected);
    });
    await fc.assert(property, { numRuns: 40 });
  });

  it('give what a visitor had, and no more, to the customer who has claimed the visit', async () => {
    expect({ ...(await ownersOf('cart')), ...(await ownersOf('order')) }).toEqual({
      cart_of_visit_1: 'customer:ada',
      cart_of_visit_2: 'visitor:visit_2',
      order_of_visit_1: 'customer:ada',
      order_of_visit_2: 'visitor:visit_2',
    });
  });
});
