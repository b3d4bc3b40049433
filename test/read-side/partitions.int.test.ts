import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type HandStored, HandWriters } from '../../harness/support/partitioned-store.ts';
import { Random } from '../../harness/support/random.ts';
import type { Audit, EventFilter, SeenEvent } from '../../src/audit/index.ts';
import {
  movedTo,
  NO_POSITIONS,
  type Positions,
  positionIn,
  positionsIn,
  positionsText,
} from '../../src/events/index.ts';
import { eventsFollowing } from '../../src/projection/index.ts';
import { openReadSide, type ReadSide } from './read-side.ts';
import { type Act, historyOf, mustPrecede } from './walks.ts';

let side: ReadSide;
let audit: Audit;
beforeAll(async () => {
  side = await openReadSide();
  audit = side.audit();
});
afterAll(() => side[Symbol.asyncDispose]());

const SEEDS = Array.from({ length: 5 }, (_, nth) => nth + 1);
/** Of partitions, one after the other. */
const NUMBERS = [1, 4, 2];
const MANY_PAGES = 50;

const byId = (acts: readonly Act[]): ReadonlyMap<string, HandStored> =>
  new Map(acts.flatMap((act) => (act.type === 'Store' ? act.events : [])).map((event) => [event.eventId, event]));

interface Told {
  readonly event: SeenEvent;
  /** What was seen by others when it was told. */
  readonly visible: ReadonlySet<string>;
}

const idOf = ({ event }: Told): string => event.envelope.eventId;

/** Each partition in its order, and what could be in the order of causes in that. */
const assertInOrder = (told: readonly Told[], known: ReadonlyMap<string, HandStored>): void => {
  const ofEach = Map.groupBy(told, ({ event }) => event.partition);
  for (const all of ofEach.values())
    for (const [nth, { event }] of all.entries())
      expect(event.position).toBeGreaterThan(all[nth - 1]?.event.position ?? 0n);
  const inStoreOrder = told
    .toSorted((one, other) => (one.event.position < other.event.position ? -1 : 1))
    .flatMap((each) => known.get(idOf(each)) ?? []);
  const place = new Map(told.map((each, nth) => [idOf(each), nth] as const));
  for (const [nth, each] of told.entries()) {
    const [effect, cause] = [known.get(idOf(each)), known.get(each.event.envelope.causationId ?? '')];
    if (effect === undefined || cause === undefined || !each.visible.has(cause.eventId)) continue;
    if ((place.get(cause.eventId) ?? -1) < nth) continue;
    const seen = inStoreOrder.filter(({ eventId }) => each.visible.has(eventId));
    expect([cause.eventId, effect.eventId, mustPrecede(effect, cause, seen)]).toEqual([
      cause.eventId,
      effect.eventId,
      true,
    ]);
  }
};

const visibleIds = async (): Promise<ReadonlySet<string>> => {
  const { rows } = await side.database.pool.query<{ event_id: string }>('select event_id from audit.event_store');
  return new Set(rows.map(({ event_id }) => event_id));
};

/** As a client hands it back. */
const handedBack = (seen: Positions): Positions => positionsIn(positionsText(seen)) ?? NO_POSITIONS;

const withoutItself = ({ partition, position, seen }: SeenEvent): Positions =>
  movedTo(handedBack(seen), { partition, position: position - 1n });

/** One who reads page by page, each behind the cursor of the last event of the one before. */
class Reader {
  readonly told: Told[] = [];
  readonly #filter: EventFilter;
  seen: Positions;

  constructor(filter: EventFilter, seen: Positions) {
    this.#filter = filter;
    this.seen = seen;
  }

  /** To the end, or so far that it cannot end any more. */
  async readOn(): Promise<void> {
    for (let page = 0; page < MANY_PAGES && (await this.read(7)); page += 1);
  }

  async read(first: number): Promise<boolean> {
    const visible = await visibleIds();
    const { events, hasNextPage } = await audit.page({ filter: this.#filter, first, after: this.seen });
    this.told.push(...events.map((event) => ({ event, visible })));
    const last = events.at(-1);
    if (last !== undefined) this.seen = handedBack(last.seen);
    return hasNextPage;
  }
}

/** All behind what was seen, from the end on; null: as many as are known, and one more. */
const readBackward = async (walk: {
  readonly filter: EventFilter;
  readonly after: Positions | null;
  readonly last: number;
  readonly known: ReadonlyMap<string, HandStored>;
}): Promise<readonly Told[]> => {
  const { known, ...asked } = walk;
  const visible = await visibleIds();
  const told: Told[] = [];
  for (let [before, goesOn]: [Positions | null, boolean] = [null, true]; goesOn; ) {
    const { events, hasPreviousPage } = await audit.page({ ...asked, before });
    told.unshift(...events.map((event) => ({ event, visible })));
    const [first] = events;
    before = first === undefined ? before : withoutItself(first);
    goesOn = hasPreviousPage && told.every((each) => known.has(idOf(each)));
  }
  return told.filter((each) => known.has(idOf(each)));
};

const perform = async (act: Act, writers: HandWriters, readers: readonly Reader[]): Promise<void> => {
  if (act.type === 'Divide') await writers.divide(act.partitions);
  else if (act.type === 'Store') await writers.store(act.partition, act.events);
  else if (act.type === 'Commit') await writers.commit(act.partition);
  else for (const reader of readers) await reader.read(act.size);
};

const play = async (acts: readonly Act[], readers: readonly Reader[]): Promise<void> => {
  await using writers = new HandWriters(side.database.pool);
  for (const act of acts) await perform(act, writers, readers);
  await writers.commitAll();
  for (const reader of readers) await reader.readOn();
};

const CONFIRMED: EventFilter = { types: ['OrderConfirmed'] };

describe('the events of several partitions', () => {
  it.each(SEEDS)('are told once, causes first, to whoever reads while they are stored: seed %d', async (seed) => {
    const random = new Random(seed);
    const acts = historyOf(random, `walk_${seed}`, NUMBERS);
    const known = byId(acts);
    const begin = await audit.heads();
    const readers = [new Reader({}, begin), new Reader(CONFIRMED, begin)];
    await play(acts, readers);
    const confirmed = [...known.values()].filter(({ type }) => type === 'OrderConfirmed');
    for (const [nth, all] of [[...known.values()], confirmed].entries()) {
      const told = readers[nth]?.told ?? [];
      expect(told.map(idOf).toSorted()).toEqual(all.map(({ eventId }) => eventId).toSorted());
      assertInOrder(told, known);
    }
  });

  it.each(SEEDS)('are the same backward, and go on forward from anywhere: seed %d', async (seed) => {
    const random = new Random(seed);
    const acts = historyOf(random, `back_${seed}`, NUMBERS);
    const known = byId(acts);
    const begin = await audit.heads();
    await play(acts, []);
    const filter = random.chance(0.3) ? CONFIRMED : {};
    const after = random.chance(0.7) ? begin : null;
    const told = await readBackward({ filter, after, last: random.integer(1, 6), known });
    const wanted = [...known.values()].filter(({ type }) => filter.types == null || filter.types.includes(type));
    expect(told.map(idOf).toSorted()).toEqual(wanted.map(({ eventId }) => eventId).toSorted());
    assertInOrder(told, known);
    const from = random.integer(0, told.length - 1);
    const onward = new Reader(filter, told[from]?.event.seen ?? begin);
    await onward.readOn();
    expect(onward.told.map(idOf).toSorted()).toEqual(
      told
        .slice(from + 1)
        .map(idOf)
        .toSorted(),
    );
  });

  it('leave nothing out behind one that was looked for, and not much of what was before it', async () => {
    const acts = historyOf(new Random(7), 'found', [4]);
    const begin = await audit.heads();
    await play(acts, []);
    const all = new Reader({}, begin);
    await all.readOn();
    const found = all.told[Math.floor(all.told.length / 2)]?.event;
    if (found === undefined) throw new Error('nothing was stored');
    for (const size of [{ first: 1 }, { last: 1 }] as const) {
      const { events } = await audit.page({ filter: { eventId: found.envelope.eventId }, ...size });
      const behind = new Reader({}, events[0]?.seen ?? begin);
      await behind.readOn();
      const later = all.told.filter(({ event }) => event.position > found.position).map(idOf);
      expect(behind.told.map(idOf).toSorted()).toEqual(later.toSorted());
    }
  });

  it.each(SEEDS.slice(0, 2))('are told so to those who are told by webhooks: seed %d', async (seed) => {
    const acts = historyOf(new Random(seed), `hook_${seed}`, NUMBERS);
    const known = byId(acts);
    let after = await audit.heads();
    await play(acts, []);
    const visible = await visibleIds();
    const told: Told[] = [];
    for (let more = true; more; ) {
      const { events, to, goesOn } = await eventsFollowing(side.db, { after, types: null, limit: 5 });
      told.push(...events.map((event) => ({ event, visible })));
      expect([...after].every(([partition, position]) => position <= positionIn(to, partition))).toBe(true);
      [after, more] = [to, goesOn];
    }
    expect(told.map(idOf).toSorted()).toEqual([...known.keys()].toSorted());
    assertInOrder(told, known);
  });
});
