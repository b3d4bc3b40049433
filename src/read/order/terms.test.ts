import { describe, expect, it } from 'vitest';
import { orderHistory } from '../../../harness/support/recorded.ts';
import { type OrderStatus, orderStatusOf } from '../../events/index.ts';
import { isOf } from '../../projection/index.ts';
import { type OrderState, takeStep, unknownOrder } from './order.ts';
import { termChanges } from './terms.ts';

const row = (order: OrderState) => ({
  ...order,
  status: orderStatusOf(order.facts) satisfies OrderStatus,
  createdAt: order.facts.created?.occurredAt ?? null,
});

/** The terms that stand after these events, each written as it changed. */
const standing = (events: ReturnType<typeof orderHistory>): readonly string[] => {
  const kept = new Set<string>();
  let order = unknownOrder('order_1');
  for (const event of events.filter(isOf('Order'))) {
    const next = takeStep(order, event);
    const { came, went } = termChanges(row(next), row(order));
    for (const { term } of came) kept.add(term);
    for (const { term } of went) expect(kept.delete(term)).toBe(true);
    order = next;
  }
  return [...kept].toSorted();
};

const REJECTED = ['product:prod_1', 'product:prod_2', 'reason:OUT_OF_STOCK', 'status:REJECTED'];
const REJECTED_WORDS = ['word:1', 'word:5', 'word:available', 'word:prod', 'word:wanted'];
const DECLINED = ['product:prod_1', 'product:prod_2', 'reason:PAYMENT_DECLINED', 'status:CANCELLED', 'word:declined'];

describe('the terms of an order', () => {
  it('are its products, its last status, and why it failed', () => {
    expect(standing(orderHistory('order_1', 'Confirmed'))).toEqual([
      'product:prod_1',
      'product:prod_2',
      'status:CONFIRMED',
    ]);
    expect(standing(orderHistory('order_1', 'Rejected'))).toEqual([...REJECTED, ...REJECTED_WORDS]);
    expect(standing(orderHistory('order_1', 'Declined'))).toEqual(DECLINED);
  });

  it('are the same whatever order its events come in', () => {
    const events = orderHistory('order_1', 'Declined');
    expect(standing(events.toReversed())).toEqual(DECLINED);
    for (const index of events.keys())
      expect(standing([...events.slice(index), ...events.slice(0, index)])).toEqual(DECLINED);
  });

  it('are written once: what has not changed is not written again', () => {
    const events = orderHistory('order_1', 'Declined').filter(isOf('Order'));
    const order = events.reduce(takeStep, unknownOrder('order_1'));
    expect(termChanges(row(order), row(order))).toEqual({ came: [], went: [] });
  });
});
