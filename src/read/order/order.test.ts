import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { orderHistory } from '../../../harness/support/recorded.ts';
import { readOrder } from '../../events/index.ts';
import { foldOrder, foldOrderSteps } from './queries.ts';

const OUTCOMES = [
  ['Confirmed', 'CONFIRMED'],
  ['Rejected', 'REJECTED'],
  ['Declined', 'CANCELLED'],
] as const;

describe('an order', () => {
  it.each(OUTCOMES)('that is %s is the same for every order and repetition of its events', (outcome, status) => {
    const events = orderHistory('order_1', outcome, 'ada');
    const whole = foldOrder(events);
    const repeated = fc.array(fc.constantFrom(...events), { maxLength: 10 });
    const anyOrder = repeated.chain((more) =>
      fc.shuffledSubarray([...events, ...more], { minLength: events.length + more.length }),
    );
    fc.assert(
      fc.property(anyOrder, (given) => {
        expect(foldOrder(given)).toEqual({ ...whole, revision: given.length });
      }),
    );
    expect(whole && readOrder(whole.facts).status).toBe(status);
  });

  it('has a revision for each of its events and the time of the latest', () => {
    const events = orderHistory('order_1', 'Declined');
    expect(foldOrder(events)).toMatchObject({
      revision: 6,
      createdAt: events[0]?.envelope.occurredAt,
      updatedAt: events[5]?.envelope.occurredAt,
    });
  });

  it('is null without its OrderCreated', () => {
    expect(foldOrder(orderHistory('order_1', 'Confirmed').slice(1))).toBeNull();
    expect(foldOrder([])).toBeNull();
  });

  it('is after each of its events what these make, whichever comes first', () => {
    const events = orderHistory('order_1', 'Confirmed');
    for (const given of [events, events.toReversed(), []])
      expect(foldOrderSteps(given)).toEqual(given.map((_, index) => foldOrder(given.slice(0, index + 1))));
  });
});
