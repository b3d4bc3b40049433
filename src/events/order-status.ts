export type OrderStatus = 'PENDING' | 'AWAITING_PAYMENT' | 'CONFIRMED' | 'REJECTED' | 'COMPENSATING' | 'CANCELLED';

/** Whether the order's status is its last: payments and charges may still have to be settled. */
export const isFinal = (status: OrderStatus): boolean =>
  status === 'CONFIRMED' || status === 'REJECTED' || status === 'CANCELLED';
