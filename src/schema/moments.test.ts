import { describe, expect, it } from 'vitest';
import { momentOf, shownIdOf } from './moments.ts';

const INSTANT = '2026-11-30T09:30:00.000Z';

describe('the id of a moment', () => {
  it('is the id of the present where nothing is said of a moment', () => {
    expect(shownIdOf({ id: 'cart_1' })).toBe('cart_1');
    expect(momentOf('cart_1')).toBeNull();
  });

  it('says of what it is, and when', () => {
    expect(momentOf(shownIdOf({ id: 'order_1', moment: '3' }))).toEqual({ kind: 'Order', id: 'order_1', revision: 3 });
    expect(momentOf(shownIdOf({ id: 'cart_1', moment: INSTANT }))).toEqual({
      kind: 'Cart',
      id: 'cart_1',
      instant: INSTANT,
    });
  });

  it.each([
    'order_1@0',
    'order_1@x',
    'order_1@',
    `order_1@${INSTANT}`,
    'cart_1@3',
    'cart_1@',
    'prod_1@1',
    '@1',
    'x@y@z',
  ])('is not %s', (id) => {
    expect(momentOf(id)).toBeNull();
  });
});
