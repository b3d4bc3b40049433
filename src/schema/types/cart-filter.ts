import { builder } from '../builder.ts';

export const CartFilter = builder.inputType('CartFilter', {
  description: 'Which carts. Every field that is given must fit; a field that is left out, or null, fits all.',
  fields: (t) => ({
    customerId: t.id({ description: "Of this customer, those of the customer's visits included." }),
    productId: t.id({ description: 'With an item of this product (prod_…).' }),
    since: t.field({ type: 'DateTime', description: 'Created at this instant or later.' }),
    until: t.field({ type: 'DateTime', description: 'Created before this instant.' }),
  }),
});
