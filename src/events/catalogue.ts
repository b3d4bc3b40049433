import {
  added,
  type Decoded,
  identifier,
  instant,
  integer,
  list,
  literal,
  nullable,
  oneOf,
  record,
  text,
  word,
} from './codec.ts';
import { define, second } from './define-event.ts';
import { currency, decimal } from './money.ts';
import { WITHOUT_REFERENCE } from './payment-method.ts';

/** The streams of the bus, by their exact keys. */
export const STREAMS = {
  carts: 'ecommerce.carts.events',
  orders: 'ecommerce.orders.events',
  payments: 'ecommerce.payments.events',
  inventory: 'ecommerce.inventory.events',
  operations: 'ecommerce.operations.events',
} as const;
export type Stream = (typeof STREAMS)[keyof typeof STREAMS];

export type AggregateType = 'Cart' | 'Visit' | 'Order' | 'Product' | 'DeadLetter';

export const MAX_QUANTITY = 999;
export const MAX_LINES = 100;
/** Bounds of a product's stock and of one change to it. */
export const MAX_STOCK = 1_000_000_000;

const quantity = integer(1, MAX_QUANTITY);
/** A product of an order, whose lines may name it several times. */
const totalQuantity = integer(1, MAX_QUANTITY * MAX_LINES);
const stockLine = record({ productId: identifier, quantity: totalQuantity });
const orderLine = record({ productId: identifier, quantity, unitPrice: decimal });
/** What came of another cart's line: so many more of the product, at what its line costs in the cart that it is in now. */
const mergedLine = record({ cartItemId: identifier, productId: identifier, quantity, unitPrice: decimal });
const shortage = record({
  productId: identifier,
  requested: totalQuantity,
  available: integer(0, MAX_STOCK),
});

const deadLetter = { deadLetterId: identifier, consumerGroup: identifier, stream: identifier, entryId: identifier };

/**
 * Every event type: its aggregate, its stream and the codec of its `data`.
 * Names and fields are a storage format: add optional fields freely; rename only together with an upcaster.
 */
export const CATALOGUE = {
  CartCreated: define(
    'Cart',
    STREAMS.carts,
    record({ customerId: nullable(text()), sessionId: nullable(text()), currency }),
  ),
  CartItemAdded: define(
    'Cart',
    STREAMS.carts,
    record({ cartItemId: identifier, productId: identifier, quantity, unitPrice: decimal }),
  ),
  CartItemQuantityChanged: define('Cart', STREAMS.carts, record({ cartItemId: identifier, quantity })),
  CartItemRemoved: define('Cart', STREAMS.carts, record({ cartItemId: identifier })),
  CartCheckedOut: define('Cart', STREAMS.carts, record({ orderId: identifier, totalAmount: decimal })),
  CartMerged: define('Cart', STREAMS.carts, record({ intoCartId: identifier })),
  CartLinesMerged: define(
    'Cart',
    STREAMS.carts,
    record({ fromCartId: identifier, lines: list(mergedLine, MAX_LINES) }),
  ),
  VisitClaimed: define('Visit', STREAMS.carts, record({ visitorId: identifier, customerId: text() })),
  OrderCreated: second(
    define(
      'Order',
      STREAMS.orders,
      record({
        orderId: identifier,
        cartId: identifier,
        customerId: nullable(text()),
        sessionId: nullable(text()),
        currency,
        lines: list(orderLine, MAX_LINES),
        totalAmount: decimal,
        methodKind: nullable(word),
      }),
    ),
    WITHOUT_REFERENCE,
  ),
  OrderConfirmed: define('Order', STREAMS.orders, record({ orderId: identifier })),
  OrderRejected: define('Order', STREAMS.orders, record({ orderId: identifier, reason: text() })),
  OrderCancelled: define('Order', STREAMS.orders, record({ orderId: identifier, reason: text() })),
  StockReserved: define(
    'Order',
    STREAMS.orders,
    record({ orderId: identifier, ok: literal(true), lines: list(stockLine, MAX_LINES), expiresAt: instant }),
  ),
  StockReservationFailed: define(
    'Order',
    STREAMS.orders,
    record({ orderId: identifier, ok: literal(false), shortages: list(shortage, MAX_LINES) }),
  ),
  PaymentRequested: second(
    define(
      'Order',
      STREAMS.payments,
      record({
        orderId: identifier,
        amount: decimal,
        currency,
        methodKind: nullable(word),
        attempt: integer(1, 1_000),
        reason: added(text()),
      }),
    ),
    WITHOUT_REFERENCE,
  ),
  PaymentPending: define(
    'Order',
    STREAMS.payments,
    record({ orderId: identifier, waitsFor: oneOf('PROVIDER', 'CUSTOMER') }),
  ),
  PaymentSucceeded: define(
    'Order',
    STREAMS.payments,
    record({ orderId: identifier, paymentId: identifier, amount: decimal, currency }),
  ),
  PaymentFailed: define('Order', STREAMS.payments, record({ orderId: identifier, reason: text(), message: text() })),
  PaymentRefunded: define(
    'Order',
    STREAMS.payments,
    record({ orderId: identifier, paymentId: identifier, amount: decimal, currency, reason: text() }),
  ),
  PaymentDisputed: define(
    'Order',
    STREAMS.payments,
    record({
      orderId: identifier,
      paymentId: identifier,
      disputeId: identifier,
      amount: decimal,
      currency,
      reason: word,
      status: oneOf('OPEN', 'WON', 'LOST', 'CLOSED'),
    }),
  ),
  StockCompensated: define(
    'Order',
    STREAMS.payments,
    record({ orderId: identifier, lines: list(stockLine, MAX_LINES) }),
  ),
  ProductUpserted: define(
    'Product',
    STREAMS.inventory,
    record({ productId: identifier, name: text(200), price: decimal, currency }),
  ),
  StockAdjusted: define(
    'Product',
    STREAMS.inventory,
    record({ productId: identifier, delta: integer(-MAX_STOCK, MAX_STOCK), reason: nullable(text()) }),
  ),
  DeadLetterRetried: define('DeadLetter', STREAMS.operations, record({ ...deadLetter, reason: added(text()) })),
  DeadLetterDiscarded: define('DeadLetter', STREAMS.operations, record({ ...deadLetter, reason: text() })),
} as const satisfies Readonly<Record<string, { readonly aggregateType: AggregateType; readonly stream: Stream }>>;

export type EventType = keyof typeof CATALOGUE;
export type DataOf<T extends EventType> = Decoded<(typeof CATALOGUE)[T]['data']>;
export type EventOf<T extends EventType> = { readonly [K in T]: { readonly type: K; readonly data: DataOf<K> } }[T];

type TypesOf<A extends AggregateType> = {
  [K in EventType]: (typeof CATALOGUE)[K]['aggregateType'] extends A ? K : never;
}[EventType];

export type CartEvent = EventOf<TypesOf<'Cart'>>;
export type VisitEvent = EventOf<TypesOf<'Visit'>>;
export type OrderEvent = EventOf<TypesOf<'Order'>>;
export type ProductEvent = EventOf<TypesOf<'Product'>>;
export type DeadLetterEvent = EventOf<TypesOf<'DeadLetter'>>;
export type DomainEvent = CartEvent | VisitEvent | OrderEvent | ProductEvent | DeadLetterEvent;

export type MergedLine = DataOf<'CartLinesMerged'>['lines'][number];
export type StockLine = DataOf<'StockReserved'>['lines'][number];
export type OrderLine = DataOf<'OrderCreated'>['lines'][number];
export type Shortage = DataOf<'StockReservationFailed'>['shortages'][number];

export const isEventType = (value: string): value is EventType => Object.hasOwn(CATALOGUE, value);
