import fc from 'fast-check';
import type { Redis } from 'ioredis';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testRedis } from '../../harness/support/servers.ts';
import { groupStates } from './index.ts';
import { openRedis } from './redis.ts';

const STREAM = 'stream';

let redis: Redis;

beforeAll(async () => {
  const server = await testRedis();
  redis = openRedis(server.url);
  return async () => {
    redis.disconnect();
    await server[Symbol.asyncDispose]();
  };
});

beforeEach(async () => {
  await redis.flushall();
});

const add = (nth: number, stream = STREAM) => redis.xadd(stream, `${nth}-0`, 'nth', nth);
const read = (count: number, consumer = 'me') =>
  redis.xreadgroup('GROUP', 'group', consumer, 'COUNT', count, 'STREAMS', STREAM, '>');
const stateOf = async () => (await groupStates(redis, [STREAM], []))[0];

describe('the state of a group', () => {
  it('says what it lacks, what it holds, and how old the oldest of either is', async () => {
    await redis.xgroup('CREATE', STREAM, 'group', '0', 'MKSTREAM');
    const caughtUp = {
      stream: STREAM,
      group: 'group',
      lag: 0,
      pending: 0,
      behindMs: 0,
      deliveries: null,
      consumers: 0,
    };
    expect(await stateOf()).toEqual(caughtUp);
    const [seconds] = await redis.time();
    const minuteAgo = Number(seconds) * 1_000 - 60_000;
    await add(minuteAgo);
    await add(minuteAgo + 30_000);
    expect(await stateOf()).toMatchObject({ lag: 2, pending: 0, deliveries: null });
    await read(1);
    expect(await stateOf()).toMatchObject({ lag: 1, pending: 1, deliveries: 1, consumers: 1 });
    expect((await stateOf())?.behindMs).toBeGreaterThan(59_000);
    await redis.xclaim(STREAM, 'group', 'other', 0, `${minuteAgo}-0`);
    expect(await stateOf()).toMatchObject({ deliveries: 2, consumers: 2 });
    await redis.xack(STREAM, 'group', `${minuteAgo}-0`);
    const { behindMs = 0 } = (await stateOf()) ?? {};
    expect([behindMs > 29_000, behindMs < 40_000]).toEqual([true, true]);
  });

  it('is that of every group of every stream, and of none where there is no stream', async () => {
    await redis.set('text', 'no stream');
    for (const stream of [STREAM, 'another'])
      for (const group of ['a', 'b']) await redis.xgroup('CREATE', stream, group, '0', 'MKSTREAM');
    const states = await groupStates(redis, [STREAM, 'missing', 'text', 'another'], []);
    expect(states.map(({ stream, group }) => [stream, group])).toEqual([
      [STREAM, 'a'],
      [STREAM, 'b'],
      ['another', 'a'],
      ['another', 'b'],
    ]);
  });

  it('costs a few commands, however many entries wait', async () => {
    await redis.xgroup('CREATE', STREAM, 'group', '0', 'MKSTREAM');
    const count = async () => Number(/total_commands_processed:(\d+)/.exec(await redis.info('stats'))?.[1]);
    const own = [{ stream: STREAM, group: 'not there' }];
    const costOf = async () => {
      const before = await count();
      await groupStates(redis, [STREAM], own);
      return (await count()) - before;
    };
    for (let nth = 1; nth <= 20; nth += 1) await add(nth);
    await read(10);
    const few = await costOf();
    for (let nth = 21; nth <= 2_000; nth += 1) await add(nth);
    await read(1_000);
    expect(await costOf()).toBe(few);
    expect(few).toBeLessThan(12);
  });
});

const withOwn = (...streams: string[]) =>
  groupStates(
    redis,
    streams,
    streams.map((stream) => ({ stream, group: 'own' })),
  );

describe('a group that is to be there and is not', () => {
  const stranger = { lag: 0, pending: 0, consumers: 0 };

  it('lacks all that stands in its stream, since the first of it', async () => {
    const [seconds] = await redis.time();
    const minuteAgo = Number(seconds) * 1_000 - 60_000;
    for (const nth of [0, 1, 30_000]) await add(minuteAgo + nth);
    await redis.xgroup('CREATE', STREAM, 'stranger', '$');
    const [other, own] = await withOwn(STREAM);
    expect(other).toMatchObject({ group: 'stranger', ...stranger });
    expect(own).toMatchObject({
      stream: STREAM,
      group: 'own',
      lag: 3,
      pending: null,
      deliveries: null,
      consumers: null,
    });
    expect(Math.round((own?.behindMs ?? 0) / 10_000)).toBe(6);
  });

  it('lacks nothing of a stream without entries, of none, and of what is none', async () => {
    await redis.set('text', 'no stream');
    await redis.xgroup('CREATE', STREAM, 'stranger', '0', 'MKSTREAM');
    expect(await withOwn(STREAM, 'missing', 'text')).toMatchObject([{ group: 'stranger' }]);
  });

  it('is not taken for one that strangers without number hide', async () => {
    for (let nth = 0; nth < 60; nth += 1) await redis.xgroup('CREATE', STREAM, `a-${nth}`, '0', 'MKSTREAM');
    await redis.xgroup('CREATE', STREAM, 'own', '0');
    await add(1);
    expect((await withOwn(STREAM)).filter(({ group }) => group === 'own')).toMatchObject([{ lag: 1, consumers: 0 }]);
  });
});

type Step = readonly ['add' | 'read' | 'trim', number];

const STEPS = fc.array(
  fc.tuple(fc.constantFrom<Step[0]>('add', 'add', 'read', 'trim'), fc.integer({ min: 0, max: 9 })),
  { minLength: 8, maxLength: 20 },
);

const lastDelivered = async (): Promise<string> =>
  String(((await redis.xinfo('GROUPS', STREAM)) as unknown[][])[0]?.[7]);

const take = async ([what, at]: Step, nth: number): Promise<void> => {
  if (what === 'add') await add(nth);
  if (what === 'read') await read(at + 1);
  // As panier trims: nothing that a group has yet to be given.
  if (what === 'trim') await redis.xtrim(STREAM, 'MINID', await lastDelivered());
};

describe('the lag of a group', () => {
  it('is what the group has yet to be given, however the stream was trimmed', async () => {
    await fc.assert(
      fc.asyncProperty(STEPS, async (steps) => {
        await redis.flushall();
        await redis.xgroup('CREATE', STREAM, 'group', '0', 'MKSTREAM');
        for (const [nth, step] of steps.entries()) {
          await take(step, nth + 1);
          const unread = (await redis.xrange(STREAM, `(${await lastDelivered()}`, '+')).length;
          expect((await stateOf())?.lag).toBe(unread);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('is null where what Redis counts cannot be', async () => {
    await redis.xgroup('CREATE', STREAM, 'group', '0', 'MKSTREAM');
    for (let nth = 1; nth <= 4; nth += 1) await add(nth);
    await read(1);
    await redis.xtrim(STREAM, 'MINID', '4-0');
    expect(await stateOf()).toMatchObject({ lag: null, pending: 1 });
    await redis.xtrim(STREAM, 'MINID', '5-0');
    expect(await stateOf()).toMatchObject({ lag: 0 });
  });
});
