import type { OrderFailureReason, OrderStatus, PaymentStatus } from '../../ui/generated/operations.ts';

/** What a customer sees of an order: three things in a row. */
export const STAGES = ['ordered', 'reserved', 'paid'] as const;
export type Stage = (typeof STAGES)[number];

/** `undone`: it was done, and given back. */
export type StageState = 'waiting' | 'busy' | 'done' | 'failed' | 'undone';

export interface Shown {
  readonly status: OrderStatus;
  readonly payment: { readonly status: PaymentStatus } | null;
  readonly failure: { readonly reason: OrderFailureReason } | null;
}

const RESERVED: Readonly<Record<OrderStatus, StageState>> = {
  PENDING: 'busy',
  REJECTED: 'failed',
  AWAITING_PAYMENT: 'done',
  CONFIRMED: 'done',
  COMPENSATING: 'undone',
  CANCELLED: 'undone',
};

/** Of an order that was called off: was it for the payment? */
const unpaid = ({ payment, failure }: Shown): StageState => {
  if (payment?.status === 'REFUNDED') return 'undone';
  return failure?.reason === 'CANCELLED_BY_CUSTOMER' ? 'waiting' : 'failed';
};

const PAID: Readonly<Record<OrderStatus, StageState | 'unpaid'>> = {
  PENDING: 'waiting',
  REJECTED: 'waiting',
  AWAITING_PAYMENT: 'busy',
  CONFIRMED: 'done',
  COMPENSATING: 'unpaid',
  CANCELLED: 'unpaid',
};

const paid = (order: Shown): StageState => {
  const state = PAID[order.status];
  return state === 'unpaid' ? unpaid(order) : state;
};

/** How far an order is. */
export const stagesOf = (order: Shown): Readonly<Record<Stage, StageState>> => ({
  ordered: 'done',
  reserved: RESERVED[order.status],
  paid: paid(order),
});

/** What is happening to an order now, in a word. */
export type Moment =
  | 'checking'
  | 'payNow'
  | 'paying'
  | 'confirmAtBank'
  | 'confirmed'
  | 'soldOut'
  | 'givingBack'
  | 'declined'
  | 'expired'
  | 'cancelled';

const ENDS: Readonly<Record<OrderFailureReason, Moment>> = {
  OUT_OF_STOCK: 'soldOut',
  PAYMENT_DECLINED: 'declined',
  PAYMENT_EXPIRED: 'expired',
  CANCELLED_BY_CUSTOMER: 'cancelled',
};

const PAYING: Readonly<Record<PaymentStatus, Moment>> = {
  REQUESTED: 'paying',
  PENDING: 'paying',
  ACTION_REQUIRED: 'confirmAtBank',
  SUCCEEDED: 'paying',
  FAILED: 'payNow',
  REFUNDED: 'payNow',
};

const NOW: Readonly<Record<OrderStatus, (order: Shown) => Moment>> = {
  PENDING: () => 'checking',
  AWAITING_PAYMENT: ({ payment }) => (payment === null ? 'payNow' : PAYING[payment.status]),
  CONFIRMED: () => 'confirmed',
  REJECTED: () => 'soldOut',
  COMPENSATING: () => 'givingBack',
  CANCELLED: ({ failure }) => (failure === null ? 'cancelled' : ENDS[failure.reason]),
};

export const momentOf = (order: Shown): Moment => NOW[order.status](order);

const MAY_CANCEL: readonly Moment[] = ['checking', 'payNow', 'paying', 'confirmAtBank'];
const MAY_REORDER: readonly Moment[] = ['soldOut', 'declined', 'expired', 'cancelled'];

export const mayCancel = (moment: Moment): boolean => MAY_CANCEL.includes(moment);

export const mayReorder = (moment: Moment): boolean => MAY_REORDER.includes(moment);
