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
  | 'IDEMPOTENCY_CONFLICT'
  | 'UPKEEP_RUNNING';

/** What would do in a value's place, as a JSON Schema (2020-12). */
export type Allowed = {
  readonly type?: 'integer' | 'string' | 'boolean' | 'array';
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly pattern?: string;
  readonly format?: 'uri' | 'date-time';
  readonly enum?: readonly string[];
  readonly const?: number;
  readonly not?: Allowed;
  readonly items?: Allowed;
};

/** A business "no" to a command: a value, never thrown. The message is for the person who reads the answer. */
export interface Rejection {
  readonly code: RejectionCode;
  readonly message: string;
  /** Where in the command the value stands that it is about, `['items', '3', 'quantity']`; left out when it is about no one. */
  readonly path?: readonly string[];
  /** Left out when only the message can say what would do there, or nothing would. */
  readonly allowed?: Allowed;
}
