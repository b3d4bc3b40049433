import { describe, expect, it } from 'vitest';
import { type PaymentEvent, paymentsOf } from './payments.ts';
import { isIn, openWithout, otherTotal, STATES, withOrders } from './states.ts';

const event = (type: string, data: unknown): PaymentEvent => ({
  eventId: `event_${type}`,
  type,
  correlationId: 'order_1',
  occurredAt: '2026-01-01T00:00:00.000Z',
  producerInstance: 'ecommerce-api-1',
  data,
});
const order = {
  __typename: 'Order',
  id: 'order_1',
  status: 'CONFIRMED',
  totalAmount: { amount: '5.00', currency: 'EUR' },
  payment: { status: 'SUCCEEDED' },
} as const;

describe('the state of a payment', () => {
  it('is what its order says, and disputed as well', () => {
    const payments = paymentsOf([
      event('PaymentSucceeded', {}),
      event('PaymentDisputed', { dispute_id: 'dp_1', status: 'OPEN' }),
    ]);
    const [shown] = withOrders(payments, [order]);
    expect(STATES.filter((state) => shown !== undefined && isIn(shown, state))).toEqual(['SUCCEEDED', 'DISPUTED']);
  });

  it.each([
    [{ amount: '5.00', currency: 'EUR' }, null],
    [{ amount: '1.00', currency: 'EUR' }, order.totalAmount],
    [{ amount: '5.00', currency: 'USD' }, order.totalAmount],
    [{}, null],
  ])('of %j is held against what the order comes to', (said, total) => {
    const [shown] = withOrders(paymentsOf([event('PaymentSucceeded', said)]), [order]);
    expect(shown === undefined ? undefined : otherTotal(shown)).toEqual(total);
  });

  it('is shown of an order that waits for it, though nothing tells of it any more', () => {
    const open = { ...order, status: 'AWAITING_PAYMENT', updatedAt: '2026-01-01T00:00:00.000Z' } as const;
    const waiting = { ...open, id: 'order_2', payment: { status: 'ACTION_REQUIRED' } } as const;
    const unasked = { ...open, id: 'order_3', payment: null };
    const told = paymentsOf([event('PaymentRequested', {})]);
    const shown = openWithout(told, [open, waiting, unasked]);
    expect(shown.map(({ orderId }) => orderId)).toEqual(['order_2']);
    expect(shown.every((payment) => isIn(payment, 'ACTION_REQUIRED'))).toBe(true);
  });

  it('is none where nobody knows the order', () => {
    const [shown] = withOrders(paymentsOf([event('PaymentSucceeded', {})]), [null, { __typename: 'Cart' }]);
    expect(shown?.order).toBeNull();
    expect(STATES.filter((state) => shown !== undefined && isIn(shown, state))).toEqual([]);
  });
});
