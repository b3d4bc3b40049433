import { describe, expect, it } from 'vitest';
import { STREAMS, Streams } from './streams.ts';

const ofCarts = (keys: readonly string[]): readonly string[] =>
  keys
    .filter((key) => key.startsWith('ecommerce.carts.events'))
    .map((key) => key.slice('ecommerce.carts.events'.length));

describe('the streams of a run', () => {
  it('are their own keys and no others without partitions', () => {
    const streams = new Streams(1);
    for (const keys of [streams.inUse, streams.read, streams.possible]) expect(keys).toEqual(STREAMS);
    expect(streams.others).toEqual([]);
  });

  it('may be divided into other numbers, up to twice the first', () => {
    expect(new Streams(2).others).toEqual([1, 4]);
    expect(new Streams(4).others).toEqual([1, 2, 8]);
    expect(new Streams(3).others).toEqual([1, 2, 4]);
  });

  it('are written at the partitions of now, and read at all that there were, besides their own keys', () => {
    const streams = new Streams(2);
    expect(ofCarts(streams.inUse)).toEqual([':{0}', ':{1}']);
    streams.become(4);
    streams.become(1);
    expect(ofCarts(streams.inUse)).toEqual(['']);
    expect(ofCarts(streams.read)).toEqual(['', ':{0}', ':{1}', ':{2}', ':{3}']);
    expect(streams.history).toEqual([2, 4, 1]);
  });

  it('may come to stand at more keys than are read so far', () => {
    expect(ofCarts(new Streams(2).possible)).toEqual(['', ':{0}', ':{1}', ':{2}', ':{3}']);
  });
});
