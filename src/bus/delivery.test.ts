import { describe, expect, it } from 'vitest';
import { recorded } from '../../harness/support/recorded.ts';
import { encodeEntry, newId, partitionKey, type Recorded, STREAMS } from '../events/index.ts';
import { Unavailable } from '../platform/index.ts';
import { handleDelivery, readDelivery } from './delivery.ts';

const entryOf = (nth: number) => {
  const { envelope } = recorded({ type: 'OrderConfirmed', data: { orderId: newId('Order') } });
  return { stream: STREAMS.orders, id: `${nth}-0`, fields: encodeEntry(envelope) };
};

const delivered = (count: number) => {
  const entries = Array.from({ length: count }, (_, nth) => entryOf(nth));
  return readDelivery(entries);
};

describe('a delivery', () => {
  it('of which one entry cannot be handled is halved until that one is alone', async () => {
    const delivery = delivered(64);
    const [faulty, poison] = delivery.readable[42] ?? [];
    const sizes: number[] = [];
    const handle = async (batch: readonly Recorded[]): Promise<void> => {
      sizes.push(batch.length);
      if (batch.some((each) => each === poison)) throw new Error('poison');
    };
    const outcomes = await handleDelivery(delivery, handle);
    expect([...outcomes].filter(([, { type }]) => type !== 'Done').map(([entry]) => entry)).toEqual([faulty]);
    // 64, then two of each of 32, 16, 8, 4, 2 and 1.
    expect(sizes).toHaveLength(13);
  });

  it('of more than a thousand entries is handled by thousands', async () => {
    const delivery = delivered(2_001);
    const sizes: number[] = [];
    const outcomes = await handleDelivery(delivery, async (batch) => void sizes.push(batch.length));
    expect(sizes).toEqual([1_000, 1_000, 1]);
    expect([...outcomes.keys()]).toEqual(delivery.entries);
  });

  it('is handled in its order, also in halves', async () => {
    const delivery = delivered(8);
    const handled: Recorded[] = [];
    await handleDelivery(delivery, async (batch) => {
      if (batch.length > 2) throw new Error('too many');
      handled.push(...batch);
    });
    expect(handled).toEqual(delivery.readable.map(([, each]) => each));
  });

  it('is not taken apart when what it needs is away', async () => {
    let attempts = 0;
    const handle = async (): Promise<void> => {
      attempts += 1;
      throw new Unavailable('The database is away.');
    };
    await expect(handleDelivery(delivered(8), handle)).rejects.toThrow(Unavailable);
    expect(attempts).toBe(1);
  });

  it('of a partition is of its stream', () => {
    const entry = { ...entryOf(1), stream: partitionKey(STREAMS.orders, 3) };
    const { readable } = readDelivery([entry, { ...entry, stream: partitionKey(STREAMS.carts, 3) }]);
    expect(readable.map(([each, { envelope }]) => [each, envelope.stream])).toEqual([[entry, STREAMS.orders]]);
  });

  it('tells what can never be read from what is gone', () => {
    const gone = { stream: STREAMS.orders, id: '1-0', fields: [] };
    const garbage = { stream: STREAMS.orders, id: '2-0', fields: ['event_type', 'Nonsense'] };
    const { readable, others } = readDelivery([gone, garbage]);
    expect(readable).toEqual([]);
    expect([...others].map(([entry, { type }]) => [entry, type])).toEqual([
      [gone, 'Done'],
      [garbage, 'Malformed'],
    ]);
  });
});
