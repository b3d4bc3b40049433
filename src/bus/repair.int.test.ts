import type { Redis } from 'ioredis';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { recorded } from '../../harness/support/recorded.ts';
import { testRedis } from '../../harness/support/servers.ts';
import { encodeEntry, newId, partitionKey, STREAMS, streamKey, UNPARTITIONED } from '../events/index.ts';
import { openRedis } from './redis.ts';
import { addAgain } from './repair.ts';

const FOUR = { partitions: 4, most: 8 };

let redis: Redis;

beforeAll(async () => {
  await using opening = new AsyncDisposableStack();
  redis = openRedis(opening.use(await testRedis()).url);
  opening.defer(() => redis.disconnect());
  const opened = opening.move();
  return () => opened.disposeAsync();
});
beforeEach(async () => void (await redis.flushall()));

const orderId = newId('Order');

/** The entry of an event of the order, as a dead letter keeps it. */
const entry = encodeEntry(recorded({ type: 'OrderConfirmed', data: { orderId } }).envelope);
const kept = entry.flatMap((name, nth) => (nth % 2 === 0 ? [[name, entry[nth + 1] ?? ''] as const] : []));

describe('an entry that is added again', () => {
  it('goes to where events of its aggregate go now, wherever it came from', async () => {
    for (const stream of [STREAMS.orders, partitionKey(STREAMS.orders, 7)])
      await addAgain(redis, { stream, fields: kept }, FOUR);
    expect(await redis.keys('*')).toEqual([streamKey(STREAMS.orders, orderId, FOUR)]);
    const [[, fields] = []] = await redis.xrange(streamKey(STREAMS.orders, orderId, FOUR), '-', '+');
    expect(fields).toEqual(entry);
  });

  it('goes to the stream itself where there are no partitions any more', async () => {
    await addAgain(redis, { stream: partitionKey(STREAMS.orders, 7), fields: kept }, UNPARTITIONED);
    expect(await redis.keys('*')).toEqual([STREAMS.orders]);
  });

  it('is added even when it does not say whose it is', async () => {
    await addAgain(redis, { stream: STREAMS.orders, fields: [['event_type', 'Nonsense']] }, FOUR);
    expect(await redis.keys('*')).toEqual([streamKey(STREAMS.orders, '', FOUR)]);
  });
});
