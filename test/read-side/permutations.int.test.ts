import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Outcome, orderHistory, productHistory } from '../../harness/support/recorded.ts';
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
    await sql`select id, status, facts, revision, created_at, updated_at from read."order" order by id`.execute(
      side.db,
    );
  const products = await sql`select * from read.product order by id`.execute(side.db);
  const steps = await sql`select order_id, revision from read.order_step order by 1, 2`.execute(side.db);
  return { orders: orders.rows, products: products.rows, steps: steps.rows };
};

const OUTCOMES: readonly Outcome[] = ['Confirmed', 'Rejected', 'Declined'];
const events = [
  ...productHistory('prod_1'),
  ...productHistory('prod_2'),
  ...OUTCOMES.flatMap((outcome) => orderHistory(`order_${outcome}`, outcome, 'ada')),
];

/** Every event, some of them again, in any order, in two batches that overlap or not. */
const deliveries = fc
  .array(fc.constantFrom(...events), { maxLength: 8 })
  .chain((again) => fc.shuffledSubarray([...events, ...again], { minLength: events.length + again.length }))
  .chain((given) => fc.nat({ max: given.length }).map((at) => [given.slice(0, at), given.slice(at)] as const));

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
});
