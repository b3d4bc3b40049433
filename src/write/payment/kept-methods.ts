import { askTogether, type Db, listIn, orUnavailable, statement } from '../../database/index.ts';

/** A reference to the method by which an order is to be paid, kept until its charge is decided. */
export interface KeptMethod {
  readonly orderId: string;
  readonly reference: string;
}

/** What the write side asks of whatever keeps payment methods. They are kept, and forgotten, with the events that say why. */
export interface MethodStore {
  /** The references that are kept for these orders, by order. */
  readonly keptMethods: (orderIds: readonly string[]) => Promise<ReadonlyMap<string, string>>;
}

/** The reference that is kept for an order; null when there is none. @throws {Unavailable} */
export type KeptReference = (orderId: string) => Promise<string | null>;

// Orders of before ADR-051 have it in their events alone.
const KEPT = statement<{ readonly order_id: string; readonly reference: string | null }>(`
  select wanted.id as order_id, coalesce(
    (select reference from write.payment_method where order_id = wanted.id),
    (select public.panier_readable(data)->>'payment_method' from write.journal
      where aggregate_id = wanted.id and type in ('OrderCreated', 'PaymentRequested') and not heard
        and public.panier_readable(data)->>'payment_method' is not null
      order by sequence desc limit 1)
  ) as reference
  from unnest(${listIn('$1')}) as wanted (id)`);

export const postgresMethodStore = (db: Db): MethodStore => ({
  keptMethods: async (orderIds) => {
    const rows = await KEPT(db, [orderIds]);
    return new Map(rows.flatMap(({ order_id: id, reference }) => (reference === null ? [] : [[id, reference]])));
  },
});

const ASKED_AT_ONCE = 200;

/** Those who ask in the same turn ask together; each asks anew. */
export const openKeptReference = ({ keptMethods }: MethodStore): KeptReference => {
  const load = orUnavailable(async (orderIds: readonly string[]) => {
    const kept = await keptMethods([...new Set(orderIds)]);
    return orderIds.map((id) => kept.get(id) ?? null);
  });
  return askTogether(load, ASKED_AT_ONCE);
};
