import { describe, expect, it } from 'vitest';
import { waitsFor } from './waits-for.ts';

describe('a stuck order', () => {
  it.each([
    ['PENDING', null, 'Stock'],
    ['AWAITING_PAYMENT', null, 'PaymentRequest'],
    ['AWAITING_PAYMENT', 'REQUESTED', 'Provider'],
    ['AWAITING_PAYMENT', 'ACTION_REQUIRED', 'Provider'],
    ['AWAITING_PAYMENT', 'SUCCEEDED', 'End'],
    ['AWAITING_PAYMENT', 'FAILED', 'End'],
    ['COMPENSATING', 'FAILED', 'StockBack'],
    ['CANCELLED', 'SUCCEEDED', 'Refund'],
    ['CANCELLED', 'FAILED', 'Other'],
    ['CONFIRMED', 'SUCCEEDED', 'Other'],
  ] as const)('that is %s, its payment %s, waits for: %s', (status, payment, what) => {
    expect(waitsFor({ status, payment: payment === null ? null : { status: payment }, failure: null })).toBe(what);
  });

  it('that has no stock waits for its end to be recorded', () => {
    expect(waitsFor({ status: 'PENDING', payment: null, failure: { reason: 'OUT_OF_STOCK' } })).toBe('End');
  });
});
