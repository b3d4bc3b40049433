import { describe, expect, it } from 'vitest';
import { partitionKey } from '../events/index.ts';
import { byStream } from './by-stream.ts';
import type { ConsumerGroup } from './consumer-groups.ts';

const STREAM = 'ecommerce.orders.events';
const ABSENT = {
  lag: null,
  pending: null,
  deliveries: null,
  consumers: null,
  behindSeconds: null,
  pendingSeconds: null,
};

const on = (stream: string, given: Partial<ConsumerGroup> = {}): ConsumerGroup => ({
  stream,
  group: 'g',
  role: 'audit',
  lag: 0,
  pending: 0,
  deliveries: null,
  consumers: 1,
  behindSeconds: 0,
  pendingSeconds: 0,
  deadLetters: 0,
  ...given,
});

describe('a group on all partitions of a stream', () => {
  it('is as it is where there are none', () => {
    expect(byStream([on(STREAM, { lag: 3 })])).toEqual([on(STREAM, { lag: 3 })]);
  });

  it('has all that waits, and the longest wait', () => {
    const groups = [
      on(STREAM, { pending: 1, deliveries: 2, behindSeconds: 4, pendingSeconds: 4 }),
      on(partitionKey(STREAM, 0), { lag: 3, behindSeconds: 9, consumers: 2 }),
      on(partitionKey(STREAM, 1), { lag: 4, pending: 2, deliveries: 1, deadLetters: 5 }),
    ];
    const whole = {
      lag: 7,
      pending: 3,
      deliveries: 2,
      behindSeconds: 9,
      consumers: 2,
      deadLetters: 5,
      pendingSeconds: 4,
    };
    expect(byStream(groups)).toEqual([on(STREAM, whole)]);
  });

  it('lacks all of a partition that nobody has read yet, also where nobody has read any', () => {
    const unread = on(partitionKey(STREAM, 0), { ...ABSENT, lag: 5, behindSeconds: 70 });
    const read = on(STREAM, { lag: 2, pending: 1, behindSeconds: 3, pendingSeconds: 3 });
    const whole = { lag: 7, pending: 1, behindSeconds: 70, pendingSeconds: 3 };
    expect(byStream([read, unread])).toEqual([on(STREAM, whole)]);
    expect(byStream([on(STREAM, ABSENT), unread])).toEqual([on(STREAM, { ...ABSENT, lag: 5, behindSeconds: 70 })]);
  });

  it('passes over an empty partition that nobody has read yet, and is absent where it is nowhere', () => {
    const absent = on(partitionKey(STREAM, 0), { ...ABSENT, deadLetters: 1 });
    expect(byStream([on(STREAM, { lag: 2 }), absent])).toEqual([on(STREAM, { lag: 2, deadLetters: 1 })]);
    expect(byStream([on(STREAM, ABSENT), absent])).toEqual([on(STREAM, { ...ABSENT, deadLetters: 1 })]);
  });

  it('has a lag that nobody knows where one of them has', () => {
    expect(byStream([on(STREAM, { lag: 2 }), on(partitionKey(STREAM, 0), { lag: null })])).toEqual([
      on(STREAM, { lag: null }),
    ]);
  });
});
