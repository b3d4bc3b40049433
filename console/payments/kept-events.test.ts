import { describe, expect, it } from 'vitest';
import { NO_EVENTS, withEarlier, withLater } from './kept-events.ts';
import type { PaymentEvent } from './payments.ts';

const event = (id: number): PaymentEvent => ({
  eventId: `event_${id}`,
  type: 'PaymentRequested',
  correlationId: 'order_1',
  occurredAt: '2026-01-01T00:00:00.000Z',
  producerInstance: 'ecommerce-api-1',
  data: {},
});
const ids = ({ events }: { readonly events: readonly PaymentEvent[] }) => events.map(({ eventId }) => eventId);

describe('the events that are kept', () => {
  it('are each there once, in order', () => {
    const first = withEarlier(NO_EVENTS, [event(2), event(3)], 'cursor');
    expect(ids(withLater(first, [event(3), event(4)]))).toEqual(['event_2', 'event_3', 'event_4']);
    expect(withEarlier(first, [event(1)], null)).toEqual({ events: [event(1), event(2), event(3)], before: null });
  });

  it('are two thousand at most: the oldest are let go', () => {
    const many = Array.from({ length: 2_001 }, (_, id) => event(id));
    const kept = withLater({ events: [], before: 'cursor' }, many);
    expect([kept.events.length, kept.events[0]?.eventId, kept.before]).toEqual([2_000, 'event_1', null]);
  });
});
