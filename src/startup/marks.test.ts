import { expect, it } from 'vitest';
import { type Partitioning, STREAMS, UNPARTITIONED } from '../events/index.ts';
import { marksIn } from './marks.ts';

it('the marks of streams are listed once, and anew when the streams are divided otherwise', () => {
  let now: Partitioning = UNPARTITIONED;
  const marksOf = marksIn({ current: () => now });
  const [carts, orders] = [[STREAMS.carts], [STREAMS.orders]];
  const before = marksOf(carts);
  expect([marksOf(orders).length, before.length]).toEqual([2, 2]);
  expect(marksOf(carts)).toBe(before);
  now = { partitions: 2, most: 2 };
  expect(marksOf(carts).map(({ stream }) => stream)).toEqual(expect.arrayContaining([`${STREAMS.carts}:{1}`]));
  expect(marksOf(carts)).toBe(marksOf(carts));
});
