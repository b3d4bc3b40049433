import { type Currency, shownItemId } from '../../events/index.ts';
import type { CartItemView } from '../../read/index.ts';
import { builder } from '../builder.ts';
import { type Shown, shownIdOf } from '../moments.ts';
import { Money } from './money.ts';
import { productNow } from './product-now.ts';

export type CartItemSource = CartItemView & {
  readonly currency: Currency;
  /** The cart that it is in, as that is shown. */
  readonly cart: Shown;
};

export const CartItem = builder.objectRef<CartItemSource>('CartItem').implement({
  description: 'A product in a cart. A product stands in a cart once; adding it again raises the quantity.',
  fields: (t) => ({
    id: t.id({
      description:
        'Of this item alone: no item of another cart has it, nor this one as it was (asOf). What mutations take as cartItemId.',
      resolve: ({ id, cart }) => shownIdOf({ ...cart, id: shownItemId(cart.id, id) }),
    }),
    productId: t.exposeID('productId', { description: 'Id of the product (prod_…).' }),
    product: productNow(t),
    quantity: t.exposeInt('quantity', { description: 'Units, 1 to 999.' }),
    unitPrice: t.field({
      type: Money,
      description: 'Price of one unit, as it was when the item was first added.',
      resolve: ({ unitPriceMinor, currency }) => ({ amountMinor: unitPriceMinor, currency }),
    }),
    lineTotal: t.field({
      type: Money,
      description: 'quantity × unitPrice.',
      resolve: ({ unitPriceMinor, quantity, currency }) => ({ amountMinor: unitPriceMinor * quantity, currency }),
    }),
  }),
});
