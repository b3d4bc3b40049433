import { nextTick } from 'node:process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { ProductView } from '../read/index.ts';
import { createBatches } from './batches.ts';
import { memoryModules } from './testing/memory-modules.ts';

const CUP: ProductView = {
  id: 'prod_cup',
  name: 'Cup',
  price: '1.00',
  currency: 'EUR',
  available: 1,
  reserved: 0,
  sold: 0,
};

/** Batches over products that take their number in stock from how often was asked. */
const counting = (whileReading: () => void = () => {}) => {
  const asked: (readonly string[])[] = [];
  const products = async (ids: readonly string[]): Promise<readonly ProductView[]> => {
    asked.push(ids);
    const available = asked.length;
    whileReading();
    return ids.map((id) => ({ ...CUP, id, available }));
  };
  const { read, audit } = memoryModules();
  return { asked, batches: createBatches({ ...read, products }, audit) };
};

/** As from one request to the next that came with the same turn of the event loop. */
const nextRequest = async (): Promise<void> => {
  for (let tick = 0; tick < 10; tick += 1) await promisify(nextTick)();
};

describe('batches', () => {
  it('read what the requests of one turn ask for with one query, each id once', async () => {
    const { asked, batches } = counting();
    const first = batches.products.load('prod_cup');
    await nextRequest();
    const others = [batches.products.load('prod_pot'), batches.products.load('prod_cup')];
    expect((await Promise.all([first, ...others])).map((product) => product?.id)).toEqual([
      'prod_cup',
      'prod_pot',
      'prod_cup',
    ]);
    expect(asked).toEqual([['prod_cup', 'prod_pot']]);
  });

  it('read again for whom asks after a query has begun', async () => {
    const late: Promise<ProductView | null>[] = [];
    const { asked, batches } = counting(() => {
      if (asked.length === 1) late.push(batches.products.load('prod_cup'));
    });
    expect((await batches.products.load('prod_cup'))?.available).toBe(1);
    expect((await late[0])?.available).toBe(2);
    expect((await batches.products.load('prod_cup'))?.available).toBe(3);
  });

  it('read the same stretch of many orders with one query', async () => {
    const { read, audit } = memoryModules();
    const asked: unknown[] = [];
    const steps: typeof read.steps = async (ids, range) => {
      asked.push([ids, range?.after, range?.upTo]);
      return read.steps(ids, range);
    };
    const batches = createBatches({ ...read, steps }, audit);
    const stretches = ['order_1', 'order_2', 'order_1'].map((orderId) => ({ orderId, after: 0 }));
    const loaded = await batches.steps.loadMany([...stretches, { orderId: 'order_2', after: 1, upTo: 5 }]);
    expect(loaded).toEqual([[], [], [], []]);
    expect(asked).toEqual([
      [['order_1', 'order_2'], 0, undefined],
      [['order_2'], 1, 5],
    ]);
  });
});
