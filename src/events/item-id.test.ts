import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { itemNameOf, shownItemId } from './item-id.ts';

const identifier = fc.stringMatching(/^[\w.:-]{1,90}$/);
const cartId = identifier.map((rest) => `cart_${rest}`);

describe('the id of an item', () => {
  it('names its cart and the item within it, whatever their ids are', () => {
    fc.assert(
      fc.property(cartId, identifier, (cart, item) => {
        expect(itemNameOf(shownItemId(cart, item))).toEqual({ cartId: cart, cartItemId: item });
      }),
    );
  });

  it('as events have it names an item of whichever cart', () => {
    fc.assert(
      fc.property(identifier, (item) => {
        expect(itemNameOf(item)).toEqual({ cartId: null, cartItemId: item });
      }),
    );
  });
});
