import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import type { Redis } from 'ioredis';
import { afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { ClusterSet } from '../../../harness/support/cluster/cluster-set.ts';
import { eventually } from '../../../harness/support/eventually.ts';
import { recorded } from '../../../harness/support/recorded.ts';
import { encodeEntry, newId, partitionKey, STREAMS } from '../../events/index.ts';
import { openLogger, sleep, systemClock } from '../../platform/index.ts';
import { Consumer } from '../consumer.ts';
import { fixedShare } from '../fixed-share.ts';
import { openRedis } from '../redis.ts';
import { openRedisStreamGroup } from '../redis-stream-group.ts';
import type { Share } from '../share.ts';

const GROUP = 'group';
const WAIT_MS = 1_000;
/** Each in a slot of its own. */
const [KEPT, HANDED_OVER] = [0, 1].map((nth) => partitionKey(STREAMS.orders, nth)) as [string, string];
const NONE: readonly string[] = [];
const ONLY: readonly string[] = [HANDED_OVER];
const BOTH: readonly string[] = [KEPT, HANDED_OVER];

let cluster: ClusterSet;
let redis: Redis;
let opened: AsyncDisposableStack;
/** Each event that was handled, by whom. */
let handled: (readonly [member: string, eventId: string])[] = [];
/** What comes to a member is not finished before that. */
let held = Promise.withResolvers<void>();

beforeAll(async () => {
  await using opening = new AsyncDisposableStack();
  const directory = mkdtempSync(join(inject('runDirectory'), 'handover-'));
  cluster = opening.use(await ClusterSet.open({ directory, nodeTimeoutMs: 1_000 }));
  redis = opening.adopt(openRedis(cluster.url), (each) => each.disconnect());
  const all = opening.move();
  return () => all.disposeAsync();
});

beforeEach(() => {
  handled = [];
  held.resolve();
  opened = new AsyncDisposableStack();
});
afterEach(async () => {
  await opened.disposeAsync();
  await Promise.all([KEPT, HANDED_OVER].map((stream) => redis.del(stream)));
});

interface Parts {
  readonly streams: () => readonly string[];
  readonly reads?: Share['reads'];
}

const shareOf = ({ streams, reads = () => {} }: Parts): Share => ({
  ...fixedShare([]),
  streams,
  isExclusive: () => true,
  maxBlockMs: () => WAIT_MS,
  reads,
  changed: (signal) => sleep(20, signal),
});

/** Shares of two members: the first has both partitions until it is told what to keep; the other one has what it has let go of. */
const sharesOfTwo = () => {
  let wanted = BOTH;
  let reading = BOTH;
  const reads = (streams: readonly string[]): void => {
    reading = streams;
  };
  const keep = (streams: readonly string[]): void => {
    wanted = streams;
  };
  const one = shareOf({ streams: () => wanted, reads });
  const other = shareOf({ streams: () => (reading.includes(HANDED_OVER) ? NONE : ONLY) });
  return { one, other, keep };
};

const start = (name: string, share: Share): Consumer => {
  const membership = { group: GROUP, consumer: name };
  const consumer = new Consumer({
    ...membership,
    share,
    entries: openRedisStreamGroup(cluster.url, membership),
    handle: async (batch) => {
      await held.promise;
      handled.push(...batch.map(({ envelope }) => [name, envelope.eventId] as const));
    },
    claimIdleMs: 60_000,
    maxDeliveries: 3,
    keepDeadLetter: async () => {},
    clock: systemClock,
    logger: openLogger('silent'),
  });
  return opened.use(consumer);
};

const add = async (stream: string): Promise<string> => {
  const { envelope } = recorded({ type: 'OrderConfirmed', data: { orderId: newId('Order') } });
  await redis.xadd(stream, '*', ...encodeEntry(envelope));
  return envelope.eventId;
};

const pendingIn = async (stream: string): Promise<number> => ((await redis.xpending(stream, GROUP)) as [number])[0];

const untilHandled = (id: string) =>
  eventually(() => expect(handled.map(([, eventId]) => eventId)).toContain(id), 2 * WAIT_MS);

describe('a partition of a cluster', () => {
  it.each([{ kept: [KEPT] }, { kept: [] }])(
    'is handed over with nothing left that a wait for it brought, by who keeps $kept.length',
    async ({ kept }) => {
      const { one, other, keep } = sharesOfTwo();
      start('one', one);
      start('other', other);
      await untilHandled(await add(HANDED_OVER));
      await sleep(WAIT_MS / 5);
      // Its wait for the partition goes on while it turns to its share, with this.
      keep(kept);
      await untilHandled(await add(KEPT));
      await sleep(WAIT_MS / 5);
      await untilHandled(await add(HANDED_OVER));
      await untilHandled(await add(HANDED_OVER));
      expect(handled.map(([member]) => member)).toEqual(['one', 'one', 'one', 'other']);
    },
  );

  it('leaves nothing behind that had arrived when who reads it stops', async () => {
    const { one } = sharesOfTwo();
    const consumer = start('one', one);
    await untilHandled(await add(HANDED_OVER));
    await sleep(WAIT_MS / 5);
    held = Promise.withResolvers();
    const inHand = await add(KEPT);
    await eventually(async () => expect(await pendingIn(KEPT)).toBe(1));
    const arrived = await add(HANDED_OVER);
    await eventually(async () => expect(await pendingIn(HANDED_OVER)).toBe(1));
    const stopped = consumer[Symbol.asyncDispose]();
    held.resolve();
    await stopped;
    expect(handled.slice(1).map(([, eventId]) => eventId)).toEqual([inHand, arrived]);
    expect([await pendingIn(KEPT), await pendingIn(HANDED_OVER)]).toEqual([0, 0]);
  });
});
