import { describe, expect, it } from 'vitest';
import { triedAgain } from './tried-again.ts';

const saga = { group: 'inventory-saga-consumer', role: 'saga', stream: 'orders', deliveries: 3 };

describe('what a stuck order waits for', () => {
  it('is tried again, where its role was given its oldest entry more than once', () => {
    const found = { group: 'inventory-saga-consumer', stream: 'payments', deliveries: 5 };
    expect(triedAgain([saga, { ...saga, stream: 'payments', deliveries: 5 }], 'Stock')).toEqual(found);
    expect(triedAgain([{ ...saga, role: 'payment' }], 'End')).toMatchObject({ deliveries: 3 });
  });

  it.each([1, null])('is not, where that was delivered %j times', (deliveries) => {
    expect(triedAgain([{ ...saga, deliveries }], 'StockBack')).toBeNull();
  });

  it('is not, where another role, or another service, fails', () => {
    expect(triedAgain([saga], 'PaymentRequest')).toBeNull();
    expect(triedAgain([{ ...saga, role: null }], 'Provider')).toBeNull();
  });
});
