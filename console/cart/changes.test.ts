import { describe, expect, it } from 'vitest';
import { type CartEvent, itemsOf, momentsOf, productsOf } from './changes.ts';

const event = (second: number, type: string, data: object): CartEvent => ({
  eventId: `event_${second}_${type}`,
  type,
  occurredAt: `2026-01-01T00:00:0${second}.000Z`,
  data,
});

const added = (item: string, quantity: number) => ({
  cart_item_id: item,
  product_id: `prod_${item}`,
  quantity,
  unit_price: '5.00',
});

const EVENTS: readonly CartEvent[] = [
  event(0, 'CartCreated', { currency: 'EUR' }),
  event(1, 'CartItemAdded', added('1', 2)),
  event(2, 'CartItemAdded', added('1', 1)),
  event(3, 'CartItemQuantityChanged', { cart_item_id: '1', quantity: 5 }),
  event(4, 'CartLinesMerged', { from_cart_id: 'cart_2', lines: [added('2', 4)] }),
  event(4, 'CartItemRemoved', { cart_item_id: '2' }),
  event(5, 'CartCheckedOut', { order_id: 'order_1', total_amount: '25.00' }),
];

describe('the moments of a cart', () => {
  it('say what changed, and from what', () => {
    const changes = momentsOf(EVENTS).map((moment) => moment.changes.map(({ change }) => change));
    expect(changes).toEqual([
      [{ kind: 'Created' }],
      [{ kind: 'Added', item: '1', productId: 'prod_1', quantity: 2, price: '5.00' }],
      [{ kind: 'Added', item: '1', productId: 'prod_1', quantity: 1, price: '5.00' }],
      [{ kind: 'Quantity', item: '1', productId: 'prod_1', before: 3, after: 5 }],
      [
        { kind: 'TookIn', cartId: 'cart_2', items: ['2'] },
        { kind: 'Removed', item: '2', productId: 'prod_2', before: 4 },
      ],
      [{ kind: 'CheckedOut', orderId: 'order_1' }],
    ]);
  });

  it('know which items to point at, and which products to name', () => {
    const moments = momentsOf(EVENTS);
    expect(moments.map((moment) => [...itemsOf(moment)])).toEqual([[], ['1'], ['1'], ['1'], ['2'], []]);
    expect(productsOf(moments)).toEqual(['prod_1', 'prod_2']);
  });

  it('pass over nothing that is not known', () => {
    const [moment] = momentsOf([event(0, 'CartPainted', {})]);
    expect(moment?.changes[0]?.change).toEqual({ kind: 'Other', type: 'CartPainted' });
  });
});
