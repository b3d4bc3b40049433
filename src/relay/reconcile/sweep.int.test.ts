import { sql } from 'kysely';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../../../harness/support/eventually.ts';
import {
  appendLate,
  cartIds,
  type JournalAtWork,
  journalAtWork,
  requestOn,
  type WriteJournal,
  writeJournal,
} from '../../../harness/support/journal.ts';
import { runnerOn } from '../../database/index.ts';
import { newId } from '../../events/index.ts';
import { sleep } from '../../platform/index.ts';
import { forgetSwept, postgresSweepStore } from './postgres-sweep-store.ts';
import { Sweep, type SweepParts } from './sweep.ts';
import type { SweepStore } from './sweep-store.ts';

let atWork: JournalAtWork;
let journal: WriteJournal;
/** What the group has. */
let arrived: Set<string>;
let nowMs = 0;

beforeAll(async () => {
  atWork = await journalAtWork();
  journal = writeJournal(atWork);
  return () => atWork[Symbol.asyncDispose]();
});
beforeEach(async () => {
  arrived = new Set(await ownIds());
  nowMs = 0;
  await takeFromOutbox(await ownIds());
});

const ownIds = async (): Promise<readonly string[]> => {
  const rows = await atWork.database.db.selectFrom('write.journal').select('event_id').orderBy('position').execute();
  return rows.map(({ event_id }) => event_id);
};

const queuedIds = async (): Promise<readonly string[]> => {
  const { rows } = await sql<{ event_id: string }>`
    select event_id from write.outbox join write.journal using (position) order by position`.execute(
    atWork.database.db,
  );
  return rows.map(({ event_id }) => event_id);
};

/** As when they were published. */
const takeFromOutbox = async (eventIds: readonly string[]): Promise<void> => {
  await sql`delete from write.outbox using write.journal
    where outbox.position = journal.position and event_id = any(${eventIds}::text[])`.execute(atWork.database.db);
};

/** So many events that are recorded, and wait to be published; their ids. */
const queue = async (count: number): Promise<readonly string[]> => {
  const requests = cartIds(count).map((id) => requestOn(id, 0));
  for (const request of requests) await journal.append(request);
  return requests.flatMap(({ entries }) => entries.map(({ envelope }) => envelope.eventId));
};

/** Makes all events two minutes older. */
const age = (): Promise<void> =>
  atWork.database.db.transaction().execute(async (tx) => {
    await sql`alter table write.journal disable trigger keep_forever`.execute(tx);
    await sql`update write.journal set occurred_at = occurred_at - interval '2 minutes'`.execute(tx);
    await sql`alter table write.journal enable trigger keep_forever`.execute(tx);
  });

const publish = async (count: number): Promise<readonly string[]> => {
  const ids = await queue(count);
  await takeFromOutbox(ids);
  return ids;
};

/** Of what it was asked about. */
const undelivered = (asked: readonly string[]): readonly string[] => asked.filter((id) => !arrived.has(id));

/** A new group on the journal, of which `answer` tells what it lacks. */
const openStore = (answer = undelivered): SweepStore =>
  postgresSweepStore(atWork.database.db, {
    journal: 'write',
    group: newId('Event'),
    mayLack: 'true',
    lackedOf: async (eventIds) => eventIds,
    undelivered: async (events) => answer(events.map(({ eventId }) => eventId)),
  });

/** The same, which also notes what it is asked about. */
const notingStore = () => {
  const asked: string[] = [];
  const store = openStore((ids) => {
    asked.push(...ids);
    return undelivered(ids);
  });
  return { store, asked };
};

const openSweep = (given: Partial<SweepParts> = {}): Sweep =>
  new Sweep({
    store: openStore(),
    isBehind: async () => false,
    clock: { nowMs: () => nowMs, sleep },
    afterMs: 0,
    settledMs: 60_000,
    ...given,
  });

describe('a sweep', () => {
  it('publishes again what the group lacks, and nothing else', async () => {
    const [first = '', second = '', third = ''] = await publish(3);
    for (const id of [first, third]) arrived.add(id);
    expect(await openSweep().round()).toBe(1);
    expect(await queuedIds()).toEqual([second]);
  });

  it('gives an event its time to arrive', async () => {
    await publish(1);
    expect(await openSweep({ afterMs: 60_000 }).round()).toBe(0);
  });

  it('gives what was published a moment ago its time, however old it is', async () => {
    const [id] = await publish(1);
    const store = openStore();
    const { lacking } = await store.look({ after: 0n, minAgeMs: 0, limit: 1_000 });
    const positions = lacking.filter(({ envelope }) => envelope.eventId === id).map(({ position }) => position);
    await sql`insert into write.publication (stream, number, positions, last_entry_id)
      values ('stream', 1, ${positions.map(String)}::bigint[], '1-0')`.execute(atWork.database.db);
    expect(await store.publishAgain({ positions, unlessWithinMs: 60_000 })).toBe(0);
    expect(await store.publishAgain({ positions, unlessWithinMs: 0 })).toBe(1);
  });

  it('waits while more is to be published than a relay takes at once, not for the few that it cannot publish', async () => {
    const [lost] = await publish(1);
    const [, ...others] = await queue(501);
    expect(await openSweep().round()).toBe(0);
    for (const id of others) arrived.add(id);
    await takeFromOutbox(others);
    expect(await openSweep().round()).toBe(1);
    expect(await queuedIds()).toContain(lost);
  });

  it('begins where another process came to, and never behind what had not arrived', async () => {
    const { store, asked } = notingStore();
    const [first = '', second = '', third = ''] = await publish(3);
    for (const id of [first, third]) arrived.add(id);
    await openSweep({ store, settledMs: 0 }).round();
    asked.length = 0;
    expect(await openSweep({ store, settledMs: 0 }).round()).toBe(0);
    expect(new Set(asked)).toEqual(new Set([second, third]));
    arrived.add(second);
    await openSweep({ store, settledMs: 0 }).round();
    asked.length = 0;
    await openSweep({ store, settledMs: 0 }).round();
    expect(asked).toEqual([]);
  });

  it('goes on where another process came to meanwhile', async () => {
    const { store, asked } = notingStore();
    const [sweep, other] = [openSweep({ store, settledMs: 0 }), openSweep({ store, settledMs: 0 })];
    await sweep.round();
    for (const id of await publish(3)) arrived.add(id);
    await other.round();
    asked.length = 0;
    await sweep.round();
    expect(asked).toEqual([]);
  });

  it('waits while the group is behind', async () => {
    await publish(1);
    let isBehind = true;
    const sweep = openSweep({ isBehind: async () => isBehind });
    expect(await sweep.round()).toBe(0);
    isBehind = false;
    expect(await sweep.round()).toBe(1);
  });

  it('goes by small steps, with pauses, and ends when it is told to stop', async () => {
    await publish(5);
    const stopping = new AbortController();
    const steps: number[] = [];
    const pauses: number[] = [];
    const clock = { nowMs: () => nowMs, sleep: async (ms: number) => void pauses.push(ms) };
    const store = openStore((ids) => {
      steps.push(ids.length);
      return [];
    });
    const { upTo } = await store.look({ after: 0n, minAgeMs: 0, limit: 10_000 });
    await store.advance((upTo ?? 0n) - 5n);
    steps.length = 0;
    await openSweep({ store, clock, step: 2 }).round();
    expect(steps).toEqual([2, 2, 1]);
    expect(pauses).toHaveLength(3);
    stopping.abort();
    steps.length = 0;
    await openSweep({ store, clock, step: 2 }).round(stopping.signal);
    expect(steps).toEqual([]);
  });

  it('asks about each event soon, once more when all is settled, and never again', async () => {
    const { store, asked } = notingStore();
    const ids = await publish(3);
    for (const id of ids) arrived.add(id);
    const sweep = openSweep({ store });
    await sweep.round();
    expect(asked).toEqual(expect.arrayContaining([...ids]));
    asked.length = 0;
    await sweep.round();
    expect(asked.filter((id) => ids.includes(id))).toEqual([]);
    await age();
    await sweep.round();
    expect(asked.filter((id) => ids.includes(id))).toEqual(ids);
    asked.length = 0;
    await sweep.round();
    expect(asked).toEqual([]);
  });

  it('publishes what does not arrive again and again, with growing pauses', async () => {
    const ids = await publish(1);
    const sweep = openSweep({ afterMs: 1 });
    const roundAt = async (ms: number): Promise<number> => {
      nowMs = ms;
      const events = await sweep.round();
      await takeFromOutbox(ids);
      return events;
    };
    await eventually(async () => expect(await roundAt(0)).toBe(1));
    const published: number[] = [];
    for (let ms = 1; ms < 16; ms += 1) if ((await roundAt(ms)) > 0) published.push(ms);
    expect(published).toEqual([1, 3, 7, 15]);
    arrived.add(ids[0] ?? '');
    expect(await roundAt(1_000)).toBe(0);
  });

  it('finds what is committed late, at a position that it has passed', async () => {
    const sweep = openSweep();
    const late = await appendLate(atWork, newId('Cart'), async () => {
      for (const id of await publish(1)) arrived.add(id);
      expect(await sweep.round()).toBe(0);
    });
    await takeFromOutbox([late]);
    expect(await sweep.round()).toBe(0);
    await age();
    expect(await sweep.round()).toBe(1);
    expect(await queuedIds()).toEqual([late]);
  });

  it('publishes in one round all that it found, as fast as a relay takes it', async () => {
    const ids = await publish(1_201);
    const waited: number[] = [];
    const relay = async (): Promise<void> => {
      const queued = await queuedIds();
      waited.push(queued.length);
      await takeFromOutbox(queued);
    };
    const clock = { nowMs: () => nowMs, sleep: relay };
    expect(await openSweep({ clock }).round()).toBe(ids.length);
    expect(Math.max(...waited)).toBe(500);
  });

  it('looks through history once, however long it is', async () => {
    await publish(5);
    await age();
    const { store, asked } = notingStore();
    const clock = { nowMs: () => nowMs, sleep: async () => undefined };
    const sweep = openSweep({ store, clock, step: 1 });
    const { upTo } = await store.look({ after: 0n, minAgeMs: 0, limit: 10_000 });
    await store.advance((upTo ?? 0n) - 401n);
    for (const id of await ownIds()) arrived.add(id);
    asked.length = 0;
    for (let round = 0; round < 4; round += 1) await sweep.round();
    expect(new Set(asked).size).toBe(asked.length);
    expect(await store.checkpoint()).toBe(upTo);
  });

  it('begins anew when what was swept is forgotten', async () => {
    const { store, asked } = notingStore();
    const ids = await publish(3);
    for (const id of ids) arrived.add(id);
    await openSweep({ store, settledMs: 0 }).round();
    arrived.delete(ids[0] ?? '');
    expect(await openSweep({ store, settledMs: 0 }).round()).toBe(0);
    asked.length = 0;
    await forgetSwept(runnerOn(atWork.database.pool), 'write');
    expect(await openSweep({ store, settledMs: 0 }).round()).toBe(1);
    expect(asked).toEqual(expect.arrayContaining([...(await ownIds())]));
  });
});
