import { describe, expect, it } from 'vitest';
import { recorded } from '../../harness/support/recorded.ts';
import { DecodeError, encodeEntry, newId, partitionKey, STREAMS } from '../events/index.ts';
import { SharedEntries } from './shared-entries.ts';

const STREAM = STREAMS.orders;

/** As it comes: each reader has texts of its own. */
const entryOf = (id = '1-0', stream: string = STREAM) => {
  const { envelope } = recorded({ type: 'OrderConfirmed', data: { orderId: newId('Order') } });
  const json = JSON.stringify({ stream, id, fields: encodeEntry(envelope) });
  return () => JSON.parse(json) as { readonly stream: string; readonly id: string; readonly fields: readonly string[] };
};

describe('an entry that two groups of a process read', () => {
  it('is decoded once, and has an envelope for each', () => {
    const entries = new SharedEntries();
    const [one, other] = [entries.readBy([STREAM]), entries.readBy([STREAM])];
    const entry = entryOf();
    const [first, second] = [one(entry()), other(entry())];
    expect(second).toEqual(first);
    expect(second.event).toBe(first.event);
    expect(second.envelope).not.toBe(first.envelope);
  });

  it('is let go when both have read it', () => {
    const entries = new SharedEntries();
    const [one, other] = [entries.readBy([STREAM]), entries.readBy([STREAM])];
    const entry = entryOf();
    const [first] = [one(entry()), other(entry())];
    const again = one(entry());
    expect(again).toEqual(first);
    expect(again.event).not.toBe(first.event);
  });

  it('is another one where only its id is the same', () => {
    const entries = new SharedEntries();
    const [one, other] = [entries.readBy([STREAM]), entries.readBy([STREAM])];
    const [first, second] = [one(entryOf()()), other(entryOf()())];
    expect(second.envelope.aggregateId).not.toBe(first.envelope.aggregateId);
  });

  it('is refused for each when it cannot be read', () => {
    const entries = new SharedEntries();
    const garbage = { stream: STREAM, id: '1-0', fields: ['event_type', 'Nothing'] };
    for (const decode of [entries.readBy([STREAM]), entries.readBy([STREAM])])
      expect(() => decode(garbage)).toThrow(DecodeError);
  });

  it('is shared in a partition, too', () => {
    const entries = new SharedEntries();
    const [one, other] = [entries.readBy([STREAM]), entries.readBy([STREAM])];
    const entry = entryOf('1-0', partitionKey(STREAM, 3));
    expect(one(entry()).event).toBe(other(entry()).event);
  });
});

describe('an entry that one group alone reads', () => {
  it('is not kept', () => {
    const entries = new SharedEntries();
    const decode = entries.readBy([STREAM]);
    entries.readBy([STREAMS.carts]);
    const entry = entryOf();
    expect(decode(entry()).event).not.toBe(decode(entry()).event);
  });
});
