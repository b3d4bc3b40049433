import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../../harness/support/eventually.ts';
import { STREAMS } from '../../src/events/index.ts';
import { type FoundMark, type Mark, NO_MARK, type OutboxSession } from '../../src/relay/index.ts';
import { appendTo, type JournalAtWork, NOTHING_WITHHELD } from './journals.ts';

const STREAM = STREAMS.carts;
const OTHER = STREAMS.orders;

const markAt = (nth: number): Mark => ({ number: BigInt(nth), lastEntryId: `${nth}-0` });
const found = (nth: number, given: Partial<FoundMark> = {}): FoundMark => ({
  ...markAt(nth),
  previousEntryId: nth === 1 ? '' : `${nth - 1}-0`,
  ...given,
});

/** What every `OutboxSession` does; relays rely on nothing else. */
export const describeOutbox = (adapter: string, open: () => Promise<JournalAtWork>): void => {
  describe(`an outbox session (${adapter})`, () => {
    let journal: JournalAtWork;
    let sessions: AsyncDisposableStack;
    let outbox: OutboxSession;
    beforeAll(async () => {
      journal = await open();
    });
    beforeEach(async () => {
      await journal.clear();
      sessions = new AsyncDisposableStack();
      outbox = await openOutbox();
    });
    afterEach(() => sessions.disposeAsync());
    afterAll(() => journal[Symbol.asyncDispose]());

    const openOutbox = async () => sessions.use(await journal.openOutbox());
    const waiting = async () => (await outbox.nextQueued(NOTHING_WITHHELD)).queued;
    const waitingIds = async () => (await waiting()).map(({ envelope }) => envelope.eventId);
    /** Appends two events and publishes them as the nth publication of a stream; their ids. */
    const publish = async (nth: number, stream: string = STREAM): Promise<readonly string[]> => {
      const ids = await appendTo(journal, 2);
      const positions = (await waiting()).map(({ position }) => position);
      await outbox.confirm([{ stream, ...markAt(nth), positions }]);
      return ids;
    };

    it('leads alone, until it ends', async () => {
      const other = await openOutbox();
      expect([await outbox.tryToLead(), await other.tryToLead()]).toEqual([true, false]);
      await outbox[Symbol.asyncDispose]();
      await eventually(async () => expect(await other.tryToLead()).toBe(true));
      await expect(outbox.lastMarks()).rejects.toThrow(/terminated|closed|not queryable/i);
    });

    it('gives what waits in the order in which it was recorded, again and again', async () => {
      const ids = [...(await appendTo(journal, 3)), ...(await appendTo(journal, 2))];
      expect([await waitingIds(), await waitingIds()]).toEqual([ids, ids]);
    });

    it('gives events with the time that the database gave them, and nothing that was received', async () => {
      await appendTo(journal, 1, true);
      await appendTo(journal, 1);
      const { queued, unreadable } = await outbox.nextQueued(NOTHING_WITHHELD);
      expect([queued.length, unreadable]).toEqual([1, []]);
      expect(queued[0]?.position).toMatch(/^\d+$/);
      expect(queued[0]?.envelope.occurredAt).toMatch(/^\d{4}-.*Z$/);
      expect(queued[0]?.envelope.stream).toBe(STREAM);
    });

    it('leaves out what is withheld', async () => {
      await appendTo(journal, 2);
      const ids = await appendTo(journal, 1);
      const [first] = await waiting();
      const aggregateIds = [first?.envelope.aggregateId ?? ''];
      const { queued } = await outbox.nextQueued({ streams: [OTHER], aggregateIds });
      expect(queued.map(({ envelope }) => envelope.eventId)).toEqual(ids);
      expect((await outbox.nextQueued({ streams: [STREAM], aggregateIds: [] })).queued).toEqual([]);
    });

    it('takes off what is confirmed, and only that', async () => {
      const [, second, third] = await appendTo(journal, 3);
      const [first] = await waiting();
      await outbox.confirm([{ stream: STREAM, ...markAt(1), positions: [first?.position ?? ''] }]);
      expect(await waitingIds()).toEqual([second, third]);
    });

    it('confirms publications to several streams, and gives behind that what still waits', async () => {
      const [, , third] = await appendTo(journal, 3);
      const [first, second] = await waiting();
      const confirmed = outbox.confirm([
        { stream: STREAM, ...markAt(1), positions: [first?.position ?? ''] },
        { stream: OTHER, ...markAt(1), positions: [second?.position ?? ''] },
      ]);
      const [ids] = await Promise.all([waitingIds(), confirmed]);
      expect(ids).toEqual([third]);
      expect(await outbox.lastMarks()).toEqual(
        new Map([
          [STREAM, markAt(1)],
          [OTHER, markAt(1)],
        ]),
      );
    });

    it('remembers the newest mark of each stream', async () => {
      expect(await outbox.lastMarks()).toEqual(new Map());
      for (const nth of [1, 2]) await publish(nth);
      await publish(1, OTHER);
      const marks = [
        [STREAM, markAt(2)],
        [OTHER, markAt(1)],
      ] as const;
      expect(await outbox.lastMarks()).toEqual(new Map(marks));
    });

    it('refuses a second publication of one number, and keeps what was to be confirmed', async () => {
      await publish(1);
      const ids = await appendTo(journal, 1);
      const positions = (await waiting()).map(({ position }) => position);
      await expect(outbox.confirm([{ stream: STREAM, ...markAt(1), positions }])).rejects.toMatchObject({
        code: '23505',
      });
      expect(await waitingIds()).toEqual(ids);
    });

    describe('told of the mark that a stream has', () => {
      let published: readonly (readonly string[])[];
      beforeEach(async () => {
        published = [await publish(1), await publish(2), await publish(3)];
        await publish(1, OTHER);
      });

      it.each([
        ['the last one: nothing', found(3), 3],
        ['an earlier one: what came after it', found(1), 1],
        ['none: everything', NO_MARK, 0],
        ['an attempt after a known one: what came after that', found(3, { lastEntryId: '9-9' }), 2],
        ['an attempt beyond the last one: nothing', found(4), 3],
        ['an attempt after an unknown one: everything', found(3, { lastEntryId: '9-9', previousEntryId: '8-8' }), 0],
        ['a known number with the entry of another loss: everything', found(1, { lastEntryId: '9-9' }), 0],
        ['a number far beyond the last one: everything', found(9), 0],
      ])('puts back what it lacks, with %s', async (_what, mark, kept) => {
        const lost = published.slice(kept).flat();
        expect(await outbox.restoreLost(STREAM, mark)).toBe(lost.length);
        expect(await waitingIds()).toEqual(lost);
        expect((await outbox.lastMarks()).get(STREAM)).toEqual(kept === 0 ? undefined : markAt(kept));
        expect((await outbox.lastMarks()).get(OTHER)).toEqual(markAt(1));
      });

      it('does so once', async () => {
        expect(await outbox.restoreLost(STREAM, NO_MARK)).toBe(6);
        expect(await outbox.restoreLost(STREAM, NO_MARK)).toBe(0);
      });

      it('does not count what waits already', async () => {
        const sweep = journal.sweepStore('group', async () => [published[0]?.[0] ?? '']);
        const { lacking } = await sweep.look({ after: 0n, minAgeMs: 0, limit: 1_000 });
        const positions = lacking.map(({ position }) => position);
        expect(await sweep.publishAgain({ positions, unlessWithinMs: 0 })).toBe(1);
        expect(await outbox.restoreLost(STREAM, NO_MARK)).toBe(5);
        expect(await waitingIds()).toEqual(published.flat());
      });
    });
  });
};
