import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cartHistory, history } from '../../../harness/support/recorded.ts';
import type { CartEvent, DomainEvent, Recorded } from '../../events/index.ts';
import { byAggregate, type StoredRecorded } from '../../projection/index.ts';
import { noActivity, withEvent } from './cart-activity.ts';

const at = (second: number): string => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();

/** As the event store has them; taken in at times that are in no order. */
const stored = (events: readonly Recorded[]): readonly StoredRecorded<CartEvent>[] => {
  const all = events.map((each, nth) => ({ ...each, position: BigInt(nth + 1), recordedAt: at((nth * 7) % 5) }));
  return byAggregate(all, 'Cart').get('cart_1') ?? [];
};

const folded = (events: readonly StoredRecorded<CartEvent>[]) => events.reduce(withEvent, noActivity('cart_1'));

const created: DomainEvent = { type: 'CartCreated', data: { customerId: null, sessionId: null, currency: 'EUR' } };
const added = (cartItemId: string): DomainEvent => ({
  type: 'CartItemAdded',
  data: { cartItemId, productId: 'prod_1', quantity: 1, unitPrice: '1.00' },
});
const removed = (cartItemId: string): DomainEvent => ({ type: 'CartItemRemoved', data: { cartItemId } });

const isWaiting = (...events: readonly DomainEvent[]): boolean => folded(stored(history('cart_1', events))).isWaiting;

describe('what has happened to a cart', () => {
  it('is the same for every order of its events, and however often they come', () => {
    const events = stored([
      ...history('cart_1', [created, added('1'), added('2'), removed('1'), added('1'), removed('2')]),
      ...history('cart_1', [created, removed('1'), added('3')]),
    ]);
    const anyOrder = fc.shuffledSubarray([...events, ...events], { minLength: events.length * 2 });
    fc.assert(
      fc.property(anyOrder, (given) => {
        expect(folded(given)).toEqual(folded(events));
      }),
    );
    expect(folded(events)).toMatchObject({ isWaiting: true, changedAt: at(4) });
  });

  it('leaves it waiting while it exists and has an item, and no longer than until its checkout', () => {
    expect(isWaiting(created)).toBe(false);
    expect(isWaiting(created, added('1'))).toBe(true);
    expect(isWaiting(added('1'))).toBe(false);
    expect(isWaiting(created, added('1'), added('2'), removed('1'))).toBe(true);
    expect(isWaiting(created, added('1'), removed('1'))).toBe(false);
    expect(isWaiting(created, added('1'), removed('1'), added('1'))).toBe(true);
    expect(folded(stored(cartHistory('cart_1', 'order_1')))).toMatchObject({ isWaiting: false, isCheckedOut: true });
  });

  it('leaves it waiting with the lines of another cart, and no longer than until its own are in another one', () => {
    const lines = [{ cartItemId: '1', productId: 'prod_1', quantity: 2, unitPrice: '1.00' }];
    const gained: DomainEvent = { type: 'CartLinesMerged', data: { fromCartId: 'cart_2', lines } };
    expect(isWaiting(created, gained)).toBe(true);
    expect(isWaiting(created, gained, removed('1'))).toBe(false);
    expect(isWaiting(created, added('1'), { type: 'CartMerged', data: { intoCartId: 'cart_2' } })).toBe(false);
  });
});
