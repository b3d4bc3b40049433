import { newId } from '../../../../src/events/index.ts';

/** An event as the journals, the streams and the event store have it. */
export interface BareEvent {
  readonly eventId: string;
  readonly type: string;
  readonly stream: string;
  readonly aggregateType: 'Cart' | 'Order';
  readonly aggregateId: string;
  /** Among its producer's events of the aggregate. */
  readonly version: number;
  /** Among all that the API's journal has of the aggregate. */
  readonly sequence: number;
  readonly causationId: string | null;
  readonly producer: string;
  readonly schemaVersion: number;
  /** JSON. */
  readonly data: string;
}

/** One checkout, from its cart to its end: its ids, and every event that panier writes of it. */
export interface Life {
  readonly cartId: string;
  readonly orderId: string;
  readonly paymentId: string;
  readonly products: readonly string[];
  readonly created: BareEvent;
  readonly firstAdded: BareEvent;
  readonly secondAdded: BareEvent;
  readonly checkedOut: BareEvent;
  readonly ordered: BareEvent;
  readonly reserved: BareEvent;
  readonly requested: BareEvent;
  readonly succeeded: BareEvent;
  readonly confirmed: BareEvent;
}

export const STREAM = {
  carts: 'ecommerce.carts.events',
  orders: 'ecommerce.orders.events',
  payments: 'ecommerce.payments.events',
} as const;
export const METHOD = 'pm_card_visa';
export const TOTAL = '39.80';

const API = 'ecommerce-api';
const SAGA = 'inventory-saga-consumer';
const PRICE = '19.90';
const RESERVED_MS = 900_000;

const cartEvent = (
  aggregateId: string,
  { type, version }: Pick<BareEvent, 'type' | 'version'>,
  data: object,
): BareEvent => ({
  eventId: newId('Event'),
  type,
  stream: STREAM.carts,
  aggregateType: 'Cart',
  aggregateId,
  version,
  sequence: version,
  causationId: null,
  producer: API,
  schemaVersion: 1,
  data: JSON.stringify(data),
});

interface OfOrder {
  readonly orderId: string;
  readonly cause: BareEvent;
}

type Rest = Pick<BareEvent, 'type' | 'version'> &
  Partial<Pick<BareEvent, 'stream' | 'sequence' | 'schemaVersion' | 'producer'>>;

const orderEvent = ({ orderId, cause }: OfOrder, rest: Rest, data: object): BareEvent => ({
  eventId: newId('Event'),
  stream: STREAM.orders,
  aggregateType: 'Order',
  aggregateId: orderId,
  // The saga's answer stands between the order's first and second.
  sequence: rest.version + 1,
  causationId: cause.eventId,
  producer: API,
  schemaVersion: 1,
  data: JSON.stringify({ order_id: orderId, ...data }),
  ...rest,
});

const cartOf = (cartId: string, orderId: string, products: readonly string[]) => {
  const [first, second] = products.map((productId, nth) =>
    cartEvent(
      cartId,
      { type: 'CartItemAdded', version: nth + 2 },
      {
        cart_item_id: String(nth + 1),
        product_id: productId,
        quantity: 1,
        unit_price: PRICE,
      },
    ),
  );
  if (first === undefined || second === undefined) throw new Error('A checkout has two products.');
  return {
    created: cartEvent(
      cartId,
      { type: 'CartCreated', version: 1 },
      { customer_id: null, session_id: null, currency: 'EUR' },
    ),
    firstAdded: first,
    secondAdded: second,
    checkedOut: cartEvent(cartId, { type: 'CartCheckedOut', version: 4 }, { order_id: orderId, total_amount: TOTAL }),
  };
};

const orderedData = (cartId: string, products: readonly string[]) => ({
  cart_id: cartId,
  customer_id: null,
  session_id: null,
  currency: 'EUR',
  lines: products.map((productId) => ({ product_id: productId, quantity: 1, unit_price: PRICE })),
  total_amount: TOTAL,
  method_kind: 'CARD',
});

const reservedData = (products: readonly string[]) => ({
  ok: true,
  lines: products.map((productId) => ({ product_id: productId, quantity: 1 })),
  expires_at: new Date(Date.now() + RESERVED_MS).toISOString(),
});

const MONEY = { amount: TOTAL, currency: 'EUR' };

/** A checkout of these two products. */
export const lifeOf = (products: readonly string[]): Life => {
  const [cartId, orderId, paymentId] = [newId('Cart'), newId('Order'), newId('Payment')];
  const cart = cartOf(cartId, orderId, products);
  const after = (cause: BareEvent): OfOrder => ({ orderId, cause });
  const beginning = { type: 'OrderCreated', version: 1, sequence: 1, schemaVersion: 2 };
  const ordered = orderEvent(after(cart.checkedOut), beginning, orderedData(cartId, products));
  const answer = { type: 'StockReserved', version: 1, producer: SAGA };
  const reserved = orderEvent(after(ordered), answer, reservedData(products));
  const payments = { stream: STREAM.payments };
  const asked = { type: 'PaymentRequested', version: 2, schemaVersion: 2, ...payments };
  const requested = orderEvent(after(reserved), asked, { ...MONEY, method_kind: 'CARD', attempt: 1 });
  const paid = { type: 'PaymentSucceeded', version: 3, ...payments };
  const succeeded = orderEvent(after(requested), paid, { payment_id: paymentId, ...MONEY });
  const confirmed = orderEvent(after(succeeded), { type: 'OrderConfirmed', version: 4 }, {});
  return { cartId, orderId, paymentId, products, ...cart, ordered, reserved, requested, succeeded, confirmed };
};
