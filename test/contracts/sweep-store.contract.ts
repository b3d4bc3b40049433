import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../../harness/support/eventually.ts';
import { newId, STREAMS } from '../../src/events/index.ts';
import type { AskedGroup, OwnEvent, SweepStore } from '../../src/relay/index.ts';
import { appendTo, type JournalAtWork, NOTHING_WITHHELD } from './journals.ts';

const LONG_MS = 60_000;
/** More than any relay takes at once. */
const MANY = 501;

const idsOf = (events: readonly OwnEvent[]) => events.map(({ envelope }) => envelope.eventId);
const everything: AskedGroup['undelivered'] = async (events) => events.map(({ eventId }) => eventId);

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
      store = journal.sweepStore(newId('Event'), everything);
      before = (await look({ after: 0n })).upTo ?? 0n;
    });

    const look = (given: Partial<Parameters<SweepStore['look']>[0]> = {}) =>
      store.look({ after: before, minAgeMs: 0, limit: 1_000, ...given });
    const ownEvents = async (given?: Parameters<typeof look>[0]) => (await look(given)).lacking;
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
      expect(await journal.sweepStore('another', everything).checkpoint()).toBe(0n);
    });

    it('gives own events in order, behind a position, no more than asked for, and none that was received', async () => {
      const [first, second, third] = await appendTo(journal, 3);
      await appendTo(journal, 1, true);
      const events = await ownEvents();
      expect(idsOf(events)).toEqual([first, second, third]);
      expect(idsOf(await ownEvents({ after: events[0]?.position ?? 0n, limit: 1 }))).toEqual([second]);
      expect(events[0]?.envelope).toMatchObject({ type: 'CartItemRemoved', aggregateType: 'Cart', data: {} });
      expect((await look()).upTo).toBe(events[2]?.position);
    });

    it('looks no further than events are of an age', async () => {
      const old = await appendTo(journal, 1);
      const minAgeMs = 1_500;
      expect(await look({ minAgeMs: LONG_MS })).toEqual({ upTo: null, lacking: [] });
      await eventually(async () => expect(idsOf(await ownEvents({ minAgeMs }))).toEqual(old));
      await appendTo(journal, 1);
      expect(idsOf(await ownEvents({ minAgeMs }))).toEqual(old);
    });

    it('gives only what the group lacks, and goes past the rest', async () => {
      const [first, second, third] = await appendTo(journal, 3);
      let lacked = new Set([second, third]);
      store = journal.sweepStore('another', async (events) =>
        events.map(({ eventId }) => eventId).filter((id) => lacked.has(id)),
      );
      const { upTo, lacking } = await look();
      expect(idsOf(lacking)).toEqual([second, third]);
      lacked = new Set([first, third]);
      expect(idsOf(await store.stillLacking(lacking))).toEqual([third]);
      lacked = new Set();
      expect(await look()).toEqual({ upTo, lacking: [] });
    });

    it('queues again what was published, in its old order', async () => {
      const positions = await published(3);
      const lost = [positions[2] ?? 0n, positions[0] ?? 0n];
      expect(await store.publishAgain({ positions: lost, unlessWithinMs: 0 })).toBe(2);
      expect((await waiting()).map(({ position }) => BigInt(position))).toEqual(lost.toReversed());
    });

    it('does not queue what waits already', async () => {
      const [first = 0n, second = 0n] = await published(2);
      await store.publishAgain({ positions: [first], unlessWithinMs: 0 });
      expect(await store.publishAgain({ positions: [first, second], unlessWithinMs: 0 })).toBe(1);
      expect(await waiting()).toHaveLength(2);
    });

    it('does not queue what was published a moment ago', async () => {
      const positions = await published(2);
      expect(await store.publishAgain({ positions, unlessWithinMs: LONG_MS })).toBe(0);
      expect(await waiting()).toEqual([]);
      await store.publishAgain({ positions, unlessWithinMs: 0 });
      await publish();
      expect(await store.publishAgain({ positions, unlessWithinMs: LONG_MS })).toBe(0);
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
