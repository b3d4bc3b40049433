import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyBeside, MAX_PARTITIONS, partitionOf, streamKey, streamKeys, streamOfKey } from './partitions.ts';

const slotOf = (key: string) => /\{(.*?)\}/.exec(key)?.[1] ?? key;
const partitions = fc.integer({ min: 1, max: MAX_PARTITIONS });

describe('partitions', () => {
  it('leave the key of a stream as it is where there is one', () => {
    expect(streamKey('s', 'order_1', { partitions: 1, most: 1 })).toBe('s');
    expect(streamKeys('s', { partitions: 1, most: 1 })).toEqual(['s']);
  });

  it('are found again by the id of an aggregate, whose events have one key among those that are read', () => {
    fc.assert(
      fc.property(fc.string(), partitions, (id, count) => {
        const partitioning = { partitions: count, most: MAX_PARTITIONS };
        const key = streamKey('ecommerce.orders.events', id, partitioning);
        expect(streamKeys('ecommerce.orders.events', partitioning)).toContain(key);
        expect(streamOfKey(key)).toBe('ecommerce.orders.events');
        expect(streamKey('ecommerce.payments.events', id, partitioning)).toBe(key.replace('orders', 'payments'));
      }),
    );
  });

  it('have what stands beside a stream in its slot', () => {
    for (const key of ['s', 's:{3}']) expect(slotOf(keyBeside(key, 'mark'))).toBe(slotOf(key));
    expect(keyBeside('s', 'mark')).toBe('{s}:mark');
  });

  it('are of much the same size', () => {
    const counts = new Map<number, number>();
    for (let nth = 0; nth < 8_000; nth += 1) {
      const partition = partitionOf(`order_${nth}`, 8);
      counts.set(partition, (counts.get(partition) ?? 0) + 1);
    }
    expect(counts.size).toBe(8);
    expect(Math.min(...counts.values())).toBeGreaterThan(850);
  });

  it('never change: what is stored says where an aggregate is', () => {
    expect(['order_1', 'order_2', 'cart_1'].map((id) => partitionOf(id, 64))).toEqual([62, 50, 34]);
  });
});
