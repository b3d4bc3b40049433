import { chosenOf } from '../../ui/filters/chosen.ts';
import type { FilterValues } from '../../ui/filters/use-filters.ts';
import type { CartListQueryVariables, CartStatus } from '../../ui/generated/operations.ts';

/** As they are called in the page's address. */
export const CART_FILTERS = ['status', 'customer', 'product', 'since', 'until'] as const;
export type CartFilterName = (typeof CART_FILTERS)[number];

const statusesOf = (value: string): readonly CartStatus[] => chosenOf(value) as readonly CartStatus[];

/** What the API is asked. Words of the address that it does not know, it refuses in words. */
export const askedCartsOf = (values: FilterValues<CartFilterName>): CartListQueryVariables => {
  const status = statusesOf(values.status);
  const { customer, product, since, until } = values;
  const filter = {
    ...(customer !== '' && { customerId: customer }),
    ...(product !== '' && { productId: product }),
    ...(since !== '' && { since }),
    ...(until !== '' && { until }),
  };
  return { ...(status.length > 0 && { status }), ...(Object.keys(filter).length > 0 && { filter }) };
};

/** Whether a cart that was found still has one of the statuses that were asked for. */
export const isStillCart = (status: CartStatus, values: FilterValues<CartFilterName>): boolean => {
  const asked = statusesOf(values.status);
  return asked.length === 0 || asked.includes(status);
};
