import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../../harness/support/eventually.ts';
import { STREAMS } from '../events/index.ts';
import { openLogger, systemClock } from '../platform/index.ts';
import { Consumer } from './consumer.ts';
import type { ConsumerPorts, Consuming } from './consuming.ts';
import { fixedShare } from './fixed-share.ts';
import type { StreamGroup } from './stream-group.ts';

const STREAM = STREAMS.orders;

let opened: AsyncDisposableStack;

beforeEach(() => {
  opened = new AsyncDisposableStack();
});
afterEach(() => opened.disposeAsync());

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
    handle: async () => {},
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
    start(groupOf({ readNew, leave }), { share });
    await eventually(() => expect(said.at(-1)).toEqual([STREAM, other, STREAM]));
    await systemClock.sleep(100);
    expect(said.at(-1)).toEqual([STREAM, other, STREAM]);
    over.resolve();
    await eventually(() => expect(said.at(-1)).toEqual([STREAM]));
  });
});
