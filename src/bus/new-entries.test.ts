import { describe, expect, it } from 'vitest';
import { STREAMS, streamKeys } from '../events/index.ts';
import { NewEntries } from './new-entries.ts';
import type { StreamEntry } from './stream-group.ts';

type Asked = { readonly streams: readonly string[]; readonly count: number; readonly blockMs: number | null };

const STREAM = STREAMS.orders;

const entryOf = (stream: string, nth = 0): StreamEntry => ({ stream, id: `${nth}-0`, fields: [] });

/** A stream with so many entries; what was asked of it. */
const streamOf = (entries: number) => {
  const asked: Asked[] = [];
  let left = entries;
  const readNew = async (request: Asked) => {
    asked.push(request);
    const length = Math.min(left, request.count);
    left -= length;
    return Array.from({ length }, (_, nth) => entryOf(STREAM, nth));
  };
  return { asked, readNew };
};

const follow = (readNew: ReturnType<typeof streamOf>['readNew']): NewEntries =>
  new NewEntries({
    entries: { readNew },
    size: { least: 2, most: 8 },
    fetch: (request) => request(),
  });

const sizeOf = async (entries: NewEntries): Promise<number> =>
  (await entries.next({ streams: [STREAM], blockMs: 50 })).entries.length;

describe('new entries', () => {
  it('are waited for, and not read ahead, while few come', async () => {
    const { asked, readNew } = streamOf(1);
    const entries = follow(readNew);
    expect([await sizeOf(entries), await sizeOf(entries)]).toEqual([1, 0]);
    expect(asked).toEqual([
      { streams: [STREAM], count: 2, blockMs: 50 },
      { streams: [STREAM], count: 2, blockMs: 50 },
    ]);
  });

  it('are read ahead in a backlog, without waiting, and more at a time', async () => {
    const { asked, readNew } = streamOf(100);
    const entries = follow(readNew);
    expect(await sizeOf(entries)).toBe(2);
    expect(entries.isAhead).toBe(true);
    expect(asked).toEqual([
      { streams: [STREAM], count: 2, blockMs: 50 },
      { streams: [STREAM], count: 4, blockMs: null },
    ]);
    expect([await sizeOf(entries), await sizeOf(entries), await sizeOf(entries)]).toEqual([4, 8, 8]);
  });

  it('that were read ahead can be taken without asking for more', async () => {
    const { asked, readNew } = streamOf(100);
    const entries = follow(readNew);
    await sizeOf(entries);
    expect([(await entries.takeAhead()).entries.length, (await entries.takeAhead()).entries.length]).toEqual([4, 0]);
    expect(asked).toHaveLength(2);
  });

  it('are a backlog only when one of the streams has more', async () => {
    const streams = [STREAMS.orders, STREAMS.payments];
    const each = (count: number) => streams.flatMap((stream) => Array.from({ length: count }, () => entryOf(stream)));
    const asked: number[] = [];
    const entries = follow(async ({ count }) => {
      asked.push(count);
      return asked.length === 1 ? each(1) : [...each(1), entryOf(STREAMS.orders)];
    });
    await entries.next({ streams, blockMs: 50 });
    expect(entries.isAhead).toBe(false);
    await entries.next({ streams, blockMs: 50 });
    expect(entries.isAhead).toBe(true);
    expect(asked).toEqual([2, 2, 4]);
  });

  it('are as many as of the streams alone, however many partitions these have', async () => {
    const layout = { partitions: 64, most: 64 };
    const streams = [STREAMS.orders, STREAMS.payments].flatMap((stream) => streamKeys(stream, layout));
    const asked: number[] = [];
    const entries = new NewEntries({
      entries: {
        readNew: async ({ count }) => {
          asked.push(count);
          return streams.flatMap((stream) => Array.from({ length: count }, (_, nth) => entryOf(stream, nth)));
        },
      },
      size: { least: 500, most: 1_000 },
      fetch: (request) => request(),
    });
    const sizes = [await entries.next({ streams, blockMs: 50 }), await entries.next({ streams, blockMs: 50 })];
    // As many of each key, rounded up: hardly more than of two streams.
    expect(asked).toEqual([8, 16, 16]);
    expect(sizes.map((delivery) => delivery.entries.length)).toEqual([8 * 130, 16 * 130]);
    expect(entries.isAhead).toBe(true);
  });

  it('come a few at a time again after the backlog', async () => {
    const { asked, readNew } = streamOf(7);
    const entries = follow(readNew);
    expect([await sizeOf(entries), await sizeOf(entries), await sizeOf(entries)]).toEqual([2, 4, 1]);
    expect(entries.isAhead).toBe(false);
    await sizeOf(entries);
    expect(asked.at(-1)).toEqual({ streams: [STREAM], count: 2, blockMs: 50 });
  });

  it('fail where they are taken, not where they are read ahead', async () => {
    const { readNew } = streamOf(2);
    let reads = 0;
    const entries = follow(async (request) => {
      reads += 1;
      if (reads === 2) throw new Error('connection lost');
      return readNew(request);
    });
    expect(await sizeOf(entries)).toBe(2);
    await new Promise(setImmediate);
    await expect(entries.next({ streams: [STREAM], blockMs: 50 })).rejects.toThrow('connection lost');
    expect(await sizeOf(entries)).toBe(0);
  });

  it('that were read ahead may be forgotten: they are asked for anew', async () => {
    const { asked, readNew } = streamOf(100);
    const entries = follow(readNew);
    await sizeOf(entries);
    await entries.forget();
    await sizeOf(entries);
    expect(asked.at(-2)).toMatchObject({ blockMs: 50 });
  });
});
