import { describe, expect, it } from 'vitest';
import { JoinedStreams } from './joined-streams.ts';
import { StreamRefused } from './stream-group.ts';

const PAUSES = { firstMs: 50, maxMs: 2_000 };

/** Joins all streams but those that are refused. */
const openStreams = (refused: ReadonlySet<string>) => {
  let nowMs = 0;
  const asked: string[] = [];
  const told: string[] = [];
  const join = async (stream: string): Promise<void> => {
    asked.push(stream);
    if (refused.has(stream)) throw new StreamRefused('WRONGTYPE');
  };
  const joined = new JoinedStreams({
    join,
    onRefused: (stream) => void told.push(stream),
    clock: { nowMs: () => nowMs, sleep: async () => {} },
    pauses: PAUSES,
  });
  const pass = (ms: number): void => void (nowMs += ms);
  return { joined, asked, told, pass };
};

describe('the streams of a consumer', () => {
  it('are read but for one that is refused, which is asked for again after a pause, longer each time', async () => {
    const refused = new Set(['a']);
    const { joined, asked, told, pass } = openStreams(refused);
    await joined.join(['a', 'b']);
    expect(joined.all).toEqual(['b']);
    await joined.joinMissing();
    expect(asked).toEqual(['a', 'b']);
    pass(PAUSES.maxMs);
    await joined.joinMissing();
    expect(told).toEqual(['a', 'a']);
    refused.clear();
    pass(PAUSES.maxMs);
    await joined.joinMissing();
    expect(joined.all.toSorted()).toEqual(['a', 'b']);
    pass(PAUSES.maxMs);
    await joined.joinMissing();
    expect(asked).toEqual(['a', 'b', 'a', 'a']);
  });

  it('change while it reads: of those that it had, it keeps what is wanted still', async () => {
    const { joined, asked } = openStreams(new Set());
    await joined.join(['a', 'b']);
    joined.follow(['b', 'c']);
    expect(joined.all).toEqual(['b']);
    await joined.joinMissing();
    expect(joined.all).toEqual(['b', 'c']);
    expect(asked).toEqual(['a', 'b', 'c']);
  });

  it('are joined at the same time', async () => {
    const begun: PromiseWithResolvers<void>[] = [];
    const joined = new JoinedStreams({
      join: async () => {
        begun.push(Promise.withResolvers());
        if (begun.length === 2) for (const { resolve } of begun) resolve();
        await begun.at(-1)?.promise;
      },
      onRefused: () => {},
      clock: { nowMs: () => 0, sleep: async () => {} },
      pauses: PAUSES,
    });
    await joined.join(['a', 'b']);
    expect(joined.all).toEqual(['a', 'b']);
  });

  it('may be none', async () => {
    const { joined } = openStreams(new Set());
    await joined.join([]);
    expect(joined.all).toEqual([]);
  });

  it('are all refused: that is told', async () => {
    const { joined } = openStreams(new Set(['a', 'b']));
    await expect(joined.join(['a', 'b'])).rejects.toThrow('WRONGTYPE');
  });

  it('fail together when it is no answer about one of them', async () => {
    const joined = new JoinedStreams({
      join: () => Promise.reject(new Error('connection lost')),
      onRefused: () => {},
      clock: { nowMs: () => 0, sleep: async () => {} },
      pauses: PAUSES,
    });
    await expect(joined.join(['a', 'b'])).rejects.toThrow('connection lost');
    expect(joined.all).toEqual([]);
  });
});
