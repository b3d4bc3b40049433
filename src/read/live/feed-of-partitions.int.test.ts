import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type HandStored, HandWriters } from '../../../harness/support/partitioned-store.ts';
import { testDatabase } from '../../../harness/support/servers.ts';
import { type Db, migrate, openDatabase } from '../../database/index.ts';
import { positionIn } from '../../events/index.ts';
import { headPositions } from '../../projection/index.ts';
import { Feed } from './feed.ts';
import { Watches } from './watches.ts';

const opened = new AsyncDisposableStack();
let db: Db;
let writers: HandWriters;
beforeAll(async () => {
  const { url } = opened.use(await testDatabase());
  const database = opened.use(openDatabase({ url, name: 'feed test', maxConnections: 6 }));
  await migrate(database.db);
  db = database.db;
  writers = opened.use(new HandWriters(database.pool));
  await writers.divide(4);
});
afterAll(() => opened.disposeAsync());

const created = (partition: number, aggregateId: string): readonly HandStored[] => [
  { eventId: `event_${aggregateId}`, aggregateId, partition, causationId: null, type: 'OrderCreated' },
];

const isWoken = (next: Promise<void>): Promise<boolean> =>
  Promise.race([next.then(() => true), new Promise<boolean>((resolve) => setImmediate(resolve, false))]);

/** Tells the feed what was committed to a partition, as its writer would. */
const announced = async (feed: Feed, partition: number, after: bigint): Promise<void> => {
  const position = positionIn(await headPositions(db), partition);
  feed.receive({ advances: [{ partition, after, position }], changes: {}, part: 1, parts: 1 });
};

describe('who waits for what several partitions change', () => {
  it('is woken for what becomes visible late, at a lower position, and is announced to nobody', async () => {
    const watches = new Watches();
    const feed = new Feed(db, watches);
    using late = watches.watch([{ kind: 'orders', id: 'order_late' }]);
    using early = watches.watch([{ kind: 'orders', id: 'order_early' }]);
    await feed.poll();
    await Promise.all([late.next(), early.next()]);
    const before = positionIn(await headPositions(db), 1);
    await writers.store(2, created(2, 'order_late'));
    await writers.store(1, created(1, 'order_early'));
    await writers.commit(1);
    await announced(feed, 1, before);
    for (let poll = 0; poll < 3; poll += 1) await feed.poll();
    const waiting = [early.next(), late.next()];
    expect(await Promise.all(waiting.map(isWoken))).toEqual([false, false]);
    await writers.commit(2);
    for (let poll = 0; poll < 2; poll += 1) await feed.poll();
    expect(await Promise.all(waiting.map(isWoken))).toEqual([false, true]);
  });

  it('is woken though somebody announced a partition that there is not', async () => {
    const watches = new Watches();
    const feed = new Feed(db, watches);
    using watch = watches.watch([{ kind: 'orders', id: 'order_lied' }]);
    await feed.poll();
    await watch.next();
    for (const partition of [3, 4_000, Number.NaN])
      feed.receive({ advances: [{ partition, after: 0n, position: 10n ** 15n }], changes: {}, part: 1, parts: 1 });
    await writers.store(3, created(3, 'order_lied'));
    await writers.commit(3);
    for (let poll = 0; poll < 2; poll += 1) await feed.poll();
    expect(await isWoken(watch.next())).toBe(true);
  });
});
