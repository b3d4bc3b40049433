import { isFinal, type OrderFacts, type OrderStatus, readOrder } from '../../events/index.ts';
import type { Table } from '../../projection/index.ts';
import { wordsOf } from '../words.ts';

/** By what an order is found in lists that are not its owner's: it is in the list of each of its terms. */
export interface OrderTerm {
  readonly orderId: string;
  readonly term: string;
  /** As the order has it, so that the list of a term is in its order. */
  readonly createdAt: string;
}

export const ORDER_TERM: Table<OrderTerm> = {
  name: 'order_term',
  key: ['orderId', 'term'],
  columns: { orderId: 'text', term: 'text', createdAt: 'timestamptz' },
};

export const productTerm = (productId: string): string => `product:${productId}`;
export const statusTerm = (status: string): string => `status:${status}`;
export const reasonTerm = (reason: string): string => `reason:${reason}`;
export const wordTerm = (word: string): string => `word:${word}`;

interface Findable {
  readonly id: string;
  readonly facts: OrderFacts;
  readonly status: OrderStatus;
  readonly createdAt: string | null;
}

const FAILED: readonly OrderStatus[] = ['REJECTED', 'COMPENSATING', 'CANCELLED'];

const failureTerms = ({ facts, status }: Findable): readonly string[] => {
  // Most orders have none, and its reading is most of the work.
  const failure = FAILED.includes(status) ? readOrder(facts).failure : null;
  return failure === null ? [] : [reasonTerm(failure.reason), ...wordsOf(failure.message).map(wordTerm)];
};

/** None while OrderCreated is unknown. A status that passes is none: the open orders are few. */
const termsOf = (order: Findable): readonly string[] => {
  const { created } = order.facts;
  if (created === null) return [];
  return [
    ...new Set(created.data.lines.map(({ productId }) => productTerm(productId))),
    ...(isFinal(order.status) ? [statusTerm(order.status)] : []),
    ...failureTerms(order),
  ];
};

/** The terms that came, and those that went. */
interface TermChanges {
  readonly came: readonly OrderTerm[];
  readonly went: readonly OrderTerm[];
}

/** What of an order's terms changes with the order. */
export const termChanges = (order: Findable, known: Findable | undefined): TermChanges => {
  const { id: orderId, createdAt } = order;
  if (createdAt === null) return { came: [], went: [] };
  const isMoved = known?.createdAt !== createdAt;
  const now = termsOf(order);
  const before = known === undefined ? [] : termsOf(known);
  const rowOf = (term: string): OrderTerm => ({ orderId, term, createdAt });
  return {
    came: now.filter((term) => isMoved || !before.includes(term)).map(rowOf),
    went: before.filter((term) => !now.includes(term)).map(rowOf),
  };
};
