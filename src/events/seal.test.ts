import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recorded } from '../../harness/support/recorded.ts';
import type { Envelope } from './envelope.ts';
import { isId } from './ids.ts';
import { envelop } from './new-event.ts';
import { PRODUCERS } from './producers.ts';
import { sealBy } from './seal.ts';

const seal = sealBy('a key');
const writer = { producer: PRODUCERS.api, producerInstance: `${PRODUCERS.api}-1`, seal };

const sealed = (version: number): Envelope => {
  const event = { type: 'OrderConfirmed', data: { orderId: 'order_1' } } as const;
  const newEvent = { event, aggregateId: 'order_1', sequence: version, version, causationId: null, traceparent: null };
  return envelop(writer, newEvent, '2026-01-02T03:04:05.678Z').envelope;
};

const LETTERS = Array.from('0123456789abcdefghjkmnpqrstvwxyz');

/** Something else in one of the places that a seal is made of, or another letter anywhere in the id. */
const changed: fc.Arbitrary<(envelope: Envelope) => Envelope> = fc.oneof(
  fc.constant((envelope: Envelope) => ({ ...envelope, type: 'OrderCancelled' as const })),
  fc.constant((envelope: Envelope) => ({ ...envelope, producer: PRODUCERS.saga })),
  fc.constant((envelope: Envelope) => ({ ...envelope, aggregateId: 'order_2' })),
  fc.constantFrom(null, 2).map((version) => (envelope: Envelope) => ({ ...envelope, version })),
  fc.tuple(fc.integer({ min: 'event_'.length, max: 31 }), fc.constantFrom(...LETTERS)).map(([at, letter]) => {
    return (envelope: Envelope) => {
      const { eventId } = envelope;
      const other = eventId[at] === letter ? (letter === '0' ? '1' : '0') : letter;
      return { ...envelope, eventId: eventId.slice(0, at) + other + eventId.slice(at + 1) };
    };
  }),
);

describe('a sealed id of an event', () => {
  it('is an id as all others are, and new', () => {
    const ids = Array.from({ length: 5_000 }, (_, nth) => sealed(nth + 1).eventId);
    expect(new Set(ids).size).toBe(5_000);
    for (const id of ids) expect(id).toMatch(/^event_[0-9a-hjkmnp-tv-z]{26}$/);
    expect(ids.every((id) => isId('Event', id))).toBe(true);
  });

  it('is known to whoever has the key, and to nobody else', () => {
    expect(seal.isOn(sealed(1))).toBe(true);
    expect(sealBy('a key').isOn(sealed(1))).toBe(true);
    expect(sealBy('another key').isOn(sealed(1))).toBe(false);
    expect(seal.isOn(recorded({ type: 'OrderConfirmed', data: { orderId: 'order_1' } }).envelope)).toBe(false);
  });

  it('is none on anything else that is said', () => {
    fc.assert(
      fc.property(changed, (change) => {
        expect(seal.isOn(change(sealed(1)))).toBe(false);
      }),
    );
  });
});
