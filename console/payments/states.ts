import type {
  OrderStatus,
  PaymentOpenOrdersQuery,
  PaymentOrdersQuery,
  PaymentStatus,
} from '../../ui/generated/operations.ts';
import type { Payment, PaymentMoney } from './payments.ts';

/** How a payment stands; DISPUTED, whatever else: somebody wants it back. */
export const STATES = [
  'REQUESTED',
  'PENDING',
  'ACTION_REQUIRED',
  'SUCCEEDED',
  'FAILED',
  'REFUNDED',
  'DISPUTED',
] as const;
export type PaymentState = (typeof STATES)[number];

interface Order {
  readonly status: OrderStatus;
  readonly totalAmount: PaymentMoney;
  readonly payment: { readonly status: PaymentStatus } | null;
}

/** A payment as the events tell of it, and as its order has it. Null: of an order that nobody knows, or that is not asked for yet. */
export interface ShownPayment extends Payment {
  readonly order: Order | null;
}

type OpenOrder = PaymentOpenOrdersQuery['orders']['edges'][number]['node'];

/** Payments that have no end yet, of which nothing that is at hand tells: they were asked for long ago. */
export const openWithout = (payments: readonly Payment[], orders: readonly OpenOrder[]): readonly ShownPayment[] => {
  const told = new Set(payments.map(({ orderId }) => orderId));
  return orders.flatMap((order) =>
    order.payment === null || told.has(order.id)
      ? []
      : [
          {
            orderId: order.id,
            money: order.totalAmount,
            method: null,
            attempt: null,
            paymentId: null,
            saidBy: null,
            lastType: null,
            lastAt: order.updatedAt,
            reason: null,
            disputes: [],
            order,
          },
        ],
  );
};

type Nodes = PaymentOrdersQuery['nodes'];

export const withOrders = (payments: readonly Payment[], nodes: Nodes): readonly ShownPayment[] => {
  const orders = new Map(nodes.flatMap((node) => (node?.__typename === 'Order' ? [[node.id, node] as const] : [])));
  return payments.map((payment) => ({ ...payment, order: orders.get(payment.orderId) ?? null }));
};

/** What the order comes to, where something else was said of its payment. */
export const otherTotal = ({ order, money }: ShownPayment): PaymentMoney | null => {
  if (order === null || money === null) return null;
  const { amount, currency } = order.totalAmount;
  return amount === money.amount && currency === money.currency ? null : order.totalAmount;
};

/** Whether it is in that state: of what a dispute is about, the payment has its own state, too. */
export const isIn = ({ order, disputes }: ShownPayment, state: PaymentState): boolean =>
  state === 'DISPUTED' ? disputes.length > 0 : order?.payment?.status === state;
