import { expect, it } from 'vitest';
import { sagasOfEffects } from './effects.ts';

it('looks for effects in the saga of the event, and in those of what it names', () => {
  const data = { order_id: 'order_1', total_amount: '5.00', lines: [{ product_id: 'prod_1' }], cart_id: 'cart_1' };
  expect(sagasOfEffects({ correlationId: 'cart_1', data })).toEqual(['cart_1', 'order_1']);
  expect(sagasOfEffects({ correlationId: 'order_1', data: null })).toEqual(['order_1']);
});
