import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase } from '../../../harness/support/servers.ts';
import { type Database, migrate, openDatabase } from '../../database/index.ts';
import { openCountCall } from './simulated-charges.ts';

const opened = new AsyncDisposableStack();
let database: Database;
beforeAll(async () => {
  const { url } = opened.use(await testDatabase());
  database = opened.use(openDatabase({ url, name: 'charges test', maxConnections: 4 }));
  await migrate(database.db);
});
afterAll(() => opened.disposeAsync());

const callOf = (key: string) => ({
  idempotencyKey: `${key}:1`,
  orderId: key,
  paymentId: `pay_${key}`,
  amount: '10.50',
  currency: 'EUR',
  behaviour: 'pays',
  outcome: 'succeeded',
});

describe('charges that the simulated provider is asked for', () => {
  it('in one turn are written down together, each with its own answer', async () => {
    const countCall = openCountCall(database.db);
    const counted = await Promise.all(['order_b', 'order_a', 'order_c'].map((key) => countCall(callOf(key))));
    expect(counted.map((charge) => charge?.payment_id)).toEqual(['pay_order_b', 'pay_order_a', 'pay_order_c']);
    const { rows } = await database.pool.query(
      'select count(distinct xmin::text)::integer as commits from write.simulated_charge',
    );
    expect(rows).toEqual([{ commits: 1 }]);
  });

  it('under one key are one charge, that keeps its payment, and counts', async () => {
    const countCall = openCountCall(database.db);
    const again = { ...callOf('order_d'), paymentId: 'pay_other' };
    const counted = await Promise.all([countCall(callOf('order_d')), countCall(again), countCall(callOf('order_e'))]);
    expect(counted.map((charge) => [charge?.payment_id, charge?.calls])).toEqual([
      ['pay_order_d', 1],
      ['pay_order_d', 2],
      ['pay_order_e', 1],
    ]);
  });
});
