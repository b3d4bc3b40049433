import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../../harness/support/eventually.ts';
import { ownMs } from '../../harness/support/own-time.ts';
import { recorded } from '../../harness/support/recorded.ts';
import { newId, STREAMS } from '../events/index.ts';
import { openLogger, systemClock } from '../platform/index.ts';
import { Consumer } from './consumer.ts';
import type { ConsumerPorts, Consuming } from './consuming.ts';
import type { Handle } from './delivery.ts';
import { fixedShare } from './fixed-share.ts';
import type { Decode } from './shared-entries.ts';
import type { StreamEntry, StreamGroup } from './stream-group.ts';

const STREAM = STREAMS.orders;

/** Longer than a consumer pauses after its first failure. */
const A_PAUSE_MS = 100;
const AT_ONCE_MS = 400;
const A_MOMENT_MS = 2_000;

let opened: AsyncDisposableStack;
/** Ids of the entries that were handled. */
let handled: string[] = [];

beforeEach(() => {
  handled = [];
  opened = new AsyncDisposableStack();
});
afterEach(() => opened.disposeAsync());

const entryOf = (nth: number): StreamEntry => ({ stream: STREAM, id: `${nth}-0`, fields: ['a', 'b'] });

/** Its event has the entry's own id. */
const decode: Decode = ({ id }) =>
  recorded({ type: 'OrderConfirmed', data: { orderId: newId('Order') } }, { eventId: id });

const handleAll: Handle = async (batch) => void handled.push(...batch.map(({ envelope }) => envelope.eventId));

const PENDING = [{ id: '1-0', consumer: 'other', deliveries: 1 }];

type Given = readonly StreamEntry[];

/** What reads give, one after the other, and what stands pending of it. */
const busOf = (reads: readonly (Given | Promise<Given>)[]) => {
  const left = reads.values();
  let pending: Given = [];
  const readNew: StreamGroup['readNew'] = async ({ blockMs }) => {
    const { value = [] } = left.next();
    const given = await value;
    pending = [...pending, ...given];
    if (given.length === 0) await systemClock.sleep(blockMs ?? 0);
    return given;
  };
  const readOwnPending: StreamGroup['readOwnPending'] = async ({ afterId }) => pending.filter(({ id }) => id > afterId);
  const acknowledge: StreamGroup['acknowledge'] = async (entries) => {
    pending = pending.filter(({ id }) => !entries.some((entry) => entry.id === id));
  };
  return { readNew, readOwnPending, acknowledge };
};

const failingOnce = <A extends readonly unknown[], R>(
  work: (...args: A) => Promise<R>,
): ((...args: A) => Promise<R>) => {
  let isFirst = true;
  return async (...args) => {
    if (!isFirst) return work(...args);
    isFirst = false;
    throw new Error('no way');
  };
};

/** A group without entries, but for what is given. */
const groupOf = (given: Partial<StreamGroup>): StreamGroup => ({
  ensureGroup: async () => false,
  readNew: async () => [],
  readOwnPending: async () => [],
  listPending: async () => [],
  claim: async () => [],
  deliveriesOf: async () => 1,
  acknowledge: async () => {},
  leave: async () => [],
  close: () => {},
  ...given,
});

const start = (entries: StreamGroup, given: Partial<Consuming & ConsumerPorts> = {}): Consumer => {
  const consumer = new Consumer({
    group: 'group',
    consumer: 'me',
    claimIdleMs: 60_000,
    maxDeliveries: 3,
    handle: handleAll,
    decode,
    keepDeadLetter: async () => {},
    share: fixedShare([STREAM]),
    entries,
    clock: systemClock,
    logger: openLogger('silent'),
    ...given,
  });
  return opened.use(consumer);
};

describe('a consumer', () => {
  it('waits whole milliseconds for entries, whatever its share says', async () => {
    const waits: (number | null)[] = [];
    const readNew: StreamGroup['readNew'] = async ({ blockMs }) => {
      waits.push(blockMs);
      await systemClock.sleep(blockMs ?? 0);
      return [];
    };
    start(groupOf({ readNew }), { share: { ...fixedShare([STREAM]), maxBlockMs: () => 1_000 / 6 } });
    await eventually(() => expect(waits).not.toEqual([]));
    expect(waits[0]).toSatisfy(Number.isInteger);
  });

  it('says that it reads a stream no more when its reads of it are over, also after a failure', async () => {
    const over = Promise.withResolvers<void>();
    const other = STREAMS.payments;
    let wanted: readonly string[] = [STREAM, other];
    const said: (readonly string[])[] = [];
    const readNew: StreamGroup['readNew'] = async () => {
      wanted = [STREAM];
      throw new Error('connection lost');
    };
    const leave: StreamGroup['leave'] = async ({ streams }) => {
      if (streams.includes(other)) await over.promise;
      return [];
    };
    const share = {
      ...fixedShare([]),
      streams: () => wanted,
      reads: (streams: readonly string[]) => void said.push(streams),
    };
    // Nor is it forgotten where the next attempt fails, too.
    const readOwnPending = failingOnce(async () => []);
    start(groupOf({ readNew, readOwnPending, leave }), { share });
    await eventually(() => expect(said.at(-1)).toEqual([STREAM, other, STREAM]));
    await systemClock.sleep(100);
    expect(said.at(-1)).toEqual([STREAM, other, STREAM]);
    over.resolve();
    await eventually(() => expect(said.at(-1)).toEqual([STREAM]));
  });

  it('handles what a read brought beside which an acknowledgement failed', async () => {
    const late = Promise.withResolvers<void>();
    const bus = busOf([[entryOf(1)], late.promise.then(() => [entryOf(2)])]);
    start(groupOf({ ...bus, acknowledge: failingOnce(bus.acknowledge) }));
    await eventually(() => expect(handled).toContain('1-0'));
    await systemClock.sleep(2 * A_PAUSE_MS);
    late.resolve();
    await eventually(() => expect(handled).toContain('2-0'));
  });

  it('handles what was being read ahead when something failed', async () => {
    const late = Promise.withResolvers<void>();
    const bus = busOf([[entryOf(1)], late.promise.then(() => [entryOf(2)])]);
    const deliveriesOf = failingOnce(async () => 1);
    const handle = failingOnce(handleAll);
    start(groupOf({ ...bus, deliveriesOf }), { handle, deliverySize: { least: 1, most: 2 } });
    await systemClock.sleep(2 * A_PAUSE_MS);
    expect(handled).toEqual([]);
    late.resolve();
    await eventually(() => expect(handled).toEqual(['1-0', '2-0']));
  });

  it('stops at once though a read is not answered beside which an acknowledgement failed', async () => {
    const bus = busOf([[entryOf(1)], new Promise(() => {})]);
    const consumer = start(groupOf({ ...bus, acknowledge: failingOnce(bus.acknowledge) }));
    await eventually(() => expect(handled).toEqual(['1-0']));
    await systemClock.sleep(A_PAUSE_MS);
    expect(await ownMs(() => consumer[Symbol.asyncDispose]())).toBeLessThan(AT_ONCE_MS);
  });

  it.each<[asked: string, groupThat: (isSilent: () => Promise<never>) => Partial<StreamGroup>]>([
    ['what is pending', (isSilent) => ({ listPending: isSilent })],
    ['what others have left', (isSilent) => ({ listPending: async () => PENDING, claim: isSilent })],
    ['how often an entry was delivered', (isSilent) => ({ ...busOf([[entryOf(1)]]), deliveriesOf: isSilent })],
    ['acknowledgements', (isSilent) => ({ ...busOf([[entryOf(1)], [entryOf(2)]]), acknowledge: isSilent })],
  ])('stops in a moment while Redis does not answer: %s', async (_asked, groupThat) => {
    const asked = Promise.withResolvers<void>();
    const group = groupThat(() => {
      asked.resolve();
      return new Promise(() => {});
    });
    const handle = group.deliveriesOf === undefined ? handleAll : () => Promise.reject(new Error('poison'));
    const consumer = start(groupOf(group), { handle });
    await asked.promise;
    await systemClock.sleep(A_PAUSE_MS);
    expect(await ownMs(() => consumer[Symbol.asyncDispose]())).toBeLessThan(A_MOMENT_MS);
  });
});
