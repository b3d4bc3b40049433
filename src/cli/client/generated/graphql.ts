/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** What to put in which cart. */
export type AddCartItemInput = {
  /** The cart (cart_…). */
  readonly cartId: string;
  /** The cart's version that the client decided on: refused with VERSION_CONFLICT unless it is the current one. */
  readonly expectedVersion?: number | null | undefined;
  /** The client's own name for this command, 1 to 200 characters. A second command with the same key and the same input does nothing and answers with the first one's result, for at least 24 hours; with another input it is an IDEMPOTENCY_CONFLICT. */
  readonly idempotencyKey?: string | null | undefined;
  /** The product (prod_…). */
  readonly productId: string;
  /** Units to add: 1 to 999, and no more than 999 with those already there. */
  readonly quantity?: number;
};

/** What to put in which cart, all at once. */
export type AddCartItemsInput = {
  /** The cart (cart_…). */
  readonly cartId: string;
  /** The cart's version that the client decided on: refused with VERSION_CONFLICT unless it is the current one. */
  readonly expectedVersion?: number | null | undefined;
  /** The client's own name for this command, 1 to 200 characters. A second command with the same key and the same input does nothing and answers with the first one's result, for at least 24 hours; with another input it is an IDEMPOTENCY_CONFLICT. */
  readonly idempotencyKey?: string | null | undefined;
  /** Products and how many of each: 1 to 100. One that comes twice is added twice. */
  readonly items: ReadonlyArray<ItemInput>;
};

/** A change to what is in stock. */
export type AdjustStockInput = {
  /** Units to add; negative takes away, never below zero available. */
  readonly delta: number;
  /** The client's own name for this command, 1 to 200 characters. A second command with the same key and the same input does nothing and answers with the first one's result, for at least 24 hours; with another input it is an IDEMPOTENCY_CONFLICT. */
  readonly idempotencyKey?: string | null | undefined;
  /** The product (prod_…). */
  readonly productId: string;
  /** For people to read: "delivery 4711". */
  readonly reason?: string | null | undefined;
};

/** Which order to call off. */
export type CancelOrderInput = {
  /** The client's own name for this command, 1 to 200 characters. A second command with the same key and the same input does nothing and answers with the first one's result, for at least 24 hours; with another input it is an IDEMPOTENCY_CONFLICT. */
  readonly idempotencyKey?: string | null | undefined;
  /** The order (order_…). */
  readonly orderId: string;
  /** For people to read; becomes the order's failure message. */
  readonly reason?: string | null | undefined;
};

/** Which run to end. It takes no idempotencyKey: again, it changes nothing. */
export type CancelUpkeepInput = {
  /** The run (run_…). */
  readonly id: string;
};

/** Whether a cart can still be changed. */
export type CartStatus =
  /** The cart is an order; nothing of it changes any more. */
  | 'CHECKED_OUT'
  /** Its lines are in another cart, mergedInto; nothing of it changes any more. */
  | 'MERGED'
  /** Items can be added, changed and removed. */
  | 'OPEN';

/** Which cart to order, and how it is paid. */
export type CheckoutInput = {
  /** The cart (cart_…). */
  readonly cartId: string;
  /** The cart's version that the client decided on: refused with VERSION_CONFLICT unless it is the current one. */
  readonly expectedVersion?: number | null | undefined;
  /** The client's own name for this command, 1 to 200 characters. A second command with the same key and the same input does nothing and answers with the first one's result, for at least 24 hours; with another input it is an IDEMPOTENCY_CONFLICT. */
  readonly idempotencyKey?: string | null | undefined;
  /** The payment provider's name of a payment method, such as "pm_card_visa". With it the order is charged as soon as its stock is reserved; without it, it waits for payOrder until its reservation expires. */
  readonly paymentMethod?: string | null | undefined;
};

/** Which cart to empty. */
export type ClearCartInput = {
  /** The cart (cart_…). */
  readonly cartId: string;
  /** The cart's version that the client decided on: refused with VERSION_CONFLICT unless it is the current one. */
  readonly expectedVersion?: number | null | undefined;
  /** The client's own name for this command, 1 to 200 characters. A second command with the same key and the same input does nothing and answers with the first one's result, for at least 24 hours; with another input it is an IDEMPOTENCY_CONFLICT. */
  readonly idempotencyKey?: string | null | undefined;
};

/** A new cart. */
export type CreateCartInput = {
  /** ISO 4217 code; every product of the cart must be sold in it. */
  readonly currency?: string | null | undefined;
  /** Whose cart it is to be, when the viewer may write everybody's: a visitor's and a customer's are always their own. 1 to 200 visible characters of ASCII. */
  readonly customerId?: string | null | undefined;
  /** The client's own name for this command, 1 to 200 characters. A second command with the same key and the same input does nothing and answers with the first one's result, for at least 24 hours; with another input it is an IDEMPOTENCY_CONFLICT. */
  readonly idempotencyKey?: string | null | undefined;
  /** The visitor's id, which makes it that visitor's when there is no customerId. A visitor's cart always has their own; otherwise it may be a session of the shop's, kept with the cart. */
  readonly sessionId?: string | null | undefined;
};

/** Where events are to be sent. It takes no idempotencyKey: the secret in the answer is not kept. */
export type CreateWebhookEndpointInput = {
  /** Events behind this cursor of `events`; those from now on when left out. */
  readonly after?: string | null | undefined;
  /** Only events of these types: ["OrderConfirmed", "OrderCancelled"]; all when left out. */
  readonly eventTypes?: ReadonlyArray<string> | null | undefined;
  /** How they are posted. */
  readonly format?: WebhookFormat | null | undefined;
  /** https://…, in production nothing else; without a user or password, on port 80, 443 or from 1024 on, and on a public address unless PANIER_WEBHOOK_ALLOW says otherwise. */
  readonly url: string;
};

/** What became of a dead letter. */
export type DeadLetterState =
  /** An operator said that it is not needed, and why. */
  | 'DISCARDED'
  /** Nobody has decided about it. */
  | 'OPEN'
  /** Its entry was put on its stream again. Should it fail again, that is a new dead letter. */
  | 'RETRIED';

/** Which endpoint is to go. */
export type DeleteWebhookEndpointInput = {
  /** The webhook endpoint (hook_…). */
  readonly id: string;
};

/** Which dead letter is not needed. */
export type DiscardDeadLetterInput = {
  /** The dead letter (dead_…). */
  readonly id: string;
  /** The client's own name for this command, 1 to 200 characters. A second command with the same key and the same input does nothing and answers with the first one's result, for at least 24 hours; with another input it is an IDEMPOTENCY_CONFLICT. */
  readonly idempotencyKey?: string | null | undefined;
  /** Why, for whoever looks later; 1 to 500 characters. */
  readonly reason: string;
};

/** Why a command was refused. Stable and machine readable. */
export type ErrorCode =
  /** A change to a cart that is already an order. */
  | 'CART_CHECKED_OUT'
  /** Checkout of a cart without items. */
  | 'CART_EMPTY'
  /** A change to a cart whose lines are in another one now: the message names that one. */
  | 'CART_MERGED'
  /** The product is sold in another currency than that of the cart. */
  | 'CURRENCY_MISMATCH'
  /** The same idempotencyKey was used before, with different input. */
  | 'IDEMPOTENCY_CONFLICT'
  /** A value is out of its bounds: a quantity not in 1..999, too many lines, a malformed id, a negative price. */
  | 'INVALID_INPUT'
  /** The cart, item, order, product, dead letter, webhook endpoint or run of upkeep is unknown, or not the viewer's. */
  | 'NOT_FOUND'
  /** Payment or cancellation of an order that is already final, or on its way to be. */
  | 'ORDER_CLOSED'
  /** The order is being charged. Wait for the outcome. */
  | 'PAYMENT_IN_PROGRESS'
  /** A verification or a replay is under way already: the message names it. */
  | 'UPKEEP_RUNNING'
  /** expectedVersion was given and is not the current version. Read again, then decide again. */
  | 'VERSION_CONFLICT'
  /** The visit is another customer's: its carts and orders are theirs. */
  | 'VISIT_CLAIMED';

/** Which events. Every field that is given must fit; a field that is left out, or null, fits all. */
export type EventFilter = {
  /** Of this cart, order or product. */
  readonly aggregateId?: string | null | undefined;
  /** Of this saga: an order's id. */
  readonly correlationId?: string | null | undefined;
  /** The one with this id. */
  readonly eventId?: string | null | undefined;
  /** Occurred at this instant or later. */
  readonly since?: string | null | undefined;
  /** Carried by this stream: "ecommerce.orders.events". */
  readonly stream?: string | null | undefined;
  /** Of one of these types: ["OrderCreated", "OrderConfirmed"]. */
  readonly types?: ReadonlyArray<string> | null | undefined;
  /** Occurred before this instant. */
  readonly until?: string | null | undefined;
};

/** Units of a product. */
export type ItemInput = {
  /** The product (prod_…). */
  readonly productId: string;
  /** Units to add: 1 to 999, and no more than 999 with those already there. */
  readonly quantity?: number;
};

/** What is different today about a line of an order. */
export type LineChangeKind =
  /** It is no longer sold, or not in the order's currency. The line is not in the cart. */
  | 'GONE'
  /** It costs more or less: `now`. The line is in the cart, at that price. */
  | 'PRICE_CHANGED'
  /** Fewer are available than the line has. It is in the cart as it was: take some out, or wait. */
  | 'SHORT';

/** An exact amount of money. */
export type MoneyInput = {
  /** In units of the currency, no finer than the currency allows, and not negative: "699.99". */
  readonly amount: string;
  /** ISO 4217 code, such as "EUR". */
  readonly currency: string;
};

/** Why an order did not go through. */
export type OrderFailureReason =
  /** cancelOrder was called. */
  | 'CANCELLED_BY_CUSTOMER'
  /** Not enough of one product or more. */
  | 'OUT_OF_STOCK'
  /** The payment provider said no. */
  | 'PAYMENT_DECLINED'
  /** Nobody paid before the reservation expired. */
  | 'PAYMENT_EXPIRED';

/** Which orders. Every field that is given must fit; a field that is left out, or null, fits all. */
export type OrderFilter = {
  /** Of this customer, those of the customer's visits included. */
  readonly customerId?: string | null | undefined;
  /** Failed with a message that has all of these words, whole ones, in small or capital letters: "card declined"; at most 200 characters. */
  readonly failure?: string | null | undefined;
  /** Failed for this reason. */
  readonly failureReason?: OrderFailureReason | null | undefined;
  /** With a line of this product (prod_…). */
  readonly productId?: string | null | undefined;
  /** Checked out at this instant or later. */
  readonly since?: string | null | undefined;
  /** Checked out before this instant. */
  readonly until?: string | null | undefined;
};

/** How far an order has come. CONFIRMED, REJECTED and CANCELLED are final; a refund, or the outcome of a charge, may still follow. */
export type OrderStatus =
  /** The stock of all lines is reserved. */
  | 'AWAITING_PAYMENT'
  /** The stock was returned: final. */
  | 'CANCELLED'
  /** Payment failed, or the order was cancelled or expired: its stock is on its way back. */
  | 'COMPENSATING'
  /** Paid: final. */
  | 'CONFIRMED'
  /** Created; whether there is enough stock is not decided yet. */
  | 'PENDING'
  /** The stock could not be reserved: final, no stock held. */
  | 'REJECTED';

/** Which order to pay, and how. */
export type PayOrderInput = {
  /** The client's own name for this command, 1 to 200 characters. A second command with the same key and the same input does nothing and answers with the first one's result, for at least 24 hours; with another input it is an IDEMPOTENCY_CONFLICT. */
  readonly idempotencyKey?: string | null | undefined;
  /** The order (order_…). */
  readonly orderId: string;
  /** The payment provider's name of a payment method, such as "pm_card_visa". */
  readonly paymentMethod: string;
  /** Why, where it is not the customer who pays; stands in the event PaymentRequested; 1 to 500 characters. */
  readonly reason?: string | null | undefined;
};

/** Which products. Every field that is given must fit; a field that is left out, or null, fits all. */
export type ProductFilter = {
  /** True: there are units to sell; false: there are none. By panier's own count, also with an inventory elsewhere. */
  readonly available?: boolean | null | undefined;
  /** Each of these words begins a word of the name, in small or capital letters: "esp mach"; at most 200 characters. */
  readonly name?: string | null | undefined;
};

/** From where events are to be sent again. */
export type RedeliverWebhooksInput = {
  /** Events behind this cursor of `events`; from the first on when left out. */
  readonly after?: string | null | undefined;
  /** The webhook endpoint (hook_…). */
  readonly endpointId: string;
};

/** Which item to take out of which cart. */
export type RemoveCartItemInput = {
  /** The cart (cart_…). */
  readonly cartId: string;
  /** The item (item_…); also, as earlier versions showed it, its number within the cart. */
  readonly cartItemId: string;
  /** The cart's version that the client decided on: refused with VERSION_CONFLICT unless it is the current one. */
  readonly expectedVersion?: number | null | undefined;
  /** The client's own name for this command, 1 to 200 characters. A second command with the same key and the same input does nothing and answers with the first one's result, for at least 24 hours; with another input it is an IDEMPOTENCY_CONFLICT. */
  readonly idempotencyKey?: string | null | undefined;
};

/** Which order to start again. */
export type ReorderInput = {
  /** The client's own name for this command, 1 to 200 characters. A second command with the same key and the same input does nothing and answers with the first one's result, for at least 24 hours; with another input it is an IDEMPOTENCY_CONFLICT. */
  readonly idempotencyKey?: string | null | undefined;
  /** The order (order_…). */
  readonly orderId: string;
};

/** Which endpoint is to go on. */
export type ResumeWebhookEndpointInput = {
  /** The webhook endpoint (hook_…). */
  readonly id: string;
};

/** Which dead letter to try again. */
export type RetryDeadLetterInput = {
  /** The dead letter (dead_…). */
  readonly id: string;
  /** The client's own name for this command, 1 to 200 characters. A second command with the same key and the same input does nothing and answers with the first one's result, for at least 24 hours; with another input it is an IDEMPOTENCY_CONFLICT. */
  readonly idempotencyKey?: string | null | undefined;
  /** Why, for whoever looks later; 1 to 500 characters. */
  readonly reason?: string | null | undefined;
};

/** Whose secret is to be replaced. It takes no idempotencyKey: the secret in the answer is not kept. */
export type RotateWebhookSecretInput = {
  /** The webhook endpoint (hook_…). */
  readonly id: string;
  /** For so long events are signed with the secret before, too: 0 to 168. */
  readonly overlapHours?: number | null | undefined;
};

/** How many units an item is to have. */
export type SetCartItemQuantityInput = {
  /** The cart (cart_…). */
  readonly cartId: string;
  /** The item (item_…); also, as earlier versions showed it, its number within the cart. */
  readonly cartItemId: string;
  /** The cart's version that the client decided on: refused with VERSION_CONFLICT unless it is the current one. */
  readonly expectedVersion?: number | null | undefined;
  /** The client's own name for this command, 1 to 200 characters. A second command with the same key and the same input does nothing and answers with the first one's result, for at least 24 hours; with another input it is an IDEMPOTENCY_CONFLICT. */
  readonly idempotencyKey?: string | null | undefined;
  /** Units: 1 to 999, or 0 to remove the item. */
  readonly quantity: number;
};

/** How to replay. */
export type StartReplayInput = {
  /** Whether to compare only; false: what was built takes the place of the read models. */
  readonly dryRun: boolean;
  /** The client's own name for this command, 1 to 200 characters. A second command with the same key and the same input does nothing and answers with the first one's result, for at least 24 hours; with another input it is an IDEMPOTENCY_CONFLICT. */
  readonly idempotencyKey?: string | null | undefined;
};

/** How to verify. */
export type StartVerificationInput = {
  /** Whether the read models are folded anew: the longest check. */
  readonly fold?: boolean | null | undefined;
  /** What is younger may still be under way: 0 to 86400. */
  readonly graceSeconds?: number | null | undefined;
  /** The client's own name for this command, 1 to 200 characters. A second command with the same key and the same input does nothing and answers with the first one's result, for at least 24 hours; with another input it is an IDEMPOTENCY_CONFLICT. */
  readonly idempotencyKey?: string | null | undefined;
  /** How long to wait before what was found is looked for again: 0 to 600. */
  readonly pauseSeconds?: number | null | undefined;
};

/** A time up to now, and how finely it is shown. */
export type StatsWindow =
  /** The last 24 hours, in buckets of five minutes. */
  | 'DAY'
  /** The last five minutes, by the second. */
  | 'FIVE_MINUTES'
  /** The last hour, in buckets of ten seconds. */
  | 'HOUR';

/** What is to change of a webhook endpoint; what is left out stays as it is. */
export type UpdateWebhookEndpointInput = {
  /** Only events of these types; null: of all. */
  readonly eventTypes?: ReadonlyArray<string> | null | undefined;
  /** How they are posted. */
  readonly format?: WebhookFormat | null | undefined;
  /** The webhook endpoint (hook_…). */
  readonly id: string;
  /** Where events are sent, as createWebhookEndpoint takes it. */
  readonly url?: string | null | undefined;
};

/** What a run does. */
export type UpkeepKind =
  /** Builds the read models anew from the event store, as npm run replay does, unless a later version of panier wrote them. */
  | 'REPLAY'
  /** Checks every rule that always holds, as npm run verify does. */
  | 'VERIFICATION';

/** How a run stands. */
export type UpkeepStatus =
  /** An operator has ended it, and nothing was changed. */
  | 'CANCELLED'
  /** It went to its end; its steps say what it found. */
  | 'COMPLETED'
  /** `reason` says why. */
  | 'FAILED'
  /** It is carried out. */
  | 'RUNNING'
  /** Until a process that plays the role `upkeep` takes it. */
  | 'WAITING';

/** How a step stands. */
export type UpkeepStepStatus =
  /** The rule is broken, or could not be checked; of a replay: rows differed. */
  | 'BROKEN'
  /** All is well. */
  | 'HELD'
  /** Something was found that breaks nothing, and is to be known of. */
  | 'NOTED'
  /** It is under way. */
  | 'RUNNING'
  /** Something was found, and is looked for again: it may have been under way. */
  | 'SUSPECTED'
  /** Its turn has not come, or the run ended before it was through. */
  | 'WAITING';

/** What a product is to be. */
export type UpsertProductInput = {
  /** prod_ and then 1 to 95 letters, digits, ".", "_", ":" or "-", as the shop likes. */
  readonly id: string;
  /** The client's own name for this command, 1 to 200 characters. A second command with the same key and the same input does nothing and answers with the first one's result, for at least 24 hours; with another input it is an IDEMPOTENCY_CONFLICT. */
  readonly idempotencyKey?: string | null | undefined;
  /** For people to read, 1 to 200 characters. */
  readonly name: string;
  /** For one unit. */
  readonly price: MoneyInput;
};

/** Whether events are sent to an endpoint. */
export type WebhookEndpointStatus =
  /** Events are sent, or tried again. */
  | 'ACTIVE'
  /** It answered 410 Gone. resumeWebhookEndpoint goes on where it stood. */
  | 'DISABLED'
  /** An event was not taken for three days. Nothing is lost: resumeWebhookEndpoint goes on. */
  | 'PAUSED';

/** How an event is posted; both are of CloudEvents 1.0. */
export type WebhookFormat =
  /** The event's data in the body, its attributes in headers ce-id, ce-type … */
  | 'BINARY'
  /** The whole event in the body: application/cloudevents+json. */
  | 'STRUCTURED';

export type CartFieldsFragment = { readonly id: string, readonly customerId: string | null, readonly sessionId: string | null, readonly status: CartStatus, readonly totalItems: number, readonly version: number, readonly consistencyToken: string, readonly items: ReadonlyArray<{ readonly id: string, readonly productId: string, readonly quantity: number, readonly unitPrice: { readonly amount: string, readonly currency: string }, readonly lineTotal: { readonly amount: string, readonly currency: string } }>, readonly totalAmount: { readonly amount: string, readonly currency: string } };

type Refusal_CartCheckedOutError_Fragment = { readonly code: ErrorCode, readonly message: string };

type Refusal_CartEmptyError_Fragment = { readonly code: ErrorCode, readonly message: string };

type Refusal_CartMergedError_Fragment = { readonly code: ErrorCode, readonly message: string };

type Refusal_CurrencyMismatchError_Fragment = { readonly code: ErrorCode, readonly message: string };

type Refusal_IdempotencyConflictError_Fragment = { readonly code: ErrorCode, readonly message: string };

type Refusal_InvalidInputError_Fragment = { readonly code: ErrorCode, readonly message: string };

type Refusal_NotFoundError_Fragment = { readonly code: ErrorCode, readonly message: string };

type Refusal_OrderClosedError_Fragment = { readonly code: ErrorCode, readonly message: string };

type Refusal_PaymentInProgressError_Fragment = { readonly code: ErrorCode, readonly message: string };

type Refusal_UpkeepRunningError_Fragment = { readonly code: ErrorCode, readonly message: string };

type Refusal_VersionConflictError_Fragment = { readonly code: ErrorCode, readonly message: string };

type Refusal_VisitClaimedError_Fragment = { readonly code: ErrorCode, readonly message: string };

export type RefusalFragment =
  | Refusal_CartCheckedOutError_Fragment
  | Refusal_CartEmptyError_Fragment
  | Refusal_CartMergedError_Fragment
  | Refusal_CurrencyMismatchError_Fragment
  | Refusal_IdempotencyConflictError_Fragment
  | Refusal_InvalidInputError_Fragment
  | Refusal_NotFoundError_Fragment
  | Refusal_OrderClosedError_Fragment
  | Refusal_PaymentInProgressError_Fragment
  | Refusal_UpkeepRunningError_Fragment
  | Refusal_VersionConflictError_Fragment
  | Refusal_VisitClaimedError_Fragment
;

export type CreateCartMutationVariables = Exact<{
  input?: CreateCartInput | null | undefined;
}>;


export type CreateCartMutation = { readonly createCart:
    | { readonly __typename: 'Cart', readonly id: string, readonly customerId: string | null, readonly sessionId: string | null, readonly status: CartStatus, readonly totalItems: number, readonly version: number, readonly consistencyToken: string, readonly items: ReadonlyArray<{ readonly id: string, readonly productId: string, readonly quantity: number, readonly unitPrice: { readonly amount: string, readonly currency: string }, readonly lineTotal: { readonly amount: string, readonly currency: string } }>, readonly totalAmount: { readonly amount: string, readonly currency: string } }
    | { readonly __typename: 'IdempotencyConflictError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'InvalidInputError', readonly code: ErrorCode, readonly message: string }
   };

export type AddCartItemMutationVariables = Exact<{
  input: AddCartItemInput;
}>;


export type AddCartItemMutation = { readonly addCartItem:
    | { readonly __typename: 'Cart', readonly id: string, readonly customerId: string | null, readonly sessionId: string | null, readonly status: CartStatus, readonly totalItems: number, readonly version: number, readonly consistencyToken: string, readonly items: ReadonlyArray<{ readonly id: string, readonly productId: string, readonly quantity: number, readonly unitPrice: { readonly amount: string, readonly currency: string }, readonly lineTotal: { readonly amount: string, readonly currency: string } }>, readonly totalAmount: { readonly amount: string, readonly currency: string } }
    | { readonly __typename: 'CartCheckedOutError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'CartMergedError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'CurrencyMismatchError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'IdempotencyConflictError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'InvalidInputError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'VersionConflictError', readonly code: ErrorCode, readonly message: string }
   };

export type AddCartItemsMutationVariables = Exact<{
  input: AddCartItemsInput;
}>;


export type AddCartItemsMutation = { readonly addCartItems:
    | { readonly __typename: 'Cart', readonly id: string, readonly customerId: string | null, readonly sessionId: string | null, readonly status: CartStatus, readonly totalItems: number, readonly version: number, readonly consistencyToken: string, readonly items: ReadonlyArray<{ readonly id: string, readonly productId: string, readonly quantity: number, readonly unitPrice: { readonly amount: string, readonly currency: string }, readonly lineTotal: { readonly amount: string, readonly currency: string } }>, readonly totalAmount: { readonly amount: string, readonly currency: string } }
    | { readonly __typename: 'CartCheckedOutError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'CartMergedError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'CurrencyMismatchError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'IdempotencyConflictError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'InvalidInputError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'VersionConflictError', readonly code: ErrorCode, readonly message: string }
   };

export type ClearCartMutationVariables = Exact<{
  input: ClearCartInput;
}>;


export type ClearCartMutation = { readonly clearCart:
    | { readonly __typename: 'Cart', readonly id: string, readonly customerId: string | null, readonly sessionId: string | null, readonly status: CartStatus, readonly totalItems: number, readonly version: number, readonly consistencyToken: string, readonly items: ReadonlyArray<{ readonly id: string, readonly productId: string, readonly quantity: number, readonly unitPrice: { readonly amount: string, readonly currency: string }, readonly lineTotal: { readonly amount: string, readonly currency: string } }>, readonly totalAmount: { readonly amount: string, readonly currency: string } }
    | { readonly __typename: 'CartCheckedOutError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'CartMergedError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'IdempotencyConflictError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'InvalidInputError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'VersionConflictError', readonly code: ErrorCode, readonly message: string }
   };

export type SetCartItemQuantityMutationVariables = Exact<{
  input: SetCartItemQuantityInput;
}>;


export type SetCartItemQuantityMutation = { readonly setCartItemQuantity:
    | { readonly __typename: 'Cart', readonly id: string, readonly customerId: string | null, readonly sessionId: string | null, readonly status: CartStatus, readonly totalItems: number, readonly version: number, readonly consistencyToken: string, readonly items: ReadonlyArray<{ readonly id: string, readonly productId: string, readonly quantity: number, readonly unitPrice: { readonly amount: string, readonly currency: string }, readonly lineTotal: { readonly amount: string, readonly currency: string } }>, readonly totalAmount: { readonly amount: string, readonly currency: string } }
    | { readonly __typename: 'CartCheckedOutError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'CartMergedError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'CurrencyMismatchError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'IdempotencyConflictError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'InvalidInputError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'VersionConflictError', readonly code: ErrorCode, readonly message: string }
   };

export type RemoveCartItemMutationVariables = Exact<{
  input: RemoveCartItemInput;
}>;


export type RemoveCartItemMutation = { readonly removeCartItem:
    | { readonly __typename: 'Cart', readonly id: string, readonly customerId: string | null, readonly sessionId: string | null, readonly status: CartStatus, readonly totalItems: number, readonly version: number, readonly consistencyToken: string, readonly items: ReadonlyArray<{ readonly id: string, readonly productId: string, readonly quantity: number, readonly unitPrice: { readonly amount: string, readonly currency: string }, readonly lineTotal: { readonly amount: string, readonly currency: string } }>, readonly totalAmount: { readonly amount: string, readonly currency: string } }
    | { readonly __typename: 'CartCheckedOutError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'CartMergedError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'IdempotencyConflictError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'InvalidInputError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'VersionConflictError', readonly code: ErrorCode, readonly message: string }
   };

export type CartQueryVariables = Exact<{
  id: string;
  consistentWith?: string | null | undefined;
  asOf?: string | null | undefined;
}>;


export type CartQuery = { readonly cart: { readonly id: string, readonly customerId: string | null, readonly sessionId: string | null, readonly status: CartStatus, readonly totalItems: number, readonly version: number, readonly consistencyToken: string, readonly order: { readonly id: string } | null, readonly items: ReadonlyArray<{ readonly id: string, readonly productId: string, readonly quantity: number, readonly unitPrice: { readonly amount: string, readonly currency: string }, readonly lineTotal: { readonly amount: string, readonly currency: string } }>, readonly totalAmount: { readonly amount: string, readonly currency: string } } | null };

export type WatchCartSubscriptionVariables = Exact<{
  id: string;
}>;


export type WatchCartSubscription = { readonly cart: { readonly id: string, readonly customerId: string | null, readonly sessionId: string | null, readonly status: CartStatus, readonly totalItems: number, readonly version: number, readonly consistencyToken: string, readonly items: ReadonlyArray<{ readonly id: string, readonly productId: string, readonly quantity: number, readonly unitPrice: { readonly amount: string, readonly currency: string }, readonly lineTotal: { readonly amount: string, readonly currency: string } }>, readonly totalAmount: { readonly amount: string, readonly currency: string } } };

export type DeadLetterFieldsFragment = { readonly id: string, readonly consumerGroup: string, readonly stream: string, readonly entryId: string, readonly error: string, readonly deliveries: number, readonly firstAt: string, readonly lastAt: string, readonly state: DeadLetterState, readonly reason: string | null, readonly settledAt: string | null, readonly fields: ReadonlyArray<{ readonly name: string, readonly value: string }> };

export type DeadLettersQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  group?: string | null | undefined;
  stream?: string | null | undefined;
  state?: ReadonlyArray<DeadLetterState> | DeadLetterState | null | undefined;
}>;


export type DeadLettersQuery = { readonly deadLetters: { readonly edges: ReadonlyArray<{ readonly cursor: string, readonly node: { readonly id: string, readonly consumerGroup: string, readonly stream: string, readonly entryId: string, readonly error: string, readonly deliveries: number, readonly firstAt: string, readonly lastAt: string, readonly state: DeadLetterState, readonly reason: string | null, readonly settledAt: string | null, readonly fields: ReadonlyArray<{ readonly name: string, readonly value: string }> } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly hasPreviousPage: boolean, readonly startCursor: string | null, readonly endCursor: string | null } } };

export type RetryDeadLetterMutationVariables = Exact<{
  input: RetryDeadLetterInput;
}>;


export type RetryDeadLetterMutation = { readonly retryDeadLetter:
    | { readonly id: string, readonly consumerGroup: string, readonly stream: string, readonly entryId: string, readonly error: string, readonly deliveries: number, readonly firstAt: string, readonly lastAt: string, readonly state: DeadLetterState, readonly reason: string | null, readonly settledAt: string | null, readonly fields: ReadonlyArray<{ readonly name: string, readonly value: string }> }
    | { readonly code: ErrorCode, readonly message: string }
    | { readonly code: ErrorCode, readonly message: string }
    | { readonly code: ErrorCode, readonly message: string }
   };

export type DiscardDeadLetterMutationVariables = Exact<{
  input: DiscardDeadLetterInput;
}>;


export type DiscardDeadLetterMutation = { readonly discardDeadLetter:
    | { readonly id: string, readonly consumerGroup: string, readonly stream: string, readonly entryId: string, readonly error: string, readonly deliveries: number, readonly firstAt: string, readonly lastAt: string, readonly state: DeadLetterState, readonly reason: string | null, readonly settledAt: string | null, readonly fields: ReadonlyArray<{ readonly name: string, readonly value: string }> }
    | { readonly code: ErrorCode, readonly message: string }
    | { readonly code: ErrorCode, readonly message: string }
    | { readonly code: ErrorCode, readonly message: string }
   };

export type FollowOrderSubscriptionVariables = Exact<{
  id: string;
}>;


export type FollowOrderSubscription = { readonly orderStatus: { readonly order: { readonly status: OrderStatus, readonly failure: { readonly reason: OrderFailureReason, readonly message: string } | null, readonly steps: ReadonlyArray<{ readonly revision: number, readonly status: OrderStatus, readonly event: { readonly type: string, readonly producerInstance: string } }> }, readonly step: { readonly revision: number, readonly status: OrderStatus, readonly event: { readonly type: string, readonly producerInstance: string } } | null } };

export type DemoStepFragment = { readonly revision: number, readonly status: OrderStatus, readonly event: { readonly type: string, readonly producerInstance: string } };

export type EventsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  filter?: EventFilter | null | undefined;
}>;


export type EventsQuery = { readonly events: { readonly edges: ReadonlyArray<{ readonly cursor: string, readonly node: { readonly eventId: string, readonly type: string, readonly stream: string, readonly occurredAt: string, readonly aggregateType: string, readonly aggregateId: string, readonly version: number, readonly correlationId: string, readonly causationId: string | null, readonly producerInstance: string, readonly data: unknown } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly hasPreviousPage: boolean, readonly startCursor: string | null, readonly endCursor: string | null } } };

export type WatchEventsSubscriptionVariables = Exact<{
  after?: string | null | undefined;
  filter?: EventFilter | null | undefined;
}>;


export type WatchEventsSubscription = { readonly events: { readonly cursor: string, readonly node: { readonly eventId: string, readonly type: string, readonly stream: string, readonly occurredAt: string, readonly aggregateType: string, readonly aggregateId: string, readonly version: number, readonly correlationId: string, readonly causationId: string | null, readonly producerInstance: string, readonly data: unknown } } };

export type NodeQueryVariables = Exact<{
  id: string;
}>;


export type NodeQuery = { readonly node:
    | { readonly __typename: 'Cart', readonly id: string }
    | { readonly __typename: 'DeadLetter', readonly id: string }
    | { readonly __typename: 'Order', readonly id: string }
    | { readonly __typename: 'Product', readonly id: string }
    | { readonly __typename: 'UpkeepRun', readonly id: string }
    | { readonly __typename: 'WebhookEndpoint', readonly id: string }
   | null };

export type NodesQueryVariables = Exact<{
  ids: ReadonlyArray<string> | string;
}>;


export type NodesQuery = { readonly nodes: ReadonlyArray<
    | { readonly __typename: 'Cart', readonly id: string }
    | { readonly __typename: 'DeadLetter', readonly id: string }
    | { readonly __typename: 'Order', readonly id: string }
    | { readonly __typename: 'Product', readonly id: string }
    | { readonly __typename: 'UpkeepRun', readonly id: string }
    | { readonly __typename: 'WebhookEndpoint', readonly id: string }
   | null> };

export type EventFieldsFragment = { readonly eventId: string, readonly type: string, readonly stream: string, readonly occurredAt: string, readonly aggregateType: string, readonly aggregateId: string, readonly version: number, readonly correlationId: string, readonly causationId: string | null, readonly producerInstance: string, readonly data: unknown };

export type OrderFieldsFragment = { readonly id: string, readonly cartId: string, readonly customerId: string | null, readonly status: OrderStatus, readonly reservationExpiresAt: string | null, readonly revision: number, readonly createdAt: string, readonly updatedAt: string, readonly consistencyToken: string, readonly lines: ReadonlyArray<{ readonly productId: string, readonly quantity: number, readonly unitPrice: { readonly amount: string, readonly currency: string }, readonly lineTotal: { readonly amount: string, readonly currency: string } }>, readonly totalAmount: { readonly amount: string, readonly currency: string }, readonly failure: { readonly reason: OrderFailureReason, readonly message: string, readonly productIds: ReadonlyArray<string> } | null };

export type StepFieldsFragment = { readonly revision: number, readonly cursor: string, readonly status: OrderStatus, readonly event: { readonly eventId: string, readonly type: string, readonly stream: string, readonly occurredAt: string, readonly aggregateType: string, readonly aggregateId: string, readonly version: number, readonly correlationId: string, readonly causationId: string | null, readonly producerInstance: string, readonly data: unknown } };

export type CheckoutMutationVariables = Exact<{
  input: CheckoutInput;
}>;


export type CheckoutMutation = { readonly checkout:
    | { readonly __typename: 'CartEmptyError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'CartMergedError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'IdempotencyConflictError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'InvalidInputError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'Order', readonly id: string, readonly cartId: string, readonly customerId: string | null, readonly status: OrderStatus, readonly reservationExpiresAt: string | null, readonly revision: number, readonly createdAt: string, readonly updatedAt: string, readonly consistencyToken: string, readonly lines: ReadonlyArray<{ readonly productId: string, readonly quantity: number, readonly unitPrice: { readonly amount: string, readonly currency: string }, readonly lineTotal: { readonly amount: string, readonly currency: string } }>, readonly totalAmount: { readonly amount: string, readonly currency: string }, readonly failure: { readonly reason: OrderFailureReason, readonly message: string, readonly productIds: ReadonlyArray<string> } | null }
    | { readonly __typename: 'OrderClosedError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'PaymentInProgressError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'VersionConflictError', readonly code: ErrorCode, readonly message: string }
   };

export type PayOrderMutationVariables = Exact<{
  input: PayOrderInput;
}>;


export type PayOrderMutation = { readonly payOrder:
    | { readonly __typename: 'IdempotencyConflictError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'InvalidInputError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'Order', readonly id: string, readonly cartId: string, readonly customerId: string | null, readonly status: OrderStatus, readonly reservationExpiresAt: string | null, readonly revision: number, readonly createdAt: string, readonly updatedAt: string, readonly consistencyToken: string, readonly lines: ReadonlyArray<{ readonly productId: string, readonly quantity: number, readonly unitPrice: { readonly amount: string, readonly currency: string }, readonly lineTotal: { readonly amount: string, readonly currency: string } }>, readonly totalAmount: { readonly amount: string, readonly currency: string }, readonly failure: { readonly reason: OrderFailureReason, readonly message: string, readonly productIds: ReadonlyArray<string> } | null }
    | { readonly __typename: 'OrderClosedError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'PaymentInProgressError', readonly code: ErrorCode, readonly message: string }
   };

export type CancelOrderMutationVariables = Exact<{
  input: CancelOrderInput;
}>;


export type CancelOrderMutation = { readonly cancelOrder:
    | { readonly __typename: 'IdempotencyConflictError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'InvalidInputError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'Order', readonly id: string, readonly cartId: string, readonly customerId: string | null, readonly status: OrderStatus, readonly reservationExpiresAt: string | null, readonly revision: number, readonly createdAt: string, readonly updatedAt: string, readonly consistencyToken: string, readonly lines: ReadonlyArray<{ readonly productId: string, readonly quantity: number, readonly unitPrice: { readonly amount: string, readonly currency: string }, readonly lineTotal: { readonly amount: string, readonly currency: string } }>, readonly totalAmount: { readonly amount: string, readonly currency: string }, readonly failure: { readonly reason: OrderFailureReason, readonly message: string, readonly productIds: ReadonlyArray<string> } | null }
    | { readonly __typename: 'OrderClosedError', readonly code: ErrorCode, readonly message: string }
   };

export type ReorderMutationVariables = Exact<{
  input: ReorderInput;
}>;


export type ReorderMutation = { readonly reorder:
    | { readonly __typename: 'IdempotencyConflictError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'InvalidInputError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'Reordered', readonly cart: { readonly id: string, readonly customerId: string | null, readonly sessionId: string | null, readonly status: CartStatus, readonly totalItems: number, readonly version: number, readonly consistencyToken: string, readonly items: ReadonlyArray<{ readonly id: string, readonly productId: string, readonly quantity: number, readonly unitPrice: { readonly amount: string, readonly currency: string }, readonly lineTotal: { readonly amount: string, readonly currency: string } }>, readonly totalAmount: { readonly amount: string, readonly currency: string } }, readonly changes: ReadonlyArray<{ readonly kind: LineChangeKind, readonly productId: string, readonly quantity: number, readonly available: number | null, readonly before: { readonly amount: string }, readonly now: { readonly amount: string } | null }> }
   };

export type OrderQueryVariables = Exact<{
  id: string;
  consistentWith?: string | null | undefined;
  atRevision?: number | null | undefined;
}>;


export type OrderQuery = { readonly order: { readonly id: string, readonly cartId: string, readonly customerId: string | null, readonly status: OrderStatus, readonly reservationExpiresAt: string | null, readonly revision: number, readonly createdAt: string, readonly updatedAt: string, readonly consistencyToken: string, readonly steps: ReadonlyArray<{ readonly revision: number, readonly cursor: string, readonly status: OrderStatus, readonly event: { readonly eventId: string, readonly type: string, readonly stream: string, readonly occurredAt: string, readonly aggregateType: string, readonly aggregateId: string, readonly version: number, readonly correlationId: string, readonly causationId: string | null, readonly producerInstance: string, readonly data: unknown } }>, readonly lines: ReadonlyArray<{ readonly productId: string, readonly quantity: number, readonly unitPrice: { readonly amount: string, readonly currency: string }, readonly lineTotal: { readonly amount: string, readonly currency: string } }>, readonly totalAmount: { readonly amount: string, readonly currency: string }, readonly failure: { readonly reason: OrderFailureReason, readonly message: string, readonly productIds: ReadonlyArray<string> } | null } | null };

export type OrdersQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  status?: ReadonlyArray<OrderStatus> | OrderStatus | null | undefined;
  filter?: OrderFilter | null | undefined;
  consistentWith?: string | null | undefined;
}>;


export type OrdersQuery = { readonly orders: { readonly edges: ReadonlyArray<{ readonly cursor: string, readonly node: { readonly id: string, readonly cartId: string, readonly customerId: string | null, readonly status: OrderStatus, readonly reservationExpiresAt: string | null, readonly revision: number, readonly createdAt: string, readonly updatedAt: string, readonly consistencyToken: string, readonly lines: ReadonlyArray<{ readonly productId: string, readonly quantity: number, readonly unitPrice: { readonly amount: string, readonly currency: string }, readonly lineTotal: { readonly amount: string, readonly currency: string } }>, readonly totalAmount: { readonly amount: string, readonly currency: string }, readonly failure: { readonly reason: OrderFailureReason, readonly message: string, readonly productIds: ReadonlyArray<string> } | null } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly hasPreviousPage: boolean, readonly startCursor: string | null, readonly endCursor: string | null } } };

export type WatchOrderSubscriptionVariables = Exact<{
  id: string;
  after?: string | null | undefined;
}>;


export type WatchOrderSubscription = { readonly orderStatus: { readonly cursor: string, readonly order: { readonly id: string, readonly cartId: string, readonly customerId: string | null, readonly status: OrderStatus, readonly reservationExpiresAt: string | null, readonly revision: number, readonly createdAt: string, readonly updatedAt: string, readonly consistencyToken: string, readonly lines: ReadonlyArray<{ readonly productId: string, readonly quantity: number, readonly unitPrice: { readonly amount: string, readonly currency: string }, readonly lineTotal: { readonly amount: string, readonly currency: string } }>, readonly totalAmount: { readonly amount: string, readonly currency: string }, readonly failure: { readonly reason: OrderFailureReason, readonly message: string, readonly productIds: ReadonlyArray<string> } | null }, readonly step: { readonly revision: number, readonly cursor: string, readonly status: OrderStatus, readonly event: { readonly eventId: string, readonly type: string, readonly stream: string, readonly occurredAt: string, readonly aggregateType: string, readonly aggregateId: string, readonly version: number, readonly correlationId: string, readonly causationId: string | null, readonly producerInstance: string, readonly data: unknown } } | null } };

export type StuckOrdersQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  olderThanSeconds?: number;
}>;


export type StuckOrdersQuery = { readonly stuckOrders: { readonly edges: ReadonlyArray<{ readonly cursor: string, readonly node: { readonly id: string, readonly cartId: string, readonly customerId: string | null, readonly status: OrderStatus, readonly reservationExpiresAt: string | null, readonly revision: number, readonly createdAt: string, readonly updatedAt: string, readonly consistencyToken: string, readonly lines: ReadonlyArray<{ readonly productId: string, readonly quantity: number, readonly unitPrice: { readonly amount: string, readonly currency: string }, readonly lineTotal: { readonly amount: string, readonly currency: string } }>, readonly totalAmount: { readonly amount: string, readonly currency: string }, readonly failure: { readonly reason: OrderFailureReason, readonly message: string, readonly productIds: ReadonlyArray<string> } | null } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly hasPreviousPage: boolean, readonly startCursor: string | null, readonly endCursor: string | null } } };

export type ContradictionsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
}>;


export type ContradictionsQuery = { readonly contradictions: { readonly edges: ReadonlyArray<{ readonly cursor: string, readonly node: { readonly orderId: string, readonly reason: string, readonly more: number, readonly order: { readonly status: OrderStatus } | null, readonly event: { readonly eventId: string, readonly type: string } } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly hasPreviousPage: boolean, readonly startCursor: string | null, readonly endCursor: string | null } } };

export type ProductFieldsFragment = { readonly id: string, readonly name: string, readonly available: number, readonly reserved: number, readonly sold: number, readonly price: { readonly amount: string, readonly currency: string } };

export type PageFieldsFragment = { readonly hasNextPage: boolean, readonly hasPreviousPage: boolean, readonly startCursor: string | null, readonly endCursor: string | null };

export type UpsertProductMutationVariables = Exact<{
  input: UpsertProductInput;
}>;


export type UpsertProductMutation = { readonly upsertProduct:
    | { readonly __typename: 'IdempotencyConflictError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'InvalidInputError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'Product', readonly id: string, readonly name: string, readonly available: number, readonly reserved: number, readonly sold: number, readonly price: { readonly amount: string, readonly currency: string } }
   };

export type AdjustStockMutationVariables = Exact<{
  input: AdjustStockInput;
}>;


export type AdjustStockMutation = { readonly adjustStock:
    | { readonly __typename: 'IdempotencyConflictError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'InvalidInputError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'Product', readonly id: string, readonly name: string, readonly available: number, readonly reserved: number, readonly sold: number, readonly price: { readonly amount: string, readonly currency: string } }
   };

export type ProductQueryVariables = Exact<{
  id: string;
}>;


export type ProductQuery = { readonly product: { readonly id: string, readonly name: string, readonly available: number, readonly reserved: number, readonly sold: number, readonly price: { readonly amount: string, readonly currency: string } } | null };

export type ProductsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
  filter?: ProductFilter | null | undefined;
}>;


export type ProductsQuery = { readonly products: { readonly edges: ReadonlyArray<{ readonly cursor: string, readonly node: { readonly id: string, readonly name: string, readonly available: number, readonly reserved: number, readonly sold: number, readonly price: { readonly amount: string, readonly currency: string } } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly hasPreviousPage: boolean, readonly startCursor: string | null, readonly endCursor: string | null } } };

export type WatchStockSubscriptionVariables = Exact<{
  ids: ReadonlyArray<string> | string;
}>;


export type WatchStockSubscription = { readonly stock: { readonly id: string, readonly name: string, readonly available: number, readonly reserved: number, readonly sold: number, readonly price: { readonly amount: string, readonly currency: string } } };

export type StatsFieldsFragment = { readonly oldestOpenAt: string | null, readonly from: string, readonly bucketSeconds: number, readonly checkouts: ReadonlyArray<number>, readonly confirmations: ReadonlyArray<number>, readonly rejections: ReadonlyArray<number>, readonly cancellations: ReadonlyArray<number>, readonly orders: ReadonlyArray<{ readonly status: OrderStatus, readonly count: number }>, readonly durations: ReadonlyArray<{ readonly outcome: OrderStatus, readonly count: number, readonly p50Ms: number, readonly p99Ms: number }> };

export type StatsQueryVariables = Exact<{
  window: StatsWindow;
}>;


export type StatsQuery = { readonly stats: { readonly oldestOpenAt: string | null, readonly from: string, readonly bucketSeconds: number, readonly checkouts: ReadonlyArray<number>, readonly confirmations: ReadonlyArray<number>, readonly rejections: ReadonlyArray<number>, readonly cancellations: ReadonlyArray<number>, readonly orders: ReadonlyArray<{ readonly status: OrderStatus, readonly count: number }>, readonly durations: ReadonlyArray<{ readonly outcome: OrderStatus, readonly count: number, readonly p50Ms: number, readonly p99Ms: number }> } };

export type WatchStatsSubscriptionVariables = Exact<{
  window: StatsWindow;
}>;


export type WatchStatsSubscription = { readonly stats: { readonly oldestOpenAt: string | null, readonly from: string, readonly bucketSeconds: number, readonly checkouts: ReadonlyArray<number>, readonly confirmations: ReadonlyArray<number>, readonly rejections: ReadonlyArray<number>, readonly cancellations: ReadonlyArray<number>, readonly orders: ReadonlyArray<{ readonly status: OrderStatus, readonly count: number }>, readonly durations: ReadonlyArray<{ readonly outcome: OrderStatus, readonly count: number, readonly p50Ms: number, readonly p99Ms: number }> } };

export type ShownRunFragment = { readonly id: string, readonly kind: UpkeepKind, readonly dryRun: boolean, readonly status: UpkeepStatus, readonly requestedBy: string, readonly requestedAt: string, readonly startedAt: string | null, readonly endedAt: string | null, readonly reason: string | null, readonly steps: ReadonlyArray<{ readonly name: string, readonly status: UpkeepStepStatus, readonly share: number, readonly checked: number | null, readonly found: number, readonly findings: ReadonlyArray<{ readonly name: string, readonly detail: string }> }> };

export type StartVerificationMutationVariables = Exact<{
  input: StartVerificationInput;
}>;


export type StartVerificationMutation = { readonly startVerification:
    | { readonly __typename: 'IdempotencyConflictError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'InvalidInputError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'UpkeepRun', readonly id: string, readonly kind: UpkeepKind, readonly dryRun: boolean, readonly status: UpkeepStatus, readonly requestedBy: string, readonly requestedAt: string, readonly startedAt: string | null, readonly endedAt: string | null, readonly reason: string | null, readonly steps: ReadonlyArray<{ readonly name: string, readonly status: UpkeepStepStatus, readonly share: number, readonly checked: number | null, readonly found: number, readonly findings: ReadonlyArray<{ readonly name: string, readonly detail: string }> }> }
    | { readonly __typename: 'UpkeepRunningError', readonly code: ErrorCode, readonly message: string }
   };

export type StartReplayMutationVariables = Exact<{
  input: StartReplayInput;
}>;


export type StartReplayMutation = { readonly startReplay:
    | { readonly __typename: 'IdempotencyConflictError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'InvalidInputError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'UpkeepRun', readonly id: string, readonly kind: UpkeepKind, readonly dryRun: boolean, readonly status: UpkeepStatus, readonly requestedBy: string, readonly requestedAt: string, readonly startedAt: string | null, readonly endedAt: string | null, readonly reason: string | null, readonly steps: ReadonlyArray<{ readonly name: string, readonly status: UpkeepStepStatus, readonly share: number, readonly checked: number | null, readonly found: number, readonly findings: ReadonlyArray<{ readonly name: string, readonly detail: string }> }> }
    | { readonly __typename: 'UpkeepRunningError', readonly code: ErrorCode, readonly message: string }
   };

export type CancelUpkeepMutationVariables = Exact<{
  input: CancelUpkeepInput;
}>;


export type CancelUpkeepMutation = { readonly cancelUpkeep:
    | { readonly __typename: 'InvalidInputError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'NotFoundError', readonly code: ErrorCode, readonly message: string }
    | { readonly __typename: 'UpkeepRun', readonly id: string, readonly kind: UpkeepKind, readonly dryRun: boolean, readonly status: UpkeepStatus, readonly requestedBy: string, readonly requestedAt: string, readonly startedAt: string | null, readonly endedAt: string | null, readonly reason: string | null, readonly steps: ReadonlyArray<{ readonly name: string, readonly status: UpkeepStepStatus, readonly share: number, readonly checked: number | null, readonly found: number, readonly findings: ReadonlyArray<{ readonly name: string, readonly detail: string }> }> }
   };

export type UpkeepRunsQueryVariables = Exact<{
  last?: number | null | undefined;
}>;


export type UpkeepRunsQuery = { readonly upkeepRuns: ReadonlyArray<{ readonly id: string, readonly kind: UpkeepKind, readonly dryRun: boolean, readonly status: UpkeepStatus, readonly requestedBy: string, readonly requestedAt: string, readonly startedAt: string | null, readonly endedAt: string | null, readonly reason: string | null, readonly steps: ReadonlyArray<{ readonly name: string, readonly status: UpkeepStepStatus, readonly share: number, readonly checked: number | null, readonly found: number, readonly findings: ReadonlyArray<{ readonly name: string, readonly detail: string }> }> }> };

export type WatchUpkeepSubscriptionVariables = Exact<{
  id: string;
}>;


export type WatchUpkeepSubscription = { readonly upkeepRun: { readonly id: string, readonly kind: UpkeepKind, readonly dryRun: boolean, readonly status: UpkeepStatus, readonly requestedBy: string, readonly requestedAt: string, readonly startedAt: string | null, readonly endedAt: string | null, readonly reason: string | null, readonly steps: ReadonlyArray<{ readonly name: string, readonly status: UpkeepStepStatus, readonly share: number, readonly checked: number | null, readonly found: number, readonly findings: ReadonlyArray<{ readonly name: string, readonly detail: string }> }> } };

export type WebhookEndpointFieldsFragment = { readonly id: string, readonly url: string, readonly eventTypes: ReadonlyArray<string> | null, readonly format: WebhookFormat, readonly status: WebhookEndpointStatus, readonly nextAttemptAt: string | null, readonly cursor: string, readonly behind: number, readonly lastFailure: { readonly at: string, readonly status: number | null, readonly reason: string, readonly eventId: string } | null };

export type WebhookEndpointsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type WebhookEndpointsQuery = { readonly webhookEndpoints: { readonly edges: ReadonlyArray<{ readonly cursor: string, readonly node: { readonly id: string, readonly url: string, readonly eventTypes: ReadonlyArray<string> | null, readonly format: WebhookFormat, readonly status: WebhookEndpointStatus, readonly nextAttemptAt: string | null, readonly cursor: string, readonly behind: number, readonly lastFailure: { readonly at: string, readonly status: number | null, readonly reason: string, readonly eventId: string } | null } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly hasPreviousPage: boolean, readonly startCursor: string | null, readonly endCursor: string | null } } };

export type CreateWebhookEndpointMutationVariables = Exact<{
  input: CreateWebhookEndpointInput;
}>;


export type CreateWebhookEndpointMutation = { readonly createWebhookEndpoint:
    | { readonly code: ErrorCode, readonly message: string }
    | { readonly secret: string, readonly endpoint: { readonly id: string, readonly url: string, readonly eventTypes: ReadonlyArray<string> | null, readonly format: WebhookFormat, readonly status: WebhookEndpointStatus, readonly nextAttemptAt: string | null, readonly cursor: string, readonly behind: number, readonly lastFailure: { readonly at: string, readonly status: number | null, readonly reason: string, readonly eventId: string } | null } }
   };

export type RotateWebhookSecretMutationVariables = Exact<{
  input: RotateWebhookSecretInput;
}>;


export type RotateWebhookSecretMutation = { readonly rotateWebhookSecret:
    | { readonly code: ErrorCode, readonly message: string }
    | { readonly code: ErrorCode, readonly message: string }
    | { readonly secret: string, readonly endpoint: { readonly id: string, readonly url: string, readonly eventTypes: ReadonlyArray<string> | null, readonly format: WebhookFormat, readonly status: WebhookEndpointStatus, readonly nextAttemptAt: string | null, readonly cursor: string, readonly behind: number, readonly lastFailure: { readonly at: string, readonly status: number | null, readonly reason: string, readonly eventId: string } | null } }
   };

export type UpdateWebhookEndpointMutationVariables = Exact<{
  input: UpdateWebhookEndpointInput;
}>;


export type UpdateWebhookEndpointMutation = { readonly updateWebhookEndpoint:
    | { readonly code: ErrorCode, readonly message: string }
    | { readonly code: ErrorCode, readonly message: string }
    | { readonly id: string, readonly url: string, readonly eventTypes: ReadonlyArray<string> | null, readonly format: WebhookFormat, readonly status: WebhookEndpointStatus, readonly nextAttemptAt: string | null, readonly cursor: string, readonly behind: number, readonly lastFailure: { readonly at: string, readonly status: number | null, readonly reason: string, readonly eventId: string } | null }
   };

export type ResumeWebhookEndpointMutationVariables = Exact<{
  input: ResumeWebhookEndpointInput;
}>;


export type ResumeWebhookEndpointMutation = { readonly resumeWebhookEndpoint:
    | { readonly code: ErrorCode, readonly message: string }
    | { readonly id: string, readonly url: string, readonly eventTypes: ReadonlyArray<string> | null, readonly format: WebhookFormat, readonly status: WebhookEndpointStatus, readonly nextAttemptAt: string | null, readonly cursor: string, readonly behind: number, readonly lastFailure: { readonly at: string, readonly status: number | null, readonly reason: string, readonly eventId: string } | null }
   };

export type RedeliverWebhooksMutationVariables = Exact<{
  input: RedeliverWebhooksInput;
}>;


export type RedeliverWebhooksMutation = { readonly redeliverWebhooks:
    | { readonly code: ErrorCode, readonly message: string }
    | { readonly id: string, readonly url: string, readonly eventTypes: ReadonlyArray<string> | null, readonly format: WebhookFormat, readonly status: WebhookEndpointStatus, readonly nextAttemptAt: string | null, readonly cursor: string, readonly behind: number, readonly lastFailure: { readonly at: string, readonly status: number | null, readonly reason: string, readonly eventId: string } | null }
   };

export type DeleteWebhookEndpointMutationVariables = Exact<{
  input: DeleteWebhookEndpointInput;
}>;


export type DeleteWebhookEndpointMutation = { readonly deleteWebhookEndpoint:
    | { readonly id: string }
    | { readonly code: ErrorCode, readonly message: string }
   };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const CartFieldsFragmentDoc = new TypedDocumentString(`
    fragment CartFields on Cart {
  id
  customerId
  sessionId
  status
  items {
    id
    productId
    quantity
    unitPrice {
      amount
      currency
    }
    lineTotal {
      amount
      currency
    }
  }
  totalItems
  totalAmount {
    amount
    currency
  }
  version
  consistencyToken
}
    `, {"fragmentName":"CartFields"}) as unknown as TypedDocumentString<CartFieldsFragment, unknown>;
export const RefusalFragmentDoc = new TypedDocumentString(`
    fragment Refusal on UserError {
  code
  message
}
    `, {"fragmentName":"Refusal"}) as unknown as TypedDocumentString<RefusalFragment, unknown>;
export const DeadLetterFieldsFragmentDoc = new TypedDocumentString(`
    fragment DeadLetterFields on DeadLetter {
  id
  consumerGroup
  stream
  entryId
  fields {
    name
    value
  }
  error
  deliveries
  firstAt
  lastAt
  state
  reason
  settledAt
}
    `, {"fragmentName":"DeadLetterFields"}) as unknown as TypedDocumentString<DeadLetterFieldsFragment, unknown>;
export const DemoStepFragmentDoc = new TypedDocumentString(`
    fragment DemoStep on SagaStep {
  revision
  status
  event {
    type
    producerInstance
  }
}
    `, {"fragmentName":"DemoStep"}) as unknown as TypedDocumentString<DemoStepFragment, unknown>;
export const OrderFieldsFragmentDoc = new TypedDocumentString(`
    fragment OrderFields on Order {
  id
  cartId
  customerId
  status
  lines {
    productId
    quantity
    unitPrice {
      amount
      currency
    }
    lineTotal {
      amount
      currency
    }
  }
  totalAmount {
    amount
    currency
  }
  reservationExpiresAt
  failure {
    reason
    message
    productIds
  }
  revision
  createdAt
  updatedAt
  consistencyToken
}
    `, {"fragmentName":"OrderFields"}) as unknown as TypedDocumentString<OrderFieldsFragment, unknown>;
export const EventFieldsFragmentDoc = new TypedDocumentString(`
    fragment EventFields on DomainEvent {
  eventId
  type
  stream
  occurredAt
  aggregateType
  aggregateId
  version
  correlationId
  causationId
  producerInstance
  data
}
    `, {"fragmentName":"EventFields"}) as unknown as TypedDocumentString<EventFieldsFragment, unknown>;
export const StepFieldsFragmentDoc = new TypedDocumentString(`
    fragment StepFields on SagaStep {
  revision
  cursor
  status
  event {
    ...EventFields
  }
}
    fragment EventFields on DomainEvent {
  eventId
  type
  stream
  occurredAt
  aggregateType
  aggregateId
  version
  correlationId
  causationId
  producerInstance
  data
}`, {"fragmentName":"StepFields"}) as unknown as TypedDocumentString<StepFieldsFragment, unknown>;
export const ProductFieldsFragmentDoc = new TypedDocumentString(`
    fragment ProductFields on Product {
  id
  name
  price {
    amount
    currency
  }
  available
  reserved
  sold
}
    `, {"fragmentName":"ProductFields"}) as unknown as TypedDocumentString<ProductFieldsFragment, unknown>;
export const PageFieldsFragmentDoc = new TypedDocumentString(`
    fragment PageFields on PageInfo {
  hasNextPage
  hasPreviousPage
  startCursor
  endCursor
}
    `, {"fragmentName":"PageFields"}) as unknown as TypedDocumentString<PageFieldsFragment, unknown>;
export const StatsFieldsFragmentDoc = new TypedDocumentString(`
    fragment StatsFields on Stats {
  orders {
    status
    count
  }
  oldestOpenAt
  from
  bucketSeconds
  checkouts
  confirmations
  rejections
  cancellations
  durations {
    outcome
    count
    p50Ms
    p99Ms
  }
}
    `, {"fragmentName":"StatsFields"}) as unknown as TypedDocumentString<StatsFieldsFragment, unknown>;
export const ShownRunFragmentDoc = new TypedDocumentString(`
    fragment ShownRun on UpkeepRun {
  id
  kind
  dryRun
  status
  requestedBy
  requestedAt
  startedAt
  endedAt
  reason
  steps {
    name
    status
    share
    checked
    found
    findings {
      name
      detail
    }
  }
}
    `, {"fragmentName":"ShownRun"}) as unknown as TypedDocumentString<ShownRunFragment, unknown>;
export const WebhookEndpointFieldsFragmentDoc = new TypedDocumentString(`
    fragment WebhookEndpointFields on WebhookEndpoint {
  id
  url
  eventTypes
  format
  status
  lastFailure {
    at
    status
    reason
    eventId
  }
  nextAttemptAt
  cursor
  behind
}
    `, {"fragmentName":"WebhookEndpointFields"}) as unknown as TypedDocumentString<WebhookEndpointFieldsFragment, unknown>;
export const CreateCartDocument = new TypedDocumentString(`
    mutation CreateCart($input: CreateCartInput) {
  createCart(input: $input) {
    __typename
    ...CartFields
    ...Refusal
  }
}
    fragment CartFields on Cart {
  id
  customerId
  sessionId
  status
  items {
    id
    productId
    quantity
    unitPrice {
      amount
      currency
    }
    lineTotal {
      amount
      currency
    }
  }
  totalItems
  totalAmount {
    amount
    currency
  }
  version
  consistencyToken
}
fragment Refusal on UserError {
  code
  message
}`, {"hash":"sha256:560b6ed3f7497519eabb77483a43628acfdf6b8a37f6c31f69f2fc0be0380281"}) as unknown as TypedDocumentString<CreateCartMutation, CreateCartMutationVariables>;
export const AddCartItemDocument = new TypedDocumentString(`
    mutation AddCartItem($input: AddCartItemInput!) {
  addCartItem(input: $input) {
    __typename
    ...CartFields
    ...Refusal
  }
}
    fragment CartFields on Cart {
  id
  customerId
  sessionId
  status
  items {
    id
    productId
    quantity
    unitPrice {
      amount
      currency
    }
    lineTotal {
      amount
      currency
    }
  }
  totalItems
  totalAmount {
    amount
    currency
  }
  version
  consistencyToken
}
fragment Refusal on UserError {
  code
  message
}`, {"hash":"sha256:eacd3dec7058c9bdae3614c3df7100c666f5b62ca7a0e678604b3ac4340432ba"}) as unknown as TypedDocumentString<AddCartItemMutation, AddCartItemMutationVariables>;
export const AddCartItemsDocument = new TypedDocumentString(`
    mutation AddCartItems($input: AddCartItemsInput!) {
  addCartItems(input: $input) {
    __typename
    ...CartFields
    ...Refusal
  }
}
    fragment CartFields on Cart {
  id
  customerId
  sessionId
  status
  items {
    id
    productId
    quantity
    unitPrice {
      amount
      currency
    }
    lineTotal {
      amount
      currency
    }
  }
  totalItems
  totalAmount {
    amount
    currency
  }
  version
  consistencyToken
}
fragment Refusal on UserError {
  code
  message
}`, {"hash":"sha256:f17cb65512fcfc3efd6c1ce41ceb25c5eeb25fd67d0d80192277e0266f90b2f5"}) as unknown as TypedDocumentString<AddCartItemsMutation, AddCartItemsMutationVariables>;
export const ClearCartDocument = new TypedDocumentString(`
    mutation ClearCart($input: ClearCartInput!) {
  clearCart(input: $input) {
    __typename
    ...CartFields
    ...Refusal
  }
}
    fragment CartFields on Cart {
  id
  customerId
  sessionId
  status
  items {
    id
    productId
    quantity
    unitPrice {
      amount
      currency
    }
    lineTotal {
      amount
      currency
    }
  }
  totalItems
  totalAmount {
    amount
    currency
  }
  version
  consistencyToken
}
fragment Refusal on UserError {
  code
  message
}`, {"hash":"sha256:e29cb938f053ff2004961da43655bde49bdf11af4cae1b68be8fa0499cc33a40"}) as unknown as TypedDocumentString<ClearCartMutation, ClearCartMutationVariables>;
export const SetCartItemQuantityDocument = new TypedDocumentString(`
    mutation SetCartItemQuantity($input: SetCartItemQuantityInput!) {
  setCartItemQuantity(input: $input) {
    __typename
    ...CartFields
    ...Refusal
  }
}
    fragment CartFields on Cart {
  id
  customerId
  sessionId
  status
  items {
    id
    productId
    quantity
    unitPrice {
      amount
      currency
    }
    lineTotal {
      amount
      currency
    }
  }
  totalItems
  totalAmount {
    amount
    currency
  }
  version
  consistencyToken
}
fragment Refusal on UserError {
  code
  message
}`, {"hash":"sha256:8864b8eecad5d3adbfd20fadcc91ca6b1a490ddc0cc13160132d32d37d6338b5"}) as unknown as TypedDocumentString<SetCartItemQuantityMutation, SetCartItemQuantityMutationVariables>;
export const RemoveCartItemDocument = new TypedDocumentString(`
    mutation RemoveCartItem($input: RemoveCartItemInput!) {
  removeCartItem(input: $input) {
    __typename
    ...CartFields
    ...Refusal
  }
}
    fragment CartFields on Cart {
  id
  customerId
  sessionId
  status
  items {
    id
    productId
    quantity
    unitPrice {
      amount
      currency
    }
    lineTotal {
      amount
      currency
    }
  }
  totalItems
  totalAmount {
    amount
    currency
  }
  version
  consistencyToken
}
fragment Refusal on UserError {
  code
  message
}`, {"hash":"sha256:a00c883ea67bb86faf9ee81e7286029452911ba00c42e5867e314eac1fd3a6a2"}) as unknown as TypedDocumentString<RemoveCartItemMutation, RemoveCartItemMutationVariables>;
export const CartDocument = new TypedDocumentString(`
    query Cart($id: ID!, $consistentWith: String, $asOf: DateTime) {
  cart(id: $id, consistentWith: $consistentWith, asOf: $asOf) {
    ...CartFields
    order {
      id
    }
  }
}
    fragment CartFields on Cart {
  id
  customerId
  sessionId
  status
  items {
    id
    productId
    quantity
    unitPrice {
      amount
      currency
    }
    lineTotal {
      amount
      currency
    }
  }
  totalItems
  totalAmount {
    amount
    currency
  }
  version
  consistencyToken
}`, {"hash":"sha256:bc048cdeddf58bc177f50dbbded913b74ece929bbaf692c426756310bff8b712"}) as unknown as TypedDocumentString<CartQuery, CartQueryVariables>;
export const WatchCartDocument = new TypedDocumentString(`
    subscription WatchCart($id: ID!) {
  cart(cartId: $id) {
    ...CartFields
  }
}
    fragment CartFields on Cart {
  id
  customerId
  sessionId
  status
  items {
    id
    productId
    quantity
    unitPrice {
      amount
      currency
    }
    lineTotal {
      amount
      currency
    }
  }
  totalItems
  totalAmount {
    amount
    currency
  }
  version
  consistencyToken
}`, {"hash":"sha256:1e0c10b2937d28d73e189fcecec57fae8406db5d371247cf2c1a678084a73d94"}) as unknown as TypedDocumentString<WatchCartSubscription, WatchCartSubscriptionVariables>;
export const DeadLettersDocument = new TypedDocumentString(`
    query DeadLetters($first: Int, $after: String, $last: Int, $before: String, $group: String, $stream: String, $state: [DeadLetterState!]) {
  deadLetters(
    first: $first
    after: $after
    last: $last
    before: $before
    group: $group
    stream: $stream
    state: $state
  ) {
    edges {
      cursor
      node {
        ...DeadLetterFields
      }
    }
    pageInfo {
      ...PageFields
    }
  }
}
    fragment DeadLetterFields on DeadLetter {
  id
  consumerGroup
  stream
  entryId
  fields {
    name
    value
  }
  error
  deliveries
  firstAt
  lastAt
  state
  reason
  settledAt
}
fragment PageFields on PageInfo {
  hasNextPage
  hasPreviousPage
  startCursor
  endCursor
}`, {"hash":"sha256:4e17ec81b586e7f787301442774c3c0d81e5c338b5896a588805f4438d7ef4e7"}) as unknown as TypedDocumentString<DeadLettersQuery, DeadLettersQueryVariables>;
export const RetryDeadLetterDocument = new TypedDocumentString(`
    mutation RetryDeadLetter($input: RetryDeadLetterInput!) {
  retryDeadLetter(input: $input) {
    ...DeadLetterFields
    ...Refusal
  }
}
    fragment Refusal on UserError {
  code
  message
}
fragment DeadLetterFields on DeadLetter {
  id
  consumerGroup
  stream
  entryId
  fields {
    name
    value
  }
  error
  deliveries
  firstAt
  lastAt
  state
  reason
  settledAt
}`, {"hash":"sha256:4b35bd1a15bef84c599e877600a809adb1eae7316e7afff934e653cdb25dbe5d"}) as unknown as TypedDocumentString<RetryDeadLetterMutation, RetryDeadLetterMutationVariables>;
export const DiscardDeadLetterDocument = new TypedDocumentString(`
    mutation DiscardDeadLetter($input: DiscardDeadLetterInput!) {
  discardDeadLetter(input: $input) {
    ...DeadLetterFields
    ...Refusal
  }
}
    fragment Refusal on UserError {
  code
  message
}
fragment DeadLetterFields on DeadLetter {
  id
  consumerGroup
  stream
  entryId
  fields {
    name
    value
  }
  error
  deliveries
  firstAt
  lastAt
  state
  reason
  settledAt
}`, {"hash":"sha256:f6d6ad879e5da20a7175cf34baad3be5e41c4987c8fb56377386ffda21ef559f"}) as unknown as TypedDocumentString<DiscardDeadLetterMutation, DiscardDeadLetterMutationVariables>;
export const FollowOrderDocument = new TypedDocumentString(`
    subscription FollowOrder($id: ID!) {
  orderStatus(orderId: $id) {
    order {
      status
      failure {
        reason
        message
      }
      steps {
        ...DemoStep
      }
    }
    step {
      ...DemoStep
    }
  }
}
    fragment DemoStep on SagaStep {
  revision
  status
  event {
    type
    producerInstance
  }
}`, {"hash":"sha256:842c40fa5b27adcca9ed2a74fd5bded96fc2d152fb42431b4aa5aa89d87db230"}) as unknown as TypedDocumentString<FollowOrderSubscription, FollowOrderSubscriptionVariables>;
export const EventsDocument = new TypedDocumentString(`
    query Events($first: Int, $after: String, $last: Int, $before: String, $filter: EventFilter) {
  events(
    first: $first
    after: $after
    last: $last
    before: $before
    filter: $filter
  ) {
    edges {
      cursor
      node {
        ...EventFields
      }
    }
    pageInfo {
      ...PageFields
    }
  }
}
    fragment EventFields on DomainEvent {
  eventId
  type
  stream
  occurredAt
  aggregateType
  aggregateId
  version
  correlationId
  causationId
  producerInstance
  data
}
fragment PageFields on PageInfo {
  hasNextPage
  hasPreviousPage
  startCursor
  endCursor
}`, {"hash":"sha256:340ebef369da2e340de52104257c88c46a831a875a8ce6a9d8679c90dc79f166"}) as unknown as TypedDocumentString<EventsQuery, EventsQueryVariables>;
export const WatchEventsDocument = new TypedDocumentString(`
    subscription WatchEvents($after: String, $filter: EventFilter) {
  events(after: $after, filter: $filter) {
    cursor
    node {
      ...EventFields
    }
  }
}
    fragment EventFields on DomainEvent {
  eventId
  type
  stream
  occurredAt
  aggregateType
  aggregateId
  version
  correlationId
  causationId
  producerInstance
  data
}`, {"hash":"sha256:79ef74cf8508d34cc454cf0f99c90d922360bf7a43f247526cea48f3a21328ff"}) as unknown as TypedDocumentString<WatchEventsSubscription, WatchEventsSubscriptionVariables>;
export const NodeDocument = new TypedDocumentString(`
    query Node($id: ID!) {
  node(id: $id) {
    __typename
    id
  }
}
    `, {"hash":"sha256:674a4e60b765ab762155deb5480b435445a7ecf217bd9a818ee68fa139bfb45a"}) as unknown as TypedDocumentString<NodeQuery, NodeQueryVariables>;
export const NodesDocument = new TypedDocumentString(`
    query Nodes($ids: [ID!]!) {
  nodes(ids: $ids) {
    __typename
    id
  }
}
    `, {"hash":"sha256:061e5e74ee7113d4c05a2475b34214b4bfa1c7f3a4c3904eb3829d10d065773b"}) as unknown as TypedDocumentString<NodesQuery, NodesQueryVariables>;
export const CheckoutDocument = new TypedDocumentString(`
    mutation Checkout($input: CheckoutInput!) {
  checkout(input: $input) {
    __typename
    ...OrderFields
    ...Refusal
  }
}
    fragment Refusal on UserError {
  code
  message
}
fragment OrderFields on Order {
  id
  cartId
  customerId
  status
  lines {
    productId
    quantity
    unitPrice {
      amount
      currency
    }
    lineTotal {
      amount
      currency
    }
  }
  totalAmount {
    amount
    currency
  }
  reservationExpiresAt
  failure {
    reason
    message
    productIds
  }
  revision
  createdAt
  updatedAt
  consistencyToken
}`, {"hash":"sha256:f1dbd0b25ab6a8036cbadde252894b2666363b55efa6ff4c6ba41dc7c411af17"}) as unknown as TypedDocumentString<CheckoutMutation, CheckoutMutationVariables>;
export const PayOrderDocument = new TypedDocumentString(`
    mutation PayOrder($input: PayOrderInput!) {
  payOrder(input: $input) {
    __typename
    ...OrderFields
    ...Refusal
  }
}
    fragment Refusal on UserError {
  code
  message
}
fragment OrderFields on Order {
  id
  cartId
  customerId
  status
  lines {
    productId
    quantity
    unitPrice {
      amount
      currency
    }
    lineTotal {
      amount
      currency
    }
  }
  totalAmount {
    amount
    currency
  }
  reservationExpiresAt
  failure {
    reason
    message
    productIds
  }
  revision
  createdAt
  updatedAt
  consistencyToken
}`, {"hash":"sha256:e5f54d35258222990c0e3af752e6d277aeef2eaa596913f5f6e272f6bbaa6d4d"}) as unknown as TypedDocumentString<PayOrderMutation, PayOrderMutationVariables>;
export const CancelOrderDocument = new TypedDocumentString(`
    mutation CancelOrder($input: CancelOrderInput!) {
  cancelOrder(input: $input) {
    __typename
    ...OrderFields
    ...Refusal
  }
}
    fragment Refusal on UserError {
  code
  message
}
fragment OrderFields on Order {
  id
  cartId
  customerId
  status
  lines {
    productId
    quantity
    unitPrice {
      amount
      currency
    }
    lineTotal {
      amount
      currency
    }
  }
  totalAmount {
    amount
    currency
  }
  reservationExpiresAt
  failure {
    reason
    message
    productIds
  }
  revision
  createdAt
  updatedAt
  consistencyToken
}`, {"hash":"sha256:fb0ef5dcfc253e26eb2dc8562a63f184965d39fd7240133b1d4f1f04a0c63a84"}) as unknown as TypedDocumentString<CancelOrderMutation, CancelOrderMutationVariables>;
export const ReorderDocument = new TypedDocumentString(`
    mutation Reorder($input: ReorderInput!) {
  reorder(input: $input) {
    __typename
    ... on Reordered {
      cart {
        ...CartFields
      }
      changes {
        kind
        productId
        quantity
        before {
          amount
        }
        now {
          amount
        }
        available
      }
    }
    ...Refusal
  }
}
    fragment CartFields on Cart {
  id
  customerId
  sessionId
  status
  items {
    id
    productId
    quantity
    unitPrice {
      amount
      currency
    }
    lineTotal {
      amount
      currency
    }
  }
  totalItems
  totalAmount {
    amount
    currency
  }
  version
  consistencyToken
}
fragment Refusal on UserError {
  code
  message
}`, {"hash":"sha256:c2dd1e1db3986553a05360c3287955d285c5b39bb19ce2fcabed41e2a62a1eff"}) as unknown as TypedDocumentString<ReorderMutation, ReorderMutationVariables>;
export const OrderDocument = new TypedDocumentString(`
    query Order($id: ID!, $consistentWith: String, $atRevision: Int) {
  order(id: $id, consistentWith: $consistentWith, atRevision: $atRevision) {
    ...OrderFields
    steps {
      ...StepFields
    }
  }
}
    fragment EventFields on DomainEvent {
  eventId
  type
  stream
  occurredAt
  aggregateType
  aggregateId
  version
  correlationId
  causationId
  producerInstance
  data
}
fragment OrderFields on Order {
  id
  cartId
  customerId
  status
  lines {
    productId
    quantity
    unitPrice {
      amount
      currency
    }
    lineTotal {
      amount
      currency
    }
  }
  totalAmount {
    amount
    currency
  }
  reservationExpiresAt
  failure {
    reason
    message
    productIds
  }
  revision
  createdAt
  updatedAt
  consistencyToken
}
fragment StepFields on SagaStep {
  revision
  cursor
  status
  event {
    ...EventFields
  }
}`, {"hash":"sha256:b5aa450c015fa293606e961f6d337ed393783678b3ac4506ad5b1e38ab95c160"}) as unknown as TypedDocumentString<OrderQuery, OrderQueryVariables>;
export const OrdersDocument = new TypedDocumentString(`
    query Orders($first: Int, $after: String, $last: Int, $before: String, $status: [OrderStatus!], $filter: OrderFilter, $consistentWith: String) {
  orders(
    first: $first
    after: $after
    last: $last
    before: $before
    status: $status
    filter: $filter
    consistentWith: $consistentWith
  ) {
    edges {
      cursor
      node {
        ...OrderFields
      }
    }
    pageInfo {
      ...PageFields
    }
  }
}
    fragment OrderFields on Order {
  id
  cartId
  customerId
  status
  lines {
    productId
    quantity
    unitPrice {
      amount
      currency
    }
    lineTotal {
      amount
      currency
    }
  }
  totalAmount {
    amount
    currency
  }
  reservationExpiresAt
  failure {
    reason
    message
    productIds
  }
  revision
  createdAt
  updatedAt
  consistencyToken
}
fragment PageFields on PageInfo {
  hasNextPage
  hasPreviousPage
  startCursor
  endCursor
}`, {"hash":"sha256:cc697463a25a52be1302ae6bcbc5b9eb8d58ededdd98e8cc995ba4d9f8e8ea04"}) as unknown as TypedDocumentString<OrdersQuery, OrdersQueryVariables>;
export const WatchOrderDocument = new TypedDocumentString(`
    subscription WatchOrder($id: ID!, $after: String) {
  orderStatus(orderId: $id, after: $after) {
    cursor
    order {
      ...OrderFields
    }
    step {
      ...StepFields
    }
  }
}
    fragment EventFields on DomainEvent {
  eventId
  type
  stream
  occurredAt
  aggregateType
  aggregateId
  version
  correlationId
  causationId
  producerInstance
  data
}
fragment OrderFields on Order {
  id
  cartId
  customerId
  status
  lines {
    productId
    quantity
    unitPrice {
      amount
      currency
    }
    lineTotal {
      amount
      currency
    }
  }
  totalAmount {
    amount
    currency
  }
  reservationExpiresAt
  failure {
    reason
    message
    productIds
  }
  revision
  createdAt
  updatedAt
  consistencyToken
}
fragment StepFields on SagaStep {
  revision
  cursor
  status
  event {
    ...EventFields
  }
}`, {"hash":"sha256:5977ea70bb4b66ba02f2d49c83691e154579baf4c41053db31df1e241318d7bb"}) as unknown as TypedDocumentString<WatchOrderSubscription, WatchOrderSubscriptionVariables>;
export const StuckOrdersDocument = new TypedDocumentString(`
    query StuckOrders($first: Int, $after: String, $last: Int, $before: String, $olderThanSeconds: Int! = 60) {
  stuckOrders(
    first: $first
    after: $after
    last: $last
    before: $before
    olderThanSeconds: $olderThanSeconds
  ) {
    edges {
      cursor
      node {
        ...OrderFields
      }
    }
    pageInfo {
      ...PageFields
    }
  }
}
    fragment OrderFields on Order {
  id
  cartId
  customerId
  status
  lines {
    productId
    quantity
    unitPrice {
      amount
      currency
    }
    lineTotal {
      amount
      currency
    }
  }
  totalAmount {
    amount
    currency
  }
  reservationExpiresAt
  failure {
    reason
    message
    productIds
  }
  revision
  createdAt
  updatedAt
  consistencyToken
}
fragment PageFields on PageInfo {
  hasNextPage
  hasPreviousPage
  startCursor
  endCursor
}`, {"hash":"sha256:15e9a65ce0286c0e9945651d8867387ca1fc30d61a0bd1a371f2417f38812174"}) as unknown as TypedDocumentString<StuckOrdersQuery, StuckOrdersQueryVariables>;
export const ContradictionsDocument = new TypedDocumentString(`
    query Contradictions($first: Int, $after: String, $last: Int, $before: String) {
  contradictions(first: $first, after: $after, last: $last, before: $before) {
    edges {
      cursor
      node {
        orderId
        reason
        more
        order {
          status
        }
        event {
          eventId
          type
        }
      }
    }
    pageInfo {
      hasNextPage
      hasPreviousPage
      startCursor
      endCursor
    }
  }
}
    `, {"hash":"sha256:e2e6218e06ca4c56313168fe4356b3bb3f0b60a2ecf28a563cb8a640370e8495"}) as unknown as TypedDocumentString<ContradictionsQuery, ContradictionsQueryVariables>;
export const UpsertProductDocument = new TypedDocumentString(`
    mutation UpsertProduct($input: UpsertProductInput!) {
  upsertProduct(input: $input) {
    __typename
    ...ProductFields
    ...Refusal
  }
}
    fragment Refusal on UserError {
  code
  message
}
fragment ProductFields on Product {
  id
  name
  price {
    amount
    currency
  }
  available
  reserved
  sold
}`, {"hash":"sha256:fa4f4ff0e1d84441110f11b028f9a2e7ea80c1ebb429c649046ef2e0d54fcd93"}) as unknown as TypedDocumentString<UpsertProductMutation, UpsertProductMutationVariables>;
export const AdjustStockDocument = new TypedDocumentString(`
    mutation AdjustStock($input: AdjustStockInput!) {
  adjustStock(input: $input) {
    __typename
    ...ProductFields
    ...Refusal
  }
}
    fragment Refusal on UserError {
  code
  message
}
fragment ProductFields on Product {
  id
  name
  price {
    amount
    currency
  }
  available
  reserved
  sold
}`, {"hash":"sha256:0a7f6d47a66ed5263a1d72a50e2a9ab1f45e3267f7990423d4ea3ebc6f648139"}) as unknown as TypedDocumentString<AdjustStockMutation, AdjustStockMutationVariables>;
export const ProductDocument = new TypedDocumentString(`
    query Product($id: ID!) {
  product(id: $id) {
    ...ProductFields
  }
}
    fragment ProductFields on Product {
  id
  name
  price {
    amount
    currency
  }
  available
  reserved
  sold
}`, {"hash":"sha256:90b68b3d1c1184a94b392d63a6b4a77654883a151de0cc02c9336313dcf8cf0f"}) as unknown as TypedDocumentString<ProductQuery, ProductQueryVariables>;
export const ProductsDocument = new TypedDocumentString(`
    query Products($first: Int, $after: String, $last: Int, $before: String, $filter: ProductFilter) {
  products(
    first: $first
    after: $after
    last: $last
    before: $before
    filter: $filter
  ) {
    edges {
      cursor
      node {
        ...ProductFields
      }
    }
    pageInfo {
      ...PageFields
    }
  }
}
    fragment ProductFields on Product {
  id
  name
  price {
    amount
    currency
  }
  available
  reserved
  sold
}
fragment PageFields on PageInfo {
  hasNextPage
  hasPreviousPage
  startCursor
  endCursor
}`, {"hash":"sha256:1645eff13c7538fbfee2afb931c0600a9bde235d0d5e3982b6e97a7f1b0db747"}) as unknown as TypedDocumentString<ProductsQuery, ProductsQueryVariables>;
export const WatchStockDocument = new TypedDocumentString(`
    subscription WatchStock($ids: [ID!]!) {
  stock(productIds: $ids) {
    ...ProductFields
  }
}
    fragment ProductFields on Product {
  id
  name
  price {
    amount
    currency
  }
  available
  reserved
  sold
}`, {"hash":"sha256:0a9610e16439429824536f86d2e76c2e7f041b150ded414c4e122669ac0774e6"}) as unknown as TypedDocumentString<WatchStockSubscription, WatchStockSubscriptionVariables>;
export const StatsDocument = new TypedDocumentString(`
    query Stats($window: StatsWindow!) {
  stats(window: $window) {
    ...StatsFields
  }
}
    fragment StatsFields on Stats {
  orders {
    status
    count
  }
  oldestOpenAt
  from
  bucketSeconds
  checkouts
  confirmations
  rejections
  cancellations
  durations {
    outcome
    count
    p50Ms
    p99Ms
  }
}`, {"hash":"sha256:73f8b7631d112054ef5a06e6c7c4242e41a7c5efa39c6c62b563df8a5453f506"}) as unknown as TypedDocumentString<StatsQuery, StatsQueryVariables>;
export const WatchStatsDocument = new TypedDocumentString(`
    subscription WatchStats($window: StatsWindow!) {
  stats(window: $window) {
    ...StatsFields
  }
}
    fragment StatsFields on Stats {
  orders {
    status
    count
  }
  oldestOpenAt
  from
  bucketSeconds
  checkouts
  confirmations
  rejections
  cancellations
  durations {
    outcome
    count
    p50Ms
    p99Ms
  }
}`, {"hash":"sha256:5fbb61f0bb2e11de88f5d3d3e173417b2e9e650c47bdcb18b8fac9a68c1d9342"}) as unknown as TypedDocumentString<WatchStatsSubscription, WatchStatsSubscriptionVariables>;
export const StartVerificationDocument = new TypedDocumentString(`
    mutation StartVerification($input: StartVerificationInput!) {
  startVerification(input: $input) {
    __typename
    ... on UpkeepRun {
      ...ShownRun
    }
    ... on UserError {
      code
      message
    }
  }
}
    fragment ShownRun on UpkeepRun {
  id
  kind
  dryRun
  status
  requestedBy
  requestedAt
  startedAt
  endedAt
  reason
  steps {
    name
    status
    share
    checked
    found
    findings {
      name
      detail
    }
  }
}`, {"hash":"sha256:3fad1513d31f96cdff36e405883f51270c0abd204b2fdf45ba608192b0975a53"}) as unknown as TypedDocumentString<StartVerificationMutation, StartVerificationMutationVariables>;
export const StartReplayDocument = new TypedDocumentString(`
    mutation StartReplay($input: StartReplayInput!) {
  startReplay(input: $input) {
    __typename
    ... on UpkeepRun {
      ...ShownRun
    }
    ... on UserError {
      code
      message
    }
  }
}
    fragment ShownRun on UpkeepRun {
  id
  kind
  dryRun
  status
  requestedBy
  requestedAt
  startedAt
  endedAt
  reason
  steps {
    name
    status
    share
    checked
    found
    findings {
      name
      detail
    }
  }
}`, {"hash":"sha256:e605fb60c74fdbd652d9a6a6444280bc6887756423ed8cab212590eafd24bcb0"}) as unknown as TypedDocumentString<StartReplayMutation, StartReplayMutationVariables>;
export const CancelUpkeepDocument = new TypedDocumentString(`
    mutation CancelUpkeep($input: CancelUpkeepInput!) {
  cancelUpkeep(input: $input) {
    __typename
    ... on UpkeepRun {
      ...ShownRun
    }
    ... on UserError {
      code
      message
    }
  }
}
    fragment ShownRun on UpkeepRun {
  id
  kind
  dryRun
  status
  requestedBy
  requestedAt
  startedAt
  endedAt
  reason
  steps {
    name
    status
    share
    checked
    found
    findings {
      name
      detail
    }
  }
}`, {"hash":"sha256:66c96e41752e40ddef20c94cba664d7d155f3cf04573688e700660f01e819a2e"}) as unknown as TypedDocumentString<CancelUpkeepMutation, CancelUpkeepMutationVariables>;
export const UpkeepRunsDocument = new TypedDocumentString(`
    query UpkeepRuns($last: Int) {
  upkeepRuns(last: $last) {
    ...ShownRun
  }
}
    fragment ShownRun on UpkeepRun {
  id
  kind
  dryRun
  status
  requestedBy
  requestedAt
  startedAt
  endedAt
  reason
  steps {
    name
    status
    share
    checked
    found
    findings {
      name
      detail
    }
  }
}`, {"hash":"sha256:b257ce35043bbacfe04877504366a7b23681feafb67021b485c4f17a8e261f40"}) as unknown as TypedDocumentString<UpkeepRunsQuery, UpkeepRunsQueryVariables>;
export const WatchUpkeepDocument = new TypedDocumentString(`
    subscription WatchUpkeep($id: ID!) {
  upkeepRun(id: $id) {
    ...ShownRun
  }
}
    fragment ShownRun on UpkeepRun {
  id
  kind
  dryRun
  status
  requestedBy
  requestedAt
  startedAt
  endedAt
  reason
  steps {
    name
    status
    share
    checked
    found
    findings {
      name
      detail
    }
  }
}`, {"hash":"sha256:a9548e059cc031532be66ce557f48b11a0e875d9a8dd7c090126e52317c350b6"}) as unknown as TypedDocumentString<WatchUpkeepSubscription, WatchUpkeepSubscriptionVariables>;
export const WebhookEndpointsDocument = new TypedDocumentString(`
    query WebhookEndpoints($first: Int, $after: String) {
  webhookEndpoints(first: $first, after: $after) {
    edges {
      cursor
      node {
        ...WebhookEndpointFields
      }
    }
    pageInfo {
      ...PageFields
    }
  }
}
    fragment PageFields on PageInfo {
  hasNextPage
  hasPreviousPage
  startCursor
  endCursor
}
fragment WebhookEndpointFields on WebhookEndpoint {
  id
  url
  eventTypes
  format
  status
  lastFailure {
    at
    status
    reason
    eventId
  }
  nextAttemptAt
  cursor
  behind
}`, {"hash":"sha256:b7b0f1401582f87618ebe755cbf5c7e2e3016d6fa92402f339829e1e2927e92b"}) as unknown as TypedDocumentString<WebhookEndpointsQuery, WebhookEndpointsQueryVariables>;
export const CreateWebhookEndpointDocument = new TypedDocumentString(`
    mutation CreateWebhookEndpoint($input: CreateWebhookEndpointInput!) {
  createWebhookEndpoint(input: $input) {
    ... on WebhookEndpointSecret {
      secret
      endpoint {
        ...WebhookEndpointFields
      }
    }
    ...Refusal
  }
}
    fragment Refusal on UserError {
  code
  message
}
fragment WebhookEndpointFields on WebhookEndpoint {
  id
  url
  eventTypes
  format
  status
  lastFailure {
    at
    status
    reason
    eventId
  }
  nextAttemptAt
  cursor
  behind
}`, {"hash":"sha256:0b61584aba831e5be223ad8e6488eb1b900bfced774292e11411a6da06e5c80f"}) as unknown as TypedDocumentString<CreateWebhookEndpointMutation, CreateWebhookEndpointMutationVariables>;
export const RotateWebhookSecretDocument = new TypedDocumentString(`
    mutation RotateWebhookSecret($input: RotateWebhookSecretInput!) {
  rotateWebhookSecret(input: $input) {
    ... on WebhookEndpointSecret {
      secret
      endpoint {
        ...WebhookEndpointFields
      }
    }
    ...Refusal
  }
}
    fragment Refusal on UserError {
  code
  message
}
fragment WebhookEndpointFields on WebhookEndpoint {
  id
  url
  eventTypes
  format
  status
  lastFailure {
    at
    status
    reason
    eventId
  }
  nextAttemptAt
  cursor
  behind
}`, {"hash":"sha256:6d6bdca28427af3a23d2af3dfc9778667a41d10d3626eccc92507918c2135e76"}) as unknown as TypedDocumentString<RotateWebhookSecretMutation, RotateWebhookSecretMutationVariables>;
export const UpdateWebhookEndpointDocument = new TypedDocumentString(`
    mutation UpdateWebhookEndpoint($input: UpdateWebhookEndpointInput!) {
  updateWebhookEndpoint(input: $input) {
    ...WebhookEndpointFields
    ...Refusal
  }
}
    fragment Refusal on UserError {
  code
  message
}
fragment WebhookEndpointFields on WebhookEndpoint {
  id
  url
  eventTypes
  format
  status
  lastFailure {
    at
    status
    reason
    eventId
  }
  nextAttemptAt
  cursor
  behind
}`, {"hash":"sha256:7b24fd7fea837c16a0dfa229eacf2a1b4d57c9e28afc5301b1da58c8c3c47cf2"}) as unknown as TypedDocumentString<UpdateWebhookEndpointMutation, UpdateWebhookEndpointMutationVariables>;
export const ResumeWebhookEndpointDocument = new TypedDocumentString(`
    mutation ResumeWebhookEndpoint($input: ResumeWebhookEndpointInput!) {
  resumeWebhookEndpoint(input: $input) {
    ...WebhookEndpointFields
    ...Refusal
  }
}
    fragment Refusal on UserError {
  code
  message
}
fragment WebhookEndpointFields on WebhookEndpoint {
  id
  url
  eventTypes
  format
  status
  lastFailure {
    at
    status
    reason
    eventId
  }
  nextAttemptAt
  cursor
  behind
}`, {"hash":"sha256:2191d8b5050d446285c2399d08bb7a156994d06ffe2bcb47beb665bc7e08ebb5"}) as unknown as TypedDocumentString<ResumeWebhookEndpointMutation, ResumeWebhookEndpointMutationVariables>;
export const RedeliverWebhooksDocument = new TypedDocumentString(`
    mutation RedeliverWebhooks($input: RedeliverWebhooksInput!) {
  redeliverWebhooks(input: $input) {
    ...WebhookEndpointFields
    ...Refusal
  }
}
    fragment Refusal on UserError {
  code
  message
}
fragment WebhookEndpointFields on WebhookEndpoint {
  id
  url
  eventTypes
  format
  status
  lastFailure {
    at
    status
    reason
    eventId
  }
  nextAttemptAt
  cursor
  behind
}`, {"hash":"sha256:8b0059ac79c9e664dab2a451044f64459a5beca2ed699d889b8097fa4500996a"}) as unknown as TypedDocumentString<RedeliverWebhooksMutation, RedeliverWebhooksMutationVariables>;
export const DeleteWebhookEndpointDocument = new TypedDocumentString(`
    mutation DeleteWebhookEndpoint($input: DeleteWebhookEndpointInput!) {
  deleteWebhookEndpoint(input: $input) {
    ... on DeletedWebhookEndpoint {
      id
    }
    ...Refusal
  }
}
    fragment Refusal on UserError {
  code
  message
}`, {"hash":"sha256:ee25da9373ca838110529e8b032e89a567069781c8bc7d4322853fbb7d6122e1"}) as unknown as TypedDocumentString<DeleteWebhookEndpointMutation, DeleteWebhookEndpointMutationVariables>;