import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId, STREAMS } from '../../src/events/index.ts';
import type { OwnEvent, SweepStore } from '../../src/relay/index.ts';
import { eventually } from '../support/eventually.ts';
import { appendTo, type JournalAtWork, NOTHING_WITHHELD } from './journals.ts';

const LONG_MS = 60_000;
/** More than any relay takes at once. */
const MANY = 501;

const idsOf = (events: readonly OwnEvent[]) => events.map(({ eventId }) => eventId);

/** What every `SweepStore` does; the sweep relies on nothing else. */
export const describeSweepStore = (adapter: string, open: () => Promise<JournalAtWork>): void => {
  describe(`a sweep store (${adapter})`, () => {
    let journal: JournalAtWork;
    let store: SweepStore;
    let before: bigint;
    beforeAll(async () => {
      journal = await open();
      return () => journal[Symbol.asyncDispose]();
    });
    beforeEach(async () => {
      await journal.clear();
      store = journal.sweepStore(newId('Event'));
      before = (await ownEvents({ after: 0n })).at(-1)?.position ?? 0n;
    });

    const ownEvents = (given: Partial<Parameters<SweepStore['ownEventsAfter']>[0]> = {}) =>
      store.ownEventsAfter({ after: before, minAgeMs: 0, limit: 1_000, ...given });
    const waiting = async () => {
      await using outbox = await journal.openOutbox();
      return (await outbox.nextQueued(NOTHING_WITHHELD)).queued;
    };
    let publications = 0n;
    /** Publishes what waits, as far as one publication takes it. */
    const publish = async (): Promise<void> => {
      await using outbox = await journal.openOutbox();
      const { queued } = await outbox.nextQueued(NOTHING_WITHHELD);
      publications += 1n;
      const positions = queued.map(({ position }) => position);
      await outbox.confirm([
        {
          stream: STREAMS.carts,
          number: publications,
          lastEntryId: `${publications}-0`,
          positions,
        },
      ]);
    };
    const published = async (count: number): Promise<readonly bigint[]> => {
      await appendTo(journal, count);
      await publish();
      return (await ownEvents()).map(({ position }) => position);
    };

    it('keeps a checkpoint for each group, which only moves on', async () => {
      expect(await store.checkpoint()).toBe(0n);
      await store.advance(7n);
      await store.advance(3n);
      expect(await store.checkpoint()).toBe(7n);
      expect(await journal.sweepStore('another').checkpoint()).toBe(0n);
    });

    it('gives own events in order, behind a position, no more than asked for, and none that was heard', async () => {
      const [first, second, third] = await appendTo(journal, 3);
      await appendTo(journal, 1, true);
      const events = await ownEvents();
      expect(idsOf(events)).toEqual([first, second, third]);
      expect(idsOf(await ownEvents({ after: events[0]?.position ?? 0n, limit: 1 }))).toEqual([second]);
      expect(events[0]).toMatchObject({ type: 'CartItemRemoved', aggregateType: 'Cart' });
    });

    it('gives events up to the first that is too young', async () => {
      const old = await appendTo(journal, 1);
      const minAgeMs = 1_500;
      expect(await ownEvents({ minAgeMs: LONG_MS })).toEqual([]);
      await eventually(async () => expect(idsOf(await ownEvents({ minAgeMs }))).toEqual(old));
      await appendTo(journal, 1);
      expect(idsOf(await ownEvents({ minAgeMs }))).toEqual(old);
    });

    it('counts the own events of a stretch, without those that were heard', async () => {
      await appendTo(journal, 2);
      await appendTo(journal, 1, true);
      await appendTo(journal, 2);
      const [first = 0n, , , last = 0n] = (await ownEvents()).map(({ position }) => position);
      expect(await store.countOwnEvents({ after: before, upTo: last, minAgeMs: 0 })).toBe(4);
      expect(await store.countOwnEvents({ after: first, upTo: last - 1n, minAgeMs: 0 })).toBe(2);
    });

    it('counts no stretch of which an event is too young', async () => {
      await appendTo(journal, 1);
      const stretch = { after: before, upTo: (await ownEvents()).at(-1)?.position ?? 0n };
      const minAgeMs = 1_500;
      expect(await store.countOwnEvents({ ...stretch, minAgeMs })).toBeNull();
      await eventually(async () => expect(await store.countOwnEvents({ ...stretch, minAgeMs })).toBe(1));
    });

    it('queues again what was published, in its old order', async () => {
      const positions = await published(3);
      const lost = [positions[2] ?? 0n, positions[0] ?? 0n];
      expect(await store.publishAgain({ positions: lost, unlessWithinMs: 0 })).toEqual(new Set(lost));
      expect((await waiting()).map(({ position }) => BigInt(position))).toEqual(lost.toReversed());
    });

    it('does not queue what waits already', async () => {
      const [first = 0n, second = 0n] = await published(2);
      await store.publishAgain({ positions: [first], unlessWithinMs: 0 });
      expect(await store.publishAgain({ positions: [first, second], unlessWithinMs: 0 })).toEqual(new Set([second]));
      expect(await waiting()).toHaveLength(2);
    });

    it('does not queue what was published a moment ago', async () => {
      const positions = await published(2);
      expect(await store.publishAgain({ positions, unlessWithinMs: LONG_MS })).toEqual(new Set());
      expect(await waiting()).toEqual([]);
      await store.publishAgain({ positions, unlessWithinMs: 0 });
      await publish();
      expect(await store.publishAgain({ positions, unlessWithinMs: LONG_MS })).toEqual(new Set());
    });

    it('has a backlog while more waits than a relay takes at once', async () => {
      expect(await store.isBacklogged()).toBe(false);
      await appendTo(journal, MANY);
      expect(await store.isBacklogged()).toBe(true);
      while (await store.isBacklogged()) await publish();
      expect(await waiting()).not.toEqual([]);
    });
  });
};
