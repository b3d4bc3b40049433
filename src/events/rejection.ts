export type RejectionCode =
  | 'NOT_FOUND'
  | 'INVALID_INPUT'
  | 'CART_EMPTY'
  | 'CART_CHECKED_OUT'
  | 'CART_MERGED'
  | 'VISIT_CLAIMED'
  | 'CURRENCY_MISMATCH'
  | 'ORDER_CLOSED'
  | 'PAYMENT_IN_PROGRESS'
  | 'VERSION_CONFLICT'
  | 'IDEMPOTENCY_CONFLICT';

/** A business "no" to a command: a value, never thrown. The message is for the person who reads the answer. */
export interface Rejection {
  readonly code: RejectionCode;
  readonly message: string;
}
