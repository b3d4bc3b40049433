import type { OrderFilter as Filter } from '../../read/index.ts';
import { builder } from '../builder.ts';
import { assertSearch } from '../search-text.ts';
import { OrderFailureReason } from './order-failure.ts';

export const OrderFilter = builder.inputType('OrderFilter', {
  description: 'Which orders. Every field that is given must fit; a field that is left out, or null, fits all.',
  fields: (t) => ({
    customerId: t.id({ description: "Of this customer, those of the customer's visits included." }),
    productId: t.id({ description: 'With a line of this product (prod_…).' }),
    since: t.field({ type: 'DateTime', description: 'Checked out at this instant or later.' }),
    until: t.field({ type: 'DateTime', description: 'Checked out before this instant.' }),
    failureReason: t.field({ type: OrderFailureReason, description: 'Failed for this reason.' }),
    failure: t.string({
      description:
        'Failed with a message that has all of these words, whole ones, in small or capital letters: "card declined"; at most 200 characters.',
    }),
  }),
});

/** @throws a GraphQL error with code `BAD_USER_INPUT` when the text to look for has no words, or too many. */
export const checkedOrderFilter = (filter: Filter | null | undefined): Filter => {
  assertSearch('filter.failure', filter?.failure);
  return filter ?? {};
};
