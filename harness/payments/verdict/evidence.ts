import type { BookEntry } from '../../stripe/index.ts';
import type { OrderSeen } from '../shop/orders.ts';

/** One order with all that was done for it. */
export interface Case {
  readonly orderId: string;
  /** How it may end. */
  readonly ends: readonly string[];
  /** Null where panier does not know it. */
  readonly order: OrderSeen | null;
  /** What the provider's books have of it. */
  readonly entries: readonly BookEntry[];
}

export interface Evidence {
  readonly cases: readonly Case[];
  /** Entries that name no order of ours. */
  readonly others: readonly BookEntry[];
  /** Why customers could not do what they may. */
  readonly refused: readonly string[];
}

interface Found {
  readonly placed: ReadonlyMap<string, readonly string[]>;
  readonly orders: ReadonlyMap<string, OrderSeen>;
  readonly books: readonly BookEntry[];
  readonly refused: readonly string[];
}

/** Puts together what the two sides say. `placed`: the orders, and how each may end. */
export const evidenceOf = ({ placed, orders, books, refused }: Found): Evidence => {
  // Whatever the adapter calls it: the order's id is one of the values.
  const orderOf = ({ metadata }: BookEntry): string => Object.values(metadata).find((value) => placed.has(value)) ?? '';
  const byOrder = Map.groupBy(books, orderOf);
  const cases = [...placed].map(([orderId, ends]) => ({
    orderId,
    ends,
    order: orders.get(orderId) ?? null,
    entries: byOrder.get(orderId) ?? [],
  }));
  return { cases, others: byOrder.get('') ?? [], refused };
};

const NO_PLACES = ['JPY'];

/** As the provider counts. */
export const minorOf = ({ amount, currency }: { readonly amount: string; readonly currency: string }): number =>
  Math.round(Number(amount) * (NO_PLACES.includes(currency) ? 1 : 100));

/** What is left with the shop. */
export const netOf = ({ charged, refunded }: BookEntry): number => charged - refunded;

/** The data of an order's steps of that type. */
export const stepsOf = (order: OrderSeen, type: string): readonly Readonly<Record<string, unknown>>[] =>
  order.steps.filter(({ event }) => event.type === type).map(({ event }) => event.data);

/** How long each charge of an order was not known to panier, of those that it knows. */
export const unknownForMs = ({ order, entries }: Case): readonly number[] =>
  (order?.steps ?? []).flatMap(({ event: { type, data, occurredAt } }) => {
    const entry = entries.find(({ paymentIntent }) => paymentIntent === data['payment_id']);
    const paidAtMs = entry?.paidAtMs ?? null;
    return type === 'PaymentSucceeded' && paidAtMs !== null ? [Date.parse(occurredAt) - paidAtMs] : [];
  });
