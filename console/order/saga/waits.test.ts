import { describe, expect, it } from 'vitest';
import { pendingOf } from './waits.ts';

describe('what an order waits for', () => {
  it.each([
    ['PENDING', null, 'Stock'],
    ['AWAITING_PAYMENT', null, 'Payment'],
    ['AWAITING_PAYMENT', 'REQUESTED', 'Charge'],
    ['AWAITING_PAYMENT', 'ACTION_REQUIRED', 'Customer'],
    ['AWAITING_PAYMENT', 'SUCCEEDED', 'Owner'],
    ['COMPENSATING', 'FAILED', 'Compensation'],
    ['CANCELLED', 'SUCCEEDED', 'Refund'],
    ['CANCELLED', 'REFUNDED', undefined],
    ['REJECTED', null, undefined],
    ['CONFIRMED', 'SUCCEEDED', undefined],
  ] as const)('%s with a payment that is %s: %s', (status, payment, what) => {
    const order = { status, payment: payment && { status: payment } };
    expect(pendingOf(order, false)?.for).toBe(what);
    expect(pendingOf(order, true)).toBeNull();
  });
});
