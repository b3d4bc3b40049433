import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Membership, StreamGroup } from '../../src/bus/index.ts';
import { STREAMS } from '../../src/events/index.ts';

/** Streams with their groups, as one adapter has them. */
export interface Bus extends AsyncDisposable {
  readonly join: (membership: Membership) => StreamGroup;
  /** Adds an entry; its id. */
  readonly add: (stream: string, fields: readonly string[]) => Promise<string>;
  readonly flush: () => Promise<void>;
}

const STREAM = STREAMS.orders;
const OTHER_STREAM = STREAMS.payments;
const GROUP = 'group';
const LONG_MS = 1_000_000_000;

const readNew = async (group: StreamGroup, count = 10) =>
  (await group.readNew({ streams: [STREAM], count, blockMs: 20 })).map(({ id }) => id);
const entriesOf = (ids: readonly string[]) => ids.map((id) => ({ stream: STREAM, id }));
const readOwn = async (group: StreamGroup, afterId = '0', count = 10) =>
  (await group.readOwnPending({ stream: STREAM, count, afterId })).map(({ id }) => id);
const claim = async (group: StreamGroup, ids: readonly string[], idleMs = 0) =>
  (await group.claim({ stream: STREAM, idleMs, ids })).map(({ id }) => id);

/** What every `StreamGroup` does; consumers rely on nothing else. */
export const describeStreamGroup = (adapter: string, openBus: () => Promise<Bus>): void => {
  describe(`a stream group (${adapter})`, () => {
    let bus: Bus;
    let one: StreamGroup;
    let other: StreamGroup;

    beforeAll(async () => {
      bus = await openBus();
      one = bus.join({ group: GROUP, consumer: 'one' });
      other = bus.join({ group: GROUP, consumer: 'other' });
    });
    beforeEach(() => bus.flush());
    afterAll(async () => {
      one.close();
      other.close();
      await bus[Symbol.asyncDispose]();
    });

    const add = async (count: number): Promise<readonly string[]> => {
      const ids: string[] = [];
      for (let nth = 1; nth <= count; nth += 1) ids.push(await bus.add(STREAM, ['nth', String(nth)]));
      return ids;
    };
    it('is made once, also on a stream without entries', async () => {
      expect([await one.ensureGroup(STREAM, '0'), await other.ensureGroup(STREAM, '0')]).toEqual([true, false]);
    });

    it('answers at once, without waiting, whether or not there is anything', async () => {
      await one.ensureGroup(STREAM, '0');
      expect(await one.readNew({ streams: [STREAM], count: 10, blockMs: null })).toEqual([]);
      const ids = await add(3);
      const read = await one.readNew({ streams: [STREAM], count: 2, blockMs: null });
      expect(read.map(({ id }) => id)).toEqual(ids.slice(0, 2));
      expect(await readOwn(one)).toEqual(ids.slice(0, 2));
    });

    it.each(['waiting', 'at once'])('gives fields as they are, whatever they hold (%s)', async (how) => {
      await one.ensureGroup(STREAM, '0');
      const fields = ['data', '{"a":"\\"\\u0001"} / é € 😀 \u0000\u007f\n', 'empty', ''];
      await bus.add(STREAM, fields);
      const read = await one.readNew({ streams: [STREAM], count: 1, blockMs: how === 'waiting' ? 20 : null });
      expect(read.map((entry) => entry.fields)).toEqual([fields]);
    });

    it('gives what was there before it, in order, with its fields', async () => {
      const [first = ''] = await add(1);
      await one.ensureGroup(STREAM, '0');
      expect(await one.readNew({ streams: [STREAM], count: 10, blockMs: 20 })).toEqual([
        expect.objectContaining({ id: first, fields: ['nth', '1'] }),
      ]);
    });

    it('made to read on after an entry gives what comes after it', async () => {
      const [first = '', second] = await add(2);
      await one.ensureGroup(STREAM, first);
      expect(await readNew(one)).toEqual([second]);
    });

    it('gives each entry to one member, and no more than is asked for', async () => {
      await one.ensureGroup(STREAM, '0');
      const ids = await add(4);
      expect([await readNew(one, 3), await readNew(other), await readNew(one)]).toEqual([
        ids.slice(0, 3),
        ids.slice(3),
        [],
      ]);
    });

    it('wakes who waits for an entry', async () => {
      await one.ensureGroup(STREAM, '0');
      const waiting = one.readNew({ streams: [STREAM], count: 10, blockMs: 10_000 });
      const [id] = await add(1);
      expect((await waiting).map((entry) => entry.id)).toEqual([id]);
    });

    it('shows a member what it has not acknowledged, after an id, and nothing of others', async () => {
      await one.ensureGroup(STREAM, '0');
      const [first = '', second = '', third = ''] = await add(3);
      await readNew(one, 2);
      await readNew(other);
      expect([await readOwn(one), await readOwn(one, first), await readOwn(one, '0', 1)]).toEqual([
        [first, second],
        [second],
        [first],
      ]);
      await one.acknowledge(entriesOf([first]));
      expect([await readOwn(one), await readOwn(other)]).toEqual([[second], [third]]);
    });

    it('acknowledges for whoever says so', async () => {
      await one.ensureGroup(STREAM, '0');
      const ids = await add(2);
      await readNew(one);
      await other.acknowledge(entriesOf(ids));
      expect(await readOwn(one)).toEqual([]);
    });

    it('lists what is pending, in order, with the number of its deliveries', async () => {
      await one.ensureGroup(STREAM, '0');
      const [first = '', second] = await add(2);
      await readNew(one);
      await claim(other, [first]);
      expect(await one.listPending({ stream: STREAM, idleMs: 0, count: 10 })).toEqual([
        { id: first, consumer: 'other', deliveries: 2 },
        { id: second, consumer: 'one', deliveries: 1 },
      ]);
      const after = await one.listPending({ stream: STREAM, idleMs: 0, count: 10, afterId: first });
      expect(after.map(({ id }) => id)).toEqual([second]);
      expect(await one.listPending({ stream: STREAM, idleMs: 0, count: 1 })).toHaveLength(1);
      expect(await one.listPending({ stream: STREAM, idleMs: LONG_MS, count: 10 })).toEqual([]);
    });

    it('counts a delivery each time that an entry is shown', async () => {
      await one.ensureGroup(STREAM, '0');
      const [id = ''] = await add(1);
      await readNew(one);
      expect(await one.deliveriesOf({ stream: STREAM, id })).toBe(1);
      await readOwn(one);
      await claim(other, [id]);
      expect(await one.deliveriesOf({ stream: STREAM, id })).toBe(3);
    });

    it('takes an entry that nobody knows of for delivered once', async () => {
      await one.ensureGroup(STREAM, '0');
      expect(await one.deliveriesOf({ stream: STREAM, id: '1-1' })).toBe(1);
    });

    it('hands over what was left, and only that', async () => {
      await one.ensureGroup(STREAM, '0');
      const [first = '', second = '', third = ''] = await add(3);
      await readNew(one, 2);
      await one.acknowledge(entriesOf([first]));
      expect(await claim(other, [first, second, third], LONG_MS)).toEqual([]);
      expect(await claim(other, [first, second, third])).toEqual([second]);
      expect([await readOwn(one), await readOwn(other)]).toEqual([[], [second]]);
    });

    it.each(['waiting', 'at once'])(
      'gives what is new on any of its streams, up to a number of each (%s)',
      async (how) => {
        const streams = [STREAM, OTHER_STREAM];
        for (const stream of streams) await one.ensureGroup(stream, '0');
        const ids = await add(3);
        const otherId = await bus.add(OTHER_STREAM, ['nth', '1']);
        const read = await one.readNew({ streams, count: 2, blockMs: how === 'waiting' ? 20 : null });
        const [first, second] = ids;
        expect(read.map(({ stream, id }) => [stream, id])).toEqual(
          expect.arrayContaining([
            [STREAM, first],
            [STREAM, second],
            [OTHER_STREAM, otherId],
          ]),
        );
        expect(read).toHaveLength(3);
        await one.acknowledge(read);
        expect([await readOwn(one), await one.listPending({ stream: OTHER_STREAM, idleMs: 0, count: 9 })]).toEqual([
          [],
          [],
        ]);
      },
    );

    it('wakes who waits for an entry of any of its streams', async () => {
      const streams = [STREAM, OTHER_STREAM];
      for (const stream of streams) await one.ensureGroup(stream, '0');
      const waiting = one.readNew({ streams, count: 10, blockMs: 10_000 });
      const id = await bus.add(OTHER_STREAM, ['nth', '1']);
      expect(await waiting).toEqual([expect.objectContaining({ stream: OTHER_STREAM, id })]);
    });

    it('gives nothing when one of its streams has no group', async () => {
      await one.ensureGroup(STREAM, '0');
      await add(1);
      const request = { streams: [STREAM, OTHER_STREAM], count: 10, blockMs: 20 };
      await expect(one.readNew(request)).rejects.toThrow('NOGROUP');
      expect(await readOwn(one)).toEqual([]);
    });

    it('claims nothing when nothing is named', async () => {
      expect(await claim(one, [])).toEqual([]);
    });

    it('is gone with the stream: reading says so, acknowledging does not', async () => {
      await one.ensureGroup(STREAM, '0');
      const [id = ''] = await add(1);
      await readNew(one);
      await bus.flush();
      await expect(one.readNew({ streams: [STREAM], count: 1, blockMs: 20 })).rejects.toThrow('NOGROUP');
      await expect(one.readOwnPending({ stream: STREAM, count: 1, afterId: '0' })).rejects.toThrow('NOGROUP');
      await expect(one.listPending({ stream: STREAM, idleMs: 0, count: 1 })).rejects.toThrow('NOGROUP');
      await expect(one.claim({ stream: STREAM, idleMs: 0, ids: [id] })).rejects.toThrow('NOGROUP');
      await one.acknowledge(entriesOf([id]));
      expect(await one.ensureGroup(STREAM, '0')).toBe(true);
    });

    it('tells who waits that it is gone', async () => {
      await one.ensureGroup(STREAM, '0');
      await add(1);
      await readNew(one);
      const waiting = one.readNew({ streams: [STREAM], count: 1, blockMs: 10_000 });
      const [told] = await Promise.allSettled([waiting, bus.flush()]);
      expect(told.status === 'rejected' && String(told.reason)).toMatch(/NOGROUP|UNBLOCKED/);
    });
  });
};
