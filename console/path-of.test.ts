import { expect, it } from 'vitest';
import { pathOf } from './path-of.ts';

it('leads from an id to where it is shown', () => {
  expect(['order_1', 'cart_1', 'dead_1', 'prod_1', 'x'].map(pathOf)).toEqual([
    '/orders/order_1',
    '/carts/cart_1',
    '/dead-letters',
    null,
    null,
  ]);
});
