import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { JournalName } from '../../src/database/index.ts';
import { type Envelope, envelop, newId, PRODUCERS, STREAMS } from '../../src/events/index.ts';
import { type FoundMark, type MarkedStreams, NO_MARK } from '../../src/relay/index.ts';

/** The streams of one adapter, as relays write them. */
export interface StreamsAtWork extends AsyncDisposable {
  readonly streamsOf: (journal: JournalName) => MarkedStreams;
  /** Ids and event ids of what stands on a stream. */
  readonly entries: (stream: string) => Promise<readonly (readonly [id: string, eventId: string])[]>;
  readonly flush: () => Promise<void>;
  /** Somebody else writes this where the write journal's mark of the stream stands. */
  readonly spoilMark: (stream: string, by: Spoil) => Promise<void>;
}

/** What may stand where a mark is to be: a text, bytes that are none, or a value of another type. */
export type Spoil = string | Buffer | readonly string[];

const SPOILS: readonly Spoil[] = [
  '149',
  'junk',
  ':x',
  '0:1-0:',
  '7:1-0',
  '7:1-0:x',
  '1:99-99',
  `${'9'.repeat(30)}:1-0:`,
  '7:1-0:\n',
  '%s%d',
  Buffer.from([0xff, 0x00, 0xfe]),
  ['a list'],
];

const STREAM = STREAMS.carts;
const OTHER = STREAMS.orders;
const WRITER = { producer: PRODUCERS.api, producerInstance: `${PRODUCERS.api}-1` };

const events = (count: number): readonly Envelope[] =>
  Array.from({ length: count }, (_, index) => {
    const position = { sequence: index + 1, version: index + 1, causationId: null, traceparent: null };
    const event = { type: 'CartItemRemoved', data: { cartItemId: '1' } } as const;
    return envelop(WRITER, { event, aggregateId: newId('Cart'), ...position }, '2026-01-02T03:04:05.678Z').envelope;
  });

/** What every `MarkedStreams` does; relays rely on nothing else. */
export const describeMarkedStreams = (adapter: string, open: () => Promise<StreamsAtWork>): void => {
  describe(`marked streams (${adapter})`, () => {
    let atWork: StreamsAtWork;
    let streams: MarkedStreams;
    beforeAll(async () => {
      atWork = await open();
      streams = atWork.streamsOf('write');
    });
    beforeEach(() => atWork.flush());
    afterAll(() => atWork[Symbol.asyncDispose]());

    const add = async (count: number, after: FoundMark): Promise<FoundMark> => {
      const added = await streams.add({ stream: STREAM, after, envelopes: events(count) });
      expect(added.type).toBe('Added');
      return (await markOf(STREAM)) ?? NO_MARK;
    };
    const markOf = async (stream: string) => (await streams.readMarks([stream])).get(stream);

    it('have no mark in the beginning', async () => {
      expect(await streams.readMarks([STREAM, OTHER])).toEqual(
        new Map([
          [STREAM, NO_MARK],
          [OTHER, NO_MARK],
        ]),
      );
    });

    it('take events in their order, and tell of the last one', async () => {
      const envelopes = events(3);
      const added = await streams.add({ stream: STREAM, after: NO_MARK, envelopes });
      const entries = await atWork.entries(STREAM);
      expect(entries.map(([, eventId]) => eventId)).toEqual(envelopes.map(({ eventId }) => eventId));
      const mark = { number: 1n, lastEntryId: entries.at(-1)?.[0], previousEntryId: '' };
      expect(added).toMatchObject({ type: 'Added', mark: { number: 1n, lastEntryId: mark.lastEntryId } });
      expect(await markOf(STREAM)).toEqual(mark);
    });

    it('name the entry before with each mark', async () => {
      const first = await add(2, NO_MARK);
      const second = await add(1, first);
      expect(second).toMatchObject({ number: 2n, previousEntryId: first.lastEntryId });
    });

    it.each<[string, (mark: FoundMark) => FoundMark]>([
      ['none', () => NO_MARK],
      ['a lower number', (mark) => ({ ...mark, number: mark.number - 1n })],
      ['a higher number', (mark) => ({ ...mark, number: mark.number + 1n })],
      ['another entry', (mark) => ({ ...mark, lastEntryId: '1-1' })],
      ['an entry that begins alike', (mark) => ({ ...mark, lastEntryId: mark.lastEntryId.slice(0, -1) })],
    ])('refuse who believes in another mark: %s', async (_what, believed) => {
      const mark = await add(1, await add(1, NO_MARK));
      const addition = { stream: STREAM, after: believed(mark), envelopes: events(2) };
      expect(await streams.add(addition)).toEqual({ type: 'Refused', found: mark });
      expect(await atWork.entries(STREAM)).toHaveLength(2);
      expect(await markOf(STREAM)).toEqual(mark);
    });

    it('lose the mark with the entries, and refuse who believes in it', async () => {
      const mark = await add(1, NO_MARK);
      await atWork.flush();
      const again = await streams.add({ stream: STREAM, after: mark, envelopes: events(1) });
      expect(again).toEqual({ type: 'Refused', found: NO_MARK });
      expect(await atWork.entries(STREAM)).toEqual([]);
    });

    it('mark each stream and each journal by itself', async () => {
      await add(1, NO_MARK);
      const saga = atWork.streamsOf('saga');
      const added = await saga.add({ stream: STREAM, after: NO_MARK, envelopes: events(1) });
      expect(added).toMatchObject({ type: 'Added', mark: { number: 1n } });
      expect(await markOf(OTHER)).toEqual(NO_MARK);
      expect(await atWork.entries(STREAM)).toHaveLength(2);
    });

    it.each(SPOILS)('take what is no mark for a lost one, and put theirs in its place: %j', async (spoil) => {
      await add(1, await add(1, NO_MARK));
      await atWork.spoilMark(STREAM, spoil);
      expect(await markOf(STREAM)).toMatchObject({ ...NO_MARK, isUnreadable: true });
      const believed = { number: 2n, lastEntryId: '2-0' };
      const refused = await streams.add({ stream: STREAM, after: believed, envelopes: events(1) });
      expect(refused).toMatchObject({ type: 'Refused', found: NO_MARK });
      expect(await add(1, NO_MARK)).toMatchObject({ number: 1n, previousEntryId: '' });
      expect(await atWork.entries(STREAM)).toHaveLength(3);
    });

    it('leave the others theirs when one mark is none', async () => {
      await add(1, NO_MARK);
      await atWork.spoilMark(OTHER, 'junk');
      const marks = await streams.readMarks([STREAM, OTHER]);
      expect(marks.get(STREAM)).toMatchObject({ number: 1n });
      expect(marks.get(OTHER)).toMatchObject({ isUnreadable: true });
    });
  });
};
