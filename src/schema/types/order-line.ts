import { type Currency, type OrderLine as Line, recordedMinor } from '../../events/index.ts';
import { builder } from '../builder.ts';
import { Money, moneyOf } from './money.ts';
import { productNow } from './product-now.ts';

export const OrderLine = builder.objectRef<Line & { readonly currency: Currency }>('OrderLine').implement({
  description: 'A product of an order, as it stood in the cart at checkout.',
  fields: (t) => ({
    productId: t.exposeID('productId', { description: 'Id of the product (prod_…).' }),
    product: productNow(t),
    quantity: t.exposeInt('quantity', { description: 'Units, 1 to 999.' }),
    unitPrice: t.field({
      type: Money,
      description: 'Price of one unit, as it was in the cart.',
      resolve: ({ unitPrice, currency }) => moneyOf(unitPrice, currency),
    }),
    lineTotal: t.field({
      type: Money,
      description: 'quantity × unitPrice.',
      resolve: ({ unitPrice, quantity, currency }) => ({
        amountMinor: recordedMinor(unitPrice, currency) * quantity,
        currency,
      }),
    }),
  }),
});
