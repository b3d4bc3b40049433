import { describe, expect, it } from 'vitest';
import { type Outcome, orderHistory } from '../../../harness/support/recorded.ts';
import { learn, NOTHING_KNOWN, type OrderFacts, orderStatusOf } from '../../events/index.ts';
import { byAggregate } from '../../projection/index.ts';
import { countChanges } from './counts.ts';
import type { Countable } from './happened.ts';
import { horizonsAt, tallyChanges } from './tallies.ts';

const stored = (outcome: Outcome) =>
  byAggregate(
    orderHistory('order_1', outcome).map((each, nth) => ({ ...each, position: BigInt(nth + 1), recordedAt: '' })),
    'Order',
  ).get('order_1') ?? [];

const orderOf = (facts: OrderFacts): Countable => ({ facts, status: orderStatusOf(facts) });
/** The order after so many of its events. */
const after = (outcome: Outcome, count: number): Countable =>
  orderOf(stored(outcome).slice(0, count).reduce(learn, NOTHING_KNOWN));
const withoutFirst = (outcome: Outcome): Countable => orderOf(stored(outcome).slice(1).reduce(learn, NOTHING_KNOWN));

const HORIZONS = horizonsAt(Date.UTC(2026, 0, 2, 0, 0, 10));
const sumsOf = (before: Countable | undefined, now: Countable) =>
  Object.fromEntries(
    countChanges([{ before, after: now }])
      .filter(({ orders }) => orders !== 0)
      .map(({ status, orders }) => [status, orders]),
  );
const seriesOf = (before: Countable | undefined, now: Countable) =>
  tallyChanges([{ before, after: now }], HORIZONS).map(({ series, bin, orders }) => `${series} ${bin} ${orders}`);

describe('what an order changes of the statistics', () => {
  it('is one order more of its status, and one less of the one that it had', () => {
    expect(sumsOf(undefined, after('Confirmed', 1))).toEqual({ PENDING: 1 });
    expect(sumsOf(after('Confirmed', 1), after('Confirmed', 2))).toEqual({ PENDING: -1, AWAITING_PAYMENT: 1 });
    expect(countChanges([{ before: after('Confirmed', 2), after: after('Confirmed', 3) }])).toEqual([]);
    expect(countChanges([{ before: undefined, after: after('Confirmed', 1) }])).toHaveLength(6);
  });

  it('is nothing while its OrderCreated is unknown, and all of it when that comes last', () => {
    expect(sumsOf(undefined, withoutFirst('Confirmed'))).toEqual({});
    expect(seriesOf(undefined, withoutFirst('Confirmed'))).toEqual([]);
    expect(sumsOf(withoutFirst('Rejected'), after('Rejected', 3))).toEqual({ REJECTED: 1 });
    expect(seriesOf(withoutFirst('Rejected'), after('Rejected', 3))).toHaveLength(9);
  });

  it('is a checkout and an end, once each, in the buckets of each length', () => {
    expect(seriesOf(undefined, after('Declined', 1))).toEqual([
      'count CREATED 1 0 1',
      'count CREATED 10 0 1',
      'count CREATED 300 0 1',
    ]);
    expect(seriesOf(after('Declined', 1), after('Declined', 5))).toEqual([]);
    // Five milliseconds after the checkout.
    expect(seriesOf(after('Declined', 5), after('Declined', 6))).toEqual([
      'count CANCELLED 1 0 1',
      'count CANCELLED 10 0 1',
      'count CANCELLED 300 0 1',
      'took CANCELLED 10 5 1',
      'took CANCELLED 120 5 1',
      'took CANCELLED 3600 5 1',
    ]);
  });

  it('is left out of buckets that are too old to be kept', () => {
    const twoHoursLater = horizonsAt(Date.UTC(2026, 0, 2, 2));
    const changes = tallyChanges([{ before: undefined, after: after('Confirmed', 5) }], twoHoursLater);
    expect(changes.map(({ series }) => series)).toEqual([
      'count CREATED 300',
      'count CONFIRMED 300',
      'took CONFIRMED 3600',
    ]);
  });
});
