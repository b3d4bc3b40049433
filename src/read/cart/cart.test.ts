import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cartHistory, history, recorded } from '../../../harness/support/recorded.ts';
import type { CartEvent, DomainEvent, Recorded } from '../../events/index.ts';
import { foldOn } from './cart.ts';
import { foldCart } from './queries.ts';

const events = cartHistory('cart_1', 'order_1', 'ada') as readonly Recorded<CartEvent>[];
const created: DomainEvent = { type: 'CartCreated', data: { customerId: null, sessionId: null, currency: 'JPY' } };
const item = (cartItemId: string, unitPrice: string): DomainEvent => ({
  type: 'CartItemAdded',
  data: { cartItemId, productId: 'prod_1', quantity: 1, unitPrice },
});

describe('a cart', () => {
  it('is folded in version order, whatever order and however often its events are given', () => {
    const whole = foldCart(events);
    const anyOrder = fc.shuffledSubarray([...events, ...events], { minLength: events.length * 2 });
    fc.assert(
      fc.property(anyOrder, (given) => {
        expect(foldCart(given)).toEqual(whole);
      }),
    );
    expect(whole).toMatchObject({ version: 5, orderId: 'order_1', customerId: 'ada' });
  });

  it('is the same when it is folded in parts', () => {
    const cut = fc.integer({ min: 1, max: events.length });
    fc.assert(
      fc.property(cut, (at) => {
        expect(foldOn(foldOn(null, events.slice(0, at)), events)).toEqual(foldOn(null, events));
      }),
    );
  });

  it('stops at a gap', () => {
    expect(foldCart(events.filter((_, index) => index !== 2))).toMatchObject({ version: 2 });
  });

  it('is null without its CartCreated', () => {
    expect(foldCart(events.slice(1))).toBeNull();
  });

  it('has no items that were removed, and ignores events about unknown ones', () => {
    const cart = foldCart(
      history('cart_2', [
        created,
        item('1', '100'),
        item('2', '200'),
        { type: 'CartItemRemoved', data: { cartItemId: '1' } },
        { type: 'CartItemRemoved', data: { cartItemId: '9' } },
        { type: 'CartItemQuantityChanged', data: { cartItemId: '9', quantity: 3 } },
      ]),
    );
    expect(cart).toMatchObject({ version: 6, items: [{ id: '2', unitPriceMinor: 200 }] });
  });

  it('takes no item whose price its currency cannot express, but counts the event', () => {
    const cart = foldCart(history('cart_3', [created, item('1', '9.99'), item('2', '999999999999'), item('3', '5')]));
    expect(cart).toMatchObject({ version: 4, items: [{ id: '3', unitPriceMinor: 5 }] });
  });

  it('ignores events of other aggregates', () => {
    const adjusted = recorded(
      { type: 'StockAdjusted', data: { productId: 'cart_1', delta: 1, reason: null } },
      { version: 1 },
    );
    expect(foldCart([adjusted, ...events])).toEqual(foldCart(events));
  });
});
