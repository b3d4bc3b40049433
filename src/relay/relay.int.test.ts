import { sql } from 'kysely';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../../harness/support/eventually.ts';
import {
  appendLate,
  cartIds,
  journaled,
  outboxOf,
  requestOn,
  type WriteJournal,
  writeJournal,
} from '../../harness/support/journal.ts';
import { type Recorded, STREAMS } from '../events/index.ts';
import { NO_MARK } from './mark.ts';
import { openPostgresOutbox } from './postgres-outbox.ts';
import { markKey, redisMarkedStreams } from './redis-marked-streams.ts';
import { published, type RelayAtWork, relayAtWork } from './relay.fixture.ts';
import type { Relay } from './relay.ts';

let atWork: RelayAtWork;
let journal: WriteJournal;
let relays: Relay[] = [];

const startRelay = () => {
  const relay = atWork.relay();
  relays.push(relay);
  return relay;
};
const stopRelays = async () => {
  await Promise.all(relays.map((relay) => relay[Symbol.asyncDispose]()));
  relays = [];
};

beforeAll(async () => {
  atWork = await relayAtWork();
  journal = writeJournal(atWork);
  return () => atWork[Symbol.asyncDispose]();
});
beforeEach(async () => {
  await atWork.redis.flushall();
  await sql`delete from write.publication`.execute(atWork.database.db);
});
afterEach(stopRelays);

const idsOf = (events: readonly Recorded[]) => events.map(({ envelope }) => envelope.eventId);

/** Appends so many events to a cart, each in a commit of its own; their ids. */
const appendTo = async (cartId: string, count: number, from = 0): Promise<readonly string[]> => {
  const ids: string[] = [];
  for (let sequence = from; sequence < from + count; sequence += 1) {
    const request = requestOn(cartId, sequence);
    expect((await journal.append(request)).type).toBe('Appended');
    ids.push(...request.entries.map(({ envelope }) => envelope.eventId));
  }
  return ids;
};

/** Which events are published, once they are so many and the outbox is empty. In the order of their ids. */
const publishedIds = (count: number) =>
  eventually(async () => {
    const ids = new Set(idsOf(await published(atWork)));
    expect(ids.size).toBeGreaterThanOrEqual(count);
    expect(await outboxOf(atWork)).toBe(0);
    return [...ids].toSorted();
  });

const leaderPid = async (): Promise<number | undefined> => {
  const { rows } = await sql<{ pid: number }>`
    select pid from pg_locks join pg_database on pg_database.oid = database
    where datname = current_database() and locktype = 'advisory' and classid = 7104 and granted`.execute(
    atWork.database.db,
  );
  expect(rows.length).toBeLessThanOrEqual(1);
  return rows[0]?.pid;
};

describe('a relay', () => {
  it('publishes what the journal holds, as it stands there and in its order', async () => {
    const [cart = ''] = cartIds(1);
    const ids = await appendTo(cart, 40);
    startRelay();
    expect(await publishedIds(ids.length)).toEqual(ids.toSorted());
    const events = await published(atWork);
    expect(idsOf(events)).toEqual(ids);
    expect(events.map(({ envelope }) => envelope.version)).toEqual(ids.map((_, index) => index + 1));
    const rows = await journaled(atWork, cart);
    expect(events[7]?.envelope.occurredAt).toBe(rows[7]?.occurred_at.toISOString());
  });

  it('does not lose what is committed late', async () => {
    startRelay();
    const [late = '', early = ''] = cartIds(2);
    let ids: readonly string[] = [];
    const lateId = await appendLate(atWork, late, async () => {
      ids = await appendTo(early, 20);
      expect(await publishedIds(ids.length)).toEqual(ids.toSorted());
    });
    expect(await publishedIds(ids.length + 1)).toEqual([...ids, lateId].toSorted());
  });

  it('keeps the versions of an aggregate in order while many write', async () => {
    startRelay();
    const carts = cartIds(8);
    const ids = await Promise.all(carts.map((id) => appendTo(id, 25)));
    expect(await publishedIds(200)).toEqual(ids.flat().toSorted());
    const byCart = Map.groupBy(await published(atWork), ({ envelope }) => envelope.aggregateId);
    for (const [nth, id] of carts.entries()) expect(idsOf(byCart.get(id) ?? [])).toEqual(ids[nth]);
  });

  it('that could not tell PostgreSQL publishes again, and loses nothing', async () => {
    const { db } = atWork.database;
    await sql`create function public.fail() returns trigger language plpgsql as
      $$ begin raise exception 'no'; end $$`.execute(db);
    await sql`create trigger fail before insert on write.publication execute function public.fail()`.execute(db);
    const [cart = ''] = cartIds(1);
    const ids = await appendTo(cart, 3);
    startRelay();
    await eventually(async () => expect((await published(atWork)).length).toBeGreaterThan(3));
    await sql`drop trigger fail on write.publication`.execute(db);
    expect(await publishedIds(ids.length)).toEqual(ids.toSorted());
  });

  it('publishes what is left before it stops', async () => {
    startRelay();
    await eventually(async () => expect(await leaderPid()).toBeDefined());
    const [cart = ''] = cartIds(1);
    const ids = await appendTo(cart, 5);
    await stopRelays();
    expect(idsOf(await published(atWork))).toEqual(ids);
  });
});

describe('two relays', () => {
  it('share the work by turns: one leads, and the other takes over when its session is lost', async () => {
    const both = [startRelay(), startRelay()];
    const leading = () => both.filter(({ leads }) => leads);
    const [cart = ''] = cartIds(1);
    const before = await appendTo(cart, 10);
    expect(await publishedIds(before.length)).toEqual(before.toSorted());
    expect(leading()).toHaveLength(1);
    const first = await leaderPid();
    await sql`select pg_terminate_backend(${first})`.execute(atWork.database.db);
    const after = await appendTo(cart, 10, 10);
    expect(await publishedIds(before.length + after.length)).toEqual([...before, ...after].toSorted());
    const second = await eventually(async () => {
      const pid = await leaderPid();
      expect(pid).toBeDefined();
      return pid;
    });
    expect(second).not.toBe(first);
    await eventually(async () => expect(leading()).toHaveLength(1));
    await stopRelays();
    expect(leading()).toEqual([]);
  });
});

describe('what Redis loses', () => {
  it('all of: is published again', async () => {
    startRelay();
    const [cart = ''] = cartIds(1);
    const ids = await appendTo(cart, 20);
    expect(await publishedIds(ids.length)).toEqual(ids.toSorted());
    await atWork.redis.flushall();
    expect(await publishedIds(ids.length)).toEqual(ids.toSorted());
  });

  it('the newest of: is published again, and nothing else', async () => {
    startRelay();
    const [cart = ''] = cartIds(1);
    const kept = await appendTo(cart, 10);
    expect(await publishedIds(kept.length)).toEqual(kept.toSorted());
    const mark = await atWork.redis.get(markKey('write', STREAMS.carts));
    const lost = await appendTo(cart, 10, 10);
    expect(await publishedIds(kept.length + lost.length)).toEqual([...kept, ...lost].toSorted());
    const entries = await atWork.redis.xrange(STREAMS.carts, '-', '+');
    const newest = entries.slice(10).map(([id]) => id);
    await atWork.redis
      .multi()
      .xdel(STREAMS.carts, ...newest)
      .set(markKey('write', STREAMS.carts), mark ?? '')
      .exec();
    expect(await publishedIds(kept.length + lost.length)).toEqual([...kept, ...lost].toSorted());
    expect(idsOf(await published(atWork))).toEqual([...kept, ...lost]);
  });

  it('while commands go on: is published again', async () => {
    startRelay();
    const [cart = ''] = cartIds(1);
    const before = await appendTo(cart, 10);
    expect(await publishedIds(before.length)).toEqual(before.toSorted());
    await stopRelays();
    await atWork.redis.flushall();
    const after = await appendTo(cart, 10, 10);
    startRelay();
    expect(await publishedIds(before.length + after.length)).toEqual([...before, ...after].toSorted());
  });

  it('before a publication that nobody could confirm: is published again', async () => {
    const [cart = ''] = cartIds(1);
    startRelay();
    const before = await appendTo(cart, 10);
    expect(await publishedIds(before.length)).toEqual(before.toSorted());
    await stopRelays();
    await atWork.redis.flushall();
    const after = await appendTo(cart, 10, 10);
    await using attempt = await openPostgresOutbox(atWork.url, 'write');
    const marks = await attempt.lastMarks();
    const { queued } = await attempt.nextQueued({ streams: [], aggregateIds: [] });
    const envelopes = queued.map(({ envelope }) => envelope);
    const streams = redisMarkedStreams(atWork.redis, 'write');
    const added = await streams.add({ stream: STREAMS.carts, after: marks.get(STREAMS.carts) ?? NO_MARK, envelopes });
    expect(added.type).toBe('Refused');
    await streams.add({ stream: STREAMS.carts, after: NO_MARK, envelopes });
    startRelay();
    expect(await publishedIds(before.length + after.length)).toEqual([...before, ...after].toSorted());
  });

  it('while it is away waits for it in PostgreSQL', async () => {
    startRelay();
    const [cart = ''] = cartIds(1);
    const first = await appendTo(cart, 1);
    expect(await publishedIds(1)).toEqual(first);
    await atWork.server.kill();
    const ids = await appendTo(cart, 20, 1);
    expect(await outboxOf(atWork)).toBe(20);
    await atWork.server.restart();
    await eventually(async () => expect(idsOf(await published(atWork))).toEqual(expect.arrayContaining([...ids])));
  });
});
