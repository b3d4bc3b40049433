import { expect, it } from 'vitest';
import { PLAYS, playOf } from './plays.ts';

const countOf = (name: string, orders: number): number =>
  Array.from({ length: orders }, (_, nth) => playOf(nth).name).filter((each) => each === name).length;

it('gives each play its share of a hundred orders', () => {
  for (const { name, share } of PLAYS) expect([name, countOf(name, 100)]).toEqual([name, share]);
});

it('has each end of an order among the first few', () => {
  const ends = Array.from({ length: 12 }, (_, nth) => playOf(nth).ends);
  expect(new Set(ends)).toEqual(new Set(['CONFIRMED', 'REJECTED', 'CANCELLED']));
});
