import type { Rejection, RejectionCode } from '../../events/index.ts';
import { builder } from '../builder.ts';

const CODES = {
  NOT_FOUND: {
    description:
      "The cart, item, order, product, dead letter, webhook endpoint or run of upkeep is unknown, or not the viewer's.",
  },
  INVALID_INPUT: {
    description:
      'A value is out of its bounds: a quantity not in 1..999, too many lines, a malformed id, a negative price.',
  },
  CART_EMPTY: { description: 'Checkout of a cart without items.' },
  CART_CHECKED_OUT: { description: 'A change to a cart that is already an order.' },
  CART_MERGED: { description: 'A change to a cart whose lines are in another one now: the message names that one.' },
  VISIT_CLAIMED: { description: "The visit is another customer's: its carts and orders are theirs." },
  CURRENCY_MISMATCH: { description: 'The product is sold in another currency than that of the cart.' },
  ORDER_CLOSED: { description: 'Payment or cancellation of an order that is already final, or on its way to be.' },
  PAYMENT_IN_PROGRESS: { description: 'The order is being charged. Wait for the outcome.' },
  VERSION_CONFLICT: {
    description: 'expectedVersion was given and is not the current version. Read again, then decide again.',
  },
  IDEMPOTENCY_CONFLICT: { description: 'The same idempotencyKey was used before, with different input.' },
  UPKEEP_RUNNING: { description: 'A verification or a replay is under way already: the message names it.' },
} as const satisfies Record<RejectionCode, { description: string }>;

const ErrorCode = builder.enumType('ErrorCode', {
  description: 'Why a command was refused. Stable and machine readable.',
  values: CODES,
});

const UserError = builder.interfaceRef<Rejection>('UserError').implement({
  description:
    'An expected business outcome that is not success. Every error type of every result union implements it.',
  fields: (t) => ({
    code: t.field({
      type: ErrorCode,
      description: 'Stable and machine readable, in UPPER_SNAKE_CASE.',
      resolve: ({ code }) => code,
    }),
    message: t.exposeString('message', {
      description: 'One sentence, in English, for the person who reads the answer.',
    }),
    path: t.stringList({
      nullable: true,
      description:
        'Where the value stands that it is about, among the arguments: ["input", "items", "3", "quantity"]. Null when it is about no one of them.',
      resolve: ({ path }) => path && [...path],
    }),
  }),
});

const errorType = (name: string, description: string) =>
  builder.objectRef<Rejection>(name).implement({ description, interfaces: [UserError] });

const InvalidInputError = builder.objectRef<Rejection>('InvalidInputError').implement({
  description: CODES.INVALID_INPUT.description,
  interfaces: [UserError],
  fields: (t) => ({
    allowed: t.field({
      type: 'JSON',
      nullable: true,
      description:
        'What would do at that path, as a JSON Schema: {"type": "integer", "minimum": 1, "maximum": 999}. Null when only the message can say.',
      resolve: ({ allowed }) => allowed,
    }),
  }),
});

/** The object type of each refusal. */
export const ERROR_TYPES = {
  NOT_FOUND: errorType('NotFoundError', CODES.NOT_FOUND.description),
  INVALID_INPUT: InvalidInputError,
  CART_EMPTY: errorType('CartEmptyError', CODES.CART_EMPTY.description),
  CART_CHECKED_OUT: errorType('CartCheckedOutError', CODES.CART_CHECKED_OUT.description),
  CART_MERGED: errorType('CartMergedError', CODES.CART_MERGED.description),
  VISIT_CLAIMED: errorType('VisitClaimedError', CODES.VISIT_CLAIMED.description),
  CURRENCY_MISMATCH: errorType('CurrencyMismatchError', CODES.CURRENCY_MISMATCH.description),
  ORDER_CLOSED: errorType('OrderClosedError', CODES.ORDER_CLOSED.description),
  PAYMENT_IN_PROGRESS: errorType('PaymentInProgressError', CODES.PAYMENT_IN_PROGRESS.description),
  VERSION_CONFLICT: errorType('VersionConflictError', CODES.VERSION_CONFLICT.description),
  IDEMPOTENCY_CONFLICT: errorType('IdempotencyConflictError', CODES.IDEMPOTENCY_CONFLICT.description),
  UPKEEP_RUNNING: errorType('UpkeepRunningError', CODES.UPKEEP_RUNNING.description),
} as const satisfies Record<RejectionCode, unknown>;
