import { chosenOf } from '../../ui/filters/chosen.ts';
import type { FilterValues } from '../../ui/filters/use-filters.ts';
import type { OrderFailureReason, OrderListQueryVariables, OrderStatus } from '../../ui/generated/operations.ts';

/** As they are called in the page's address. */
export const ORDER_FILTERS = ['status', 'customer', 'product', 'reason', 'failure', 'since', 'until'] as const;
export type OrderFilterName = (typeof ORDER_FILTERS)[number];

const given = <Name extends string>(name: Name, value: string): Partial<Record<Name, string>> =>
  (value === '' ? {} : { [name]: value }) as Partial<Record<Name, string>>;

const statusesOf = (value: string): readonly OrderStatus[] => chosenOf(value) as readonly OrderStatus[];

/** What the API is asked. Words of the address that it does not know, it refuses in words. */
export const askedOf = (values: FilterValues<OrderFilterName>): OrderListQueryVariables => {
  const status = statusesOf(values.status);
  const filter = {
    ...given('customerId', values.customer),
    ...given('productId', values.product),
    ...given('failure', values.failure),
    ...given('since', values.since),
    ...given('until', values.until),
    ...(values.reason !== '' && { failureReason: values.reason as OrderFailureReason }),
  };
  return { ...(status.length > 0 && { status }), ...(Object.keys(filter).length > 0 && { filter }) };
};

/** Whether an order that was found still has one of the statuses that were asked for. */
export const isStill = (status: OrderStatus, values: FilterValues<OrderFilterName>): boolean => {
  const asked = statusesOf(values.status);
  return asked.length === 0 || asked.includes(status);
};
