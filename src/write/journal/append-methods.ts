import type { AppendRequest } from './append-request.ts';
import { APPEND_VALUES, appendStatement, appendValues, numbered, parameters } from './append-statement.ts';

const KEPT = parameters(APPEND_VALUES + 1, ['integer', 'text', 'text']);
const FORGOTTEN = parameters(APPEND_VALUES + 4, ['integer', 'text']);

/** As `APPEND`, for requests of which any keeps a payment method or forgets one: all others are spared that. */
export const APPEND_WITH_METHODS = appendStatement(`
  method_kept as (
    insert into write.payment_method (order_id, reference)
    select order_id, reference from unnest(${KEPT}) as method (nth, order_id, reference) join accepted using (nth)
    on conflict (order_id) do update set reference = excluded.reference
  ), method_forgotten as (
    delete from write.payment_method
    using unnest(${FORGOTTEN}) as gone (nth, order_id) join accepted using (nth)
    where payment_method.order_id = gone.order_id
  )`);

export const haveMethods = (requests: readonly AppendRequest[]): boolean =>
  requests.some(({ methods: { keep, forget } }) => keep.length + forget.length > 0);

/** The parameters of {@link APPEND_WITH_METHODS}. */
export const valuesWithMethods = (requests: readonly AppendRequest[]): unknown[] => {
  const kept = numbered(requests, ({ methods }) => methods.keep);
  const gone = numbered(requests, ({ methods }) => methods.forget);
  return [
    ...appendValues(requests),
    kept.map(([nth]) => nth),
    kept.map(([, { orderId }]) => orderId),
    kept.map(([, { reference }]) => reference),
    gone.map(([nth]) => nth),
    gone.map(([, orderId]) => orderId),
  ];
};
