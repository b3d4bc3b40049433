import { describe, expect, it } from 'vitest';
import { waitsFor } from './waits-for.ts';

const steps = (types: string) => types.split(' ').map((type) => ({ event: { type } }));

describe('a stuck order', () => {
  it.each([
    ['PENDING', 'OrderCreated', 'Stock'],
    ['AWAITING_PAYMENT', 'OrderCreated StockReserved', 'PaymentRequest'],
    ['AWAITING_PAYMENT', 'OrderCreated StockReserved PaymentRequested', 'Provider'],
    ['AWAITING_PAYMENT', 'OrderCreated StockReserved PaymentRequested PaymentPending SomethingNew', 'Provider'],
    ['AWAITING_PAYMENT', 'OrderCreated StockReserved PaymentRequested PaymentSucceeded', 'Confirmation'],
    ['PENDING', 'OrderCreated StockReservationFailed', 'Confirmation'],
    ['COMPENSATING', 'OrderCreated StockReserved PaymentRequested PaymentFailed', 'StockBack'],
    ['COMPENSATING', 'OrderCreated StockReserved OrderCancelled', 'StockBack'],
    ['CANCELLED', 'OrderCreated StockReserved PaymentSucceeded', 'Refund'],
    ['PENDING', 'SomethingNew', 'Unknown'],
  ] as const)('that is %s after %s waits for: %s', (status, types, what) => {
    expect(waitsFor({ status, steps: steps(types) })).toBe(what);
  });
});
