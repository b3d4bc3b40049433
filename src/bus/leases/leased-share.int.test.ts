import { randomUUID } from 'node:crypto';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../../../harness/support/eventually.ts';
import { ownMs } from '../../../harness/support/own-time.ts';
import { type TestDatabase, testDatabase } from '../../../harness/support/servers.ts';
import { startProxy } from '../../../harness/support/tcp-proxy.ts';
import { type Database, type Db, migrate, openDatabase } from '../../database/index.ts';
import { partitionKey, UNPARTITIONED } from '../../events/index.ts';
import { type Clock, openLogger, systemClock } from '../../platform/index.ts';
import { type ChangeableLayout, changeableLayout } from './changeable-layout.fixture.ts';
import { LeasedShare, leaseTable } from './index.ts';

const GROUP = 'group';
const STREAM = 'ecommerce.orders.events';
const LEASE_MS = 600;
const EIGHT = { partitions: 8, most: 8 };
const ALL = [STREAM, ...Array.from({ length: EIGHT.most }, (_, nth) => partitionKey(STREAM, nth))];

let server: TestDatabase;
let database: Database;
let shares: LeasedShare[] = [];
let layout: ChangeableLayout;

beforeAll(async () => {
  await using opening = new AsyncDisposableStack();
  server = opening.use(await testDatabase());
  database = opening.use(openDatabase({ url: server.url, name: 'leases test', maxConnections: 4 }));
  await migrate(database.db);
  const opened = opening.move();
  return () => opened.disposeAsync();
});

beforeEach(() => {
  layout = changeableLayout(EIGHT);
});
afterEach(async () => {
  await Promise.all(shares.map((share) => share[Symbol.asyncDispose]()));
  shares = [];
  await database.db.deleteFrom('bus.partition_reader').execute();
});

interface Joining {
  readonly db?: Db;
  readonly leaseMs?: number;
  readonly clock?: Clock;
}

/** A member whose consumer reads at once whatever it is to read, and has nothing left to settle. */
const join = ({ db = database.db, leaseMs = LEASE_MS, clock = systemClock }: Joining = {}): LeasedShare => {
  const id = randomUUID();
  const table = leaseTable(db, { group: GROUP, consumer: `${GROUP}-${shares.length + 1}`, id });
  const logger = openLogger('silent');
  const share = new LeasedShare({ group: GROUP, id, streams: [STREAM], layout, table, leaseMs, clock, logger });
  shares.push(share);
  void share.resume(async () => {});
  return share;
};

/** Lets each member follow what it is to read, as its consumer does with each turn. */
const followed = (...members: readonly LeasedShare[]): readonly (readonly string[])[] =>
  members.map((share) => {
    const streams = share.streams();
    share.reads(streams);
    return streams;
  });

/** Of each member how many it reads, most first, once all is read and they have much the same. */
const spreadOver = (members: readonly LeasedShare[], withinMs?: number) =>
  eventually(() => {
    const read = followed(...members);
    expect(read.flat().toSorted()).toEqual(ALL.toSorted());
    const sizes = read.map(({ length }) => length).toSorted((one, other) => other - one);
    expect((sizes[0] ?? 0) - (sizes.at(-1) ?? 0)).toBeLessThanOrEqual(1);
    return sizes;
  }, withinMs);

const rowsThere = async () => (await database.db.selectFrom('bus.partition_reader').select('id').execute()).length;

/** A process that is stopped: its timers do not run, and its time passes all the same. */
const freezer = () => {
  let frozen: PromiseWithResolvers<void> | null = null;
  const clock: Clock = {
    nowMs: systemClock.nowMs,
    sleep: async (ms, signal) => {
      await systemClock.sleep(ms, signal);
      await frozen?.promise;
    },
  };
  const freeze = (): void => {
    frozen = Promise.withResolvers();
  };
  return { clock, freeze, thaw: () => frozen?.resolve() };
};

describe('partitions', () => {
  it('are spread evenly over the members that there are, each read by one, as members come and stop', async () => {
    const one = join();
    expect(await spreadOver([one])).toEqual([9]);
    const other = join();
    expect(await spreadOver([one, other])).toEqual([5, 4]);
    const third = join();
    expect(await spreadOver([one, other, third])).toEqual([3, 3, 3]);
    await one[Symbol.asyncDispose]();
    expect(await spreadOver([other, third])).toEqual([5, 4]);
  });

  it('of a member that stops are read by others within a second, however long leases last', async () => {
    const [one, other] = [join({ leaseMs: 3_000 }), join({ leaseMs: 3_000 })];
    expect(await spreadOver([one, other])).toEqual([5, 4]);
    await one[Symbol.asyncDispose]();
    expect(await spreadOver([other], 1_100)).toEqual([9]);
  });

  it('of a member that is frozen are read by others once its lease is over, and it reads nothing when it wakes', async () => {
    const { clock, freeze, thaw } = freezer();
    const [frozen, other] = [join({ clock }), join()];
    expect(await spreadOver([frozen, other])).toEqual([5, 4]);
    freeze();
    expect(await ownMs(() => spreadOver([other]))).toBeLessThan(2 * LEASE_MS);
    expect(frozen.streams()).toEqual([]);
    thaw();
    expect(await spreadOver([frozen, other])).toEqual([5, 4]);
  });

  it('are not taken from a member that has yet to settle what it was given', async () => {
    const one = join();
    expect(await spreadOver([one])).toEqual([9]);
    const other = join();
    await eventually(() => expect(one.streams()).toHaveLength(5));
    await systemClock.sleep(2 * LEASE_MS);
    expect(other.streams()).toEqual([]);
    expect(await spreadOver([one, other])).toEqual([5, 4]);
  });

  it('are read by nobody while the database is away for longer than a lease, and again after it', async () => {
    await using proxy = await startProxy(server.url);
    await using behind = openDatabase({ url: proxy.url, name: 'leases test', maxConnections: 2, unansweredMs: 300 });
    const share = join({ db: behind.db });
    expect(await spreadOver([share])).toEqual([9]);
    proxy.openHole();
    await eventually(() => expect(share.streams()).toEqual([]), LEASE_MS);
    await systemClock.sleep(LEASE_MS);
    expect(share.streams()).toEqual([]);
    const changed = share.changed(new AbortController().signal);
    proxy.healHole();
    expect(await ownMs(() => changed)).toBeLessThan(1_500);
    expect(await spreadOver([share])).toEqual([9]);
  });

  it('of a member that cannot read are read by others', async () => {
    const [one, other] = [join(), join()];
    expect(await spreadOver([one, other])).toEqual([5, 4]);
    one.pause();
    expect(await spreadOver([other])).toEqual([9]);
    await expect(one.resume(() => Promise.reject(new Error('no way')))).rejects.toThrow('no way');
    await systemClock.sleep(LEASE_MS);
    expect(followed(one, other).map(({ length }) => length)).toEqual([0, 9]);
    await one.resume(async () => {});
    expect(await spreadOver([one, other])).toEqual([5, 4]);
  });

  it('come and are leased while members run, whose streams all had read together before', async () => {
    layout.set(UNPARTITIONED);
    const [one, other] = [join(), join()];
    expect(followed(one, other)).toEqual([[STREAM], [STREAM]]);
    await systemClock.sleep(LEASE_MS);
    expect(await rowsThere()).toBe(0);
    layout.set(EIGHT);
    expect(await spreadOver([one, other])).toEqual([5, 4]);
    layout.set({ partitions: 1, most: 8 });
    expect(await spreadOver([one, other])).toEqual([5, 4]);
  });

  it('of members that are no more leave no rows', async () => {
    const { clock, freeze, thaw } = freezer();
    const [dead, other] = [join({ clock }), join()];
    expect(await spreadOver([dead, other])).toEqual([5, 4]);
    freeze();
    expect(await spreadOver([other])).toEqual([9]);
    expect(await rowsThere()).toBe(1);
    await other[Symbol.asyncDispose]();
    expect(await rowsThere()).toBe(0);
    thaw();
  });
});

describe('two members', () => {
  it('never read the same partition, however often one of them freezes; and none is unread for long', async () => {
    const { clock, freeze, thaw } = freezer();
    const [one, other, third] = [join({ clock }), join(), join()];
    expect(await spreadOver([one, other, third])).toEqual([3, 3, 3]);
    let [both, unreadSinceMs, longestMs] = [0, performance.now(), 0];
    const look = (): void => {
      const read = followed(one, other, third).flat();
      if (new Set(read).size < read.length) both += 1;
      if (ALL.every((stream) => read.includes(stream))) unreadSinceMs = performance.now();
      longestMs = Math.max(longestMs, performance.now() - unreadSinceMs);
    };
    for (let round = 0; round < 2; round += 1) {
      freeze();
      for (const untilMs = performance.now() + 1.5 * LEASE_MS; performance.now() < untilMs; await systemClock.sleep(5))
        look();
      thaw();
      for (const untilMs = performance.now() + LEASE_MS; performance.now() < untilMs; await systemClock.sleep(5))
        look();
    }
    expect(both).toBe(0);
    expect(longestMs).toBeLessThan(2 * LEASE_MS);
  });
});
