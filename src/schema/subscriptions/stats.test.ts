import { describe, expect, it } from 'vitest';
import type { Clock } from '../../platform/index.ts';
import type { StatsView } from '../../read/index.ts';
import { createBatches } from '../batches.ts';
import { memoryChanges } from '../testing/memory-changes.ts';
import { memoryModules } from '../testing/memory-modules.ts';
import { customer, follow, nextOf, run } from '../testing/run.ts';
import { createLiveStreams } from './live-streams.ts';
import { statsStates } from './stats.ts';

const BEGUN_MS = Date.UTC(2026, 0, 2);

/** After so many seconds, by buckets of one second; in each of these seconds an order was checked out. */
const viewAt = (second: number, checkouts: readonly number[]): StatsView => {
  const buckets = [second - 2, second - 1, second];
  const none = buckets.map(() => 0);
  return {
    orders: [{ status: 'PENDING', orders: checkouts.length }],
    oldestOpenAt: null,
    from: new Date(BEGUN_MS + (second - 2) * 1_000).toISOString(),
    bucketSeconds: 1,
    happened: {
      CREATED: buckets.map((bucket) => checkouts.filter((each) => each === bucket).length),
      CONFIRMED: none,
      REJECTED: none,
      CANCELLED: none,
    },
    durations: [],
  };
};

/** A shop whose second is the clock's; sleeping takes the time it says. */
const openShop = () => {
  const changes = memoryChanges();
  const checkouts: number[] = [];
  const slept: number[] = [];
  const state = { nowMs: 0, readingMs: 0 };
  const clock: Clock = { nowMs: () => state.nowMs, sleep: async (ms) => passTime(ms) };
  const passTime = (ms: number): void => {
    slept.push(ms);
    state.nowMs += Math.max(0, ms);
  };
  const second = (): number => Math.floor(state.nowMs / 1_000);
  const read = async (): Promise<StatsView> => {
    state.nowMs += state.readingMs;
    return viewAt(second(), checkouts);
  };
  const checkOut = (): void => {
    checkouts.push(second());
    changes.announce(['Events']);
  };
  const open = () =>
    createLiveStreams(changes).open([{ kind: 'Events' }], async (pull) => statsStates(read, pull, clock));
  return { open, checkOut, slept, changes, passTime, state };
};

describe('the subscription stats', () => {
  it('tells what is, then what changed, and whatever happened within a second as one', async () => {
    const shop = openShop();
    const stream = await shop.open();
    expect(await stream.next()).toMatchObject({ value: { orders: [{ status: 'PENDING', orders: 0 }] } });
    for (let nth = 0; nth < 3; nth += 1) shop.checkOut();
    expect((await stream.next()).value).toMatchObject({ orders: [{ orders: 3 }] });
    expect(shop.slept).toEqual([1_000]);
    await stream.return?.();
    expect(shop.changes.watching()).toBe(0);
  });

  it('waits for a second from what it told last, however long that took to read', async () => {
    const shop = openShop();
    shop.state.readingMs = 400;
    const stream = await shop.open();
    const toldAtMs: number[] = [];
    for (let nth = 0; nth < 3; nth += 1) {
      await stream.next();
      toldAtMs.push(shop.state.nowMs);
      shop.state.readingMs = 0;
      shop.checkOut();
    }
    expect(toldAtMs).toEqual([400, 1_400, 2_400]);
    await stream.return?.();
  });

  it('tells a slow reader the newest alone, and does not make them wait again', async () => {
    const shop = openShop();
    const stream = await shop.open();
    await stream.next();
    shop.checkOut();
    shop.passTime(5_000);
    shop.checkOut();
    expect((await stream.next()).value).toMatchObject({ orders: [{ orders: 2 }] });
    expect(Math.max(...shop.slept.slice(1))).toBeLessThanOrEqual(0);
    await stream.return?.();
  });

  it('tells nothing of what other events there are, nor of what leaves the window by the time', async () => {
    const shop = openShop();
    shop.checkOut();
    const stream = await shop.open();
    await stream.next();
    const next = stream.next();
    for (const ms of [0, 1_000, 5_000]) {
      shop.passTime(ms);
      shop.changes.announce(['Events']);
      await new Promise(setImmediate);
    }
    shop.checkOut();
    expect((await next).value).toMatchObject({ orders: [{ orders: 2 }] });
    await stream.return?.();
  });
});

const shopOf = () => {
  const modules = memoryModules();
  const asked: string[] = [];
  const stats = async (window: string): Promise<StatsView> => {
    asked.push(window);
    return viewAt(2, [1, 1, 2]);
  };
  return { modules, asked, batches: createBatches({ ...modules.read, stats }, modules.audit) };
};

describe('the statistics', () => {
  const query = '{ stats { checkouts orders { status count } } }';
  const subscription = 'subscription { stats(window: HOUR) { bucketSeconds } }';

  it('are of five minutes unless another window is asked for, and read once for all who ask at once', async () => {
    const { modules, asked, batches } = shopOf();
    const answers = await Promise.all([1, 2, 3].map(() => run(modules, { document: query, batches })));
    const stats = { checkouts: [0, 2, 1], orders: [{ status: 'PENDING', count: 3 }] };
    for (const answer of answers) expect(answer).toEqual({ data: { stats } });
    expect(asked).toEqual(['FIVE_MINUTES']);
    const stream = await follow(modules, { document: subscription, batches });
    expect(await nextOf(stream)).toEqual({ bucketSeconds: 1 });
    expect(asked).toEqual(['FIVE_MINUTES', 'HOUR']);
    await stream.return(undefined);
  });

  it('are for who may read every order', async () => {
    const { modules, batches } = shopOf();
    const viewer = customer('ada');
    expect(await run(modules, { document: query, batches, viewer })).toMatchObject({
      errors: [{ extensions: { code: 'FORBIDDEN' } }],
    });
    await expect(follow(modules, { document: subscription, batches, viewer })).rejects.toMatchObject({
      extensions: { code: 'FORBIDDEN' },
    });
  });
});
