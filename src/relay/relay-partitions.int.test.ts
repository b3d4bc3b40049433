import { sql } from 'kysely';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../../harness/support/eventually.ts';
import { cartIds, outboxOf, requestOn, writeJournal } from '../../harness/support/journal.ts';
import { decodeEntry, type Partitioning, STREAMS, streamKey, streamKeys, UNPARTITIONED } from '../events/index.ts';
import { sleep } from '../platform/index.ts';
import { redisStanding } from './redis-standing.ts';
import { type RelayAtWork, relayAtWork } from './relay.fixture.ts';
import type { Relay } from './relay.ts';
import { MOST_WAIT_MS } from './routing.ts';

const GROUP = 'readers';
const FOUR: Partitioning = { partitions: 4, most: 4 };

let atWork: RelayAtWork;
let relays: Relay[];
let partitioning: Partitioning;
let told: number[];

const keys = (): readonly string[] => streamKeys(STREAMS.carts, partitioning);
const layout = {
  current: () => partitioning,
  refresh: async () => partitioning,
  onChange: () => ({ [Symbol.dispose]() {} }),
};

beforeAll(async () => {
  atWork = await relayAtWork();
  return () => atWork[Symbol.asyncDispose]();
});
beforeEach(async () => {
  [relays, told, partitioning] = [[], [], UNPARTITIONED];
  await atWork.redis.flushall();
  await sql`delete from write.publication`.execute(atWork.database.db);
  await sql`delete from write.outbox`.execute(atWork.database.db);
});
afterEach(async () => {
  for (const relay of relays) await relay[Symbol.asyncDispose]();
});

const tell = async ({ partitions }: Partitioning) => void told.push(partitions);

const startRelay = (): void => {
  const standing = redisStanding(atWork.redis, () => new Map(keys().map((key) => [key, [GROUP]])));
  relays.push(atWork.relay({ routing: { layout, standing, tell } }));
};

const append = async (cartId: string, from: number, count = 1): Promise<readonly string[]> => {
  const request = requestOn(cartId, from, { count });
  expect((await writeJournal(atWork).append(request)).type).toBe('Appended');
  return request.entries.map(({ envelope }) => envelope.eventId);
};

const onKey = async (key: string): Promise<readonly string[]> =>
  (await atWork.redis.xrange(key, '-', '+')).map(([, fields]) => decodeEntry(STREAMS.carts, fields).envelope.eventId);

const everywhere = async (): Promise<readonly string[]> =>
  (await Promise.all(streamKeys(STREAMS.carts, { partitions: 1, most: 8 }).map(onKey))).flat();

const isPublished = () => eventually(async () => expect(await outboxOf(atWork)).toBe(0));

const joinAll = async (at = keys()): Promise<void> => {
  for (const key of at)
    await atWork.redis.xgroup('CREATE', key, GROUP, '0', 'MKSTREAM').catch((error: Error) => {
      if (!error.message.startsWith('BUSYGROUP')) throw error;
    });
};

/** Reads and acknowledges what there is, as the group. */
const readAll = async (): Promise<readonly string[]> => {
  // The newest ones first: whatever overtakes shows.
  const at = keys().toReversed();
  const options = ['COUNT', 1_000, 'STREAMS', ...at, ...at.map(() => '>')] as const;
  const reply = (await atWork.redis.xreadgroup('GROUP', GROUP, 'me', ...options)) as
    | [string, [string, string[]][]][]
    | null;
  for (const [key, entries] of reply ?? []) await atWork.redis.xack(key, GROUP, ...entries.map(([id]) => id));
  return (reply ?? []).flatMap(([, entries]) =>
    entries.map(([, fields]) => decodeEntry(STREAMS.carts, fields).envelope.eventId),
  );
};

/** A cart of each of the partitions. */
const cartIn = (partition: number): string =>
  cartIds(64).find((id) => streamKey(STREAMS.carts, id, FOUR).endsWith(`{${partition}}`)) ?? '';

describe('with partitions, a relay', () => {
  it('publishes an event to the partition of its aggregate, and leaves its mark beside', async () => {
    partitioning = FOUR;
    startRelay();
    for (const cartId of [0, 1, 2, 3].map(cartIn)) {
      const ids = await append(cartId, 0, 2);
      await eventually(async () =>
        expect(await onKey(streamKey(STREAMS.carts, cartId, FOUR))).toEqual(expect.arrayContaining([...ids])),
      );
    }
    await isPublished();
    const marks = await atWork.redis.keys('*:published:write');
    expect(marks.toSorted()).toEqual([0, 1, 2, 3].map((p) => `${STREAMS.carts}:{${p}}:published:write`));
    expect(await atWork.redis.exists(STREAMS.carts)).toBe(0);
    const { rows } = await sql<{ stream: string }>`select distinct stream from write.publication order by 1`.execute(
      atWork.database.db,
    );
    expect(rows.map(({ stream }) => stream)).toEqual([0, 1, 2, 3].map((p) => `${STREAMS.carts}:{${p}}`));
  });

  it('holds up no other partition where one cannot be written', async () => {
    partitioning = FOUR;
    const key = `${STREAMS.carts}:{1}`;
    await atWork.redis.rpush(key, 'not what it should be');
    const held = await append(cartIn(1), 0, 600);
    startRelay();
    const others = await append(cartIn(2), 0, 3);
    await eventually(async () => expect(await onKey(`${STREAMS.carts}:{2}`)).toEqual(others));
    await eventually(async () => expect(await outboxOf(atWork)).toBe(held.length));
    await atWork.redis.del(key);
    await isPublished();
    expect(await onKey(key)).toEqual(held);
  });

  it('publishes again what a partition has lost', async () => {
    partitioning = FOUR;
    startRelay();
    const ids = await append(cartIn(3), 0, 3);
    await isPublished();
    const key = `${STREAMS.carts}:{3}`;
    await atWork.redis.del(key, `${key}:published:write`);
    await eventually(async () => expect(await onKey(key)).toEqual(ids));
  });
});

describe('when the number of partitions changes, a relay', () => {
  it('goes on in the new ones once the groups have handled what stands in the old ones', async () => {
    const cart = cartIn(2);
    await joinAll();
    startRelay();
    const before = await append(cart, 0, 2);
    await isPublished();
    partitioning = FOUR;
    await joinAll();
    const after = await append(cart, 2, 2);
    await sleep(MOST_WAIT_MS / 3);
    expect(await everywhere()).toEqual(before);
    expect(await readAll()).toEqual(before);
    await isPublished();
    expect([await onKey(STREAMS.carts), await onKey(`${STREAMS.carts}:{2}`)]).toEqual([before, after]);
    expect(told).toContain(4);
  });

  it('does not wait for a group on a partition that never had an event', async () => {
    const cart = cartIn(2);
    await joinAll();
    startRelay();
    await append(cart, 0);
    await isPublished();
    await readAll();
    await atWork.redis.xgroup('CREATE', `${STREAMS.carts}:{1}`, 'another', '0', 'MKSTREAM');
    partitioning = FOUR;
    const changedAt = performance.now();
    await append(cart, 1);
    await isPublished();
    expect(performance.now() - changedAt).toBeLessThan(MOST_WAIT_MS);
  });

  it('waits little longer than a second for a group that is stuck', async () => {
    const cart = cartIn(2);
    await joinAll();
    startRelay();
    await append(cart, 0);
    await isPublished();
    partitioning = FOUR;
    const changedAt = performance.now();
    await append(cart, 1);
    await isPublished();
    const waitedMs = performance.now() - changedAt;
    expect(waitedMs).toBeGreaterThan(MOST_WAIT_MS - 100);
    expect(waitedMs).toBeLessThan(MOST_WAIT_MS + 1_000);
  });

  it('loses and repeats nothing when its leader ends in the middle of it', async () => {
    const cart = cartIn(2);
    await joinAll();
    startRelay();
    const ids = [...(await append(cart, 0, 5))];
    await isPublished();
    startRelay();
    partitioning = FOUR;
    await joinAll();
    ids.push(...(await append(cart, 5, 5)));
    await sleep(MOST_WAIT_MS / 3);
    await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'panier relay write' and datname = current_database()`.execute(atWork.database.db);
    await isPublished();
    expect(await everywhere()).toEqual(ids);
  });

  it('loses and repeats nothing under load, and lets no event overtake an earlier one of its cart', async () => {
    await joinAll();
    startRelay();
    const carts = cartIds(6);
    const appended: string[] = [];
    const read: string[] = [];
    let isOver = false;
    const reading = (async () => {
      for (;;) {
        const isLast = isOver;
        read.push(...(await readAll()));
        if (isLast && (await readAll()).length === 0) return;
        await sleep(60);
      }
    })();
    const change = async (partitions: number) => {
      const changed = { partitions, most: Math.max(partitioning.most, partitions) };
      await joinAll(streamKeys(STREAMS.carts, changed));
      partitioning = changed;
    };
    const changes = new Map([
      [10, 4],
      [20, 8],
      [30, 1],
    ]);
    for (let nth = 0; nth < 40; nth += 1) {
      const partitions = changes.get(nth);
      if (partitions !== undefined) await change(partitions);
      for (const cartId of carts) appended.push(...(await append(cartId, nth)));
    }
    await isPublished();
    isOver = true;
    await reading;
    expect(read.toSorted()).toEqual(appended.toSorted());
    const ofCart = (ids: readonly string[], nth: number) =>
      ids.filter((id) => appended.indexOf(id) % carts.length === nth);
    for (const nth of carts.keys()) expect(ofCart(read, nth)).toEqual(ofCart(appended, nth));
    expect(await everywhere()).toHaveLength(appended.length);
    expect(new Set(told)).toEqual(new Set([4, 8, 1]));
  }, 30_000);
});
