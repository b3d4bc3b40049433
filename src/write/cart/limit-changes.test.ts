import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DomainEvent } from '../../events/index.ts';
import type { OpenCart } from './cart.ts';
import { withinChanges } from './limit-changes.ts';

const CART: OpenCart = {
  status: 'Open',
  customerId: null,
  sessionId: null,
  currency: 'EUR',
  items: [{ id: '1', productId: 'prod_1', quantity: 5, unitPriceMinor: 100 }],
  itemsAdded: 1,
};

const setTo = (quantity: number): DomainEvent => ({
  type: 'CartItemQuantityChanged',
  data: { cartItemId: '1', quantity },
});
const added: DomainEvent = {
  type: 'CartItemAdded',
  data: { cartItemId: '2', productId: 'prod_2', quantity: 1, unitPrice: '1.00' },
};
const removed: DomainEvent = { type: 'CartItemRemoved', data: { cartItemId: '1' } };
const checkedOut: DomainEvent = { type: 'CartCheckedOut', data: { orderId: 'order_1', totalAmount: '5.00' } };

const isAllowed = (version: number, ...events: readonly DomainEvent[]): boolean =>
  withinChanges(version, CART, { events }).ok;

describe('the limit of changes', () => {
  it('ends growth at 1,000, shrinking at 2,000, and bars no way out', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000 }), (version) => {
        expect([isAllowed(version, added), isAllowed(version, setTo(6))]).toEqual([version < 1_000, version < 1_000]);
        expect(isAllowed(version, setTo(4))).toBe(version < 2_000);
        expect([isAllowed(version, removed), isAllowed(version, checkedOut), isAllowed(version)]).toEqual([
          true,
          true,
          true,
        ]);
      }),
    );
  });

  it('says what still goes', () => {
    expect(withinChanges(1_000, CART, { events: [added] })).toMatchObject({
      error: { message: 'A cart takes at most 1000 such changes: take items out, check it out, or create a new one.' },
    });
  });
});
