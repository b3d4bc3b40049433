import {
  CATALOGUE,
  type DomainEvent,
  type Envelope,
  encodeData,
  newId,
  PRODUCERS,
  type Recorded,
} from '../../src/events/index.ts';

const SAGA_EVENTS = ['StockReserved', 'StockReservationFailed', 'StockCompensated', 'StockAdjusted'];

const aggregateIdOf = (event: DomainEvent): string | undefined => {
  if ('productId' in event.data && CATALOGUE[event.type].aggregateType === 'Product') return event.data.productId;
  if ('deadLetterId' in event.data) return event.data.deadLetterId;
  if ('visitorId' in event.data) return event.data.visitorId;
  return 'orderId' in event.data ? event.data.orderId : undefined;
};

/** An event as its service would write it. Cart events need an `aggregateId`; a `version` that is left out is null. */
export const recorded = <E extends DomainEvent>(event: E, given: Partial<Envelope> = {}): Recorded<E> => {
  const { stream, aggregateType, schemaVersion } = CATALOGUE[event.type];
  const producer = SAGA_EVENTS.includes(event.type) ? PRODUCERS.saga : PRODUCERS.api;
  const aggregateId = given.aggregateId ?? aggregateIdOf(event) ?? '';
  const envelope: Envelope = {
    eventId: newId('Event'),
    type: event.type,
    stream,
    occurredAt: '2026-01-02T03:04:05.678Z',
    aggregateType,
    version: null,
    causationId: null,
    producer,
    producerInstance: `${producer}-1`,
    traceparent: null,
    schemaVersion,
    data: encodeData(event),
    aggregateId,
    correlationId: aggregateId,
    ...given,
  };
  return { envelope, event };
};

/** Events of one aggregate, a millisecond apart, with the versions 1, 2, 3 … of each producer. */
export const history = (aggregateId: string, events: readonly DomainEvent[]): readonly Recorded[] => {
  const versions = new Map<string, number>();
  return events.map((event, index) => {
    const occurredAt = new Date(Date.UTC(2026, 0, 2) + index).toISOString();
    const { producer } = recorded(event, { aggregateId }).envelope;
    const version = (versions.get(producer) ?? 0) + 1;
    versions.set(producer, version);
    return recorded(event, { aggregateId, occurredAt, version });
  });
};

const added = (cartItemId: string, productId: string, quantity = 1): DomainEvent => ({
  type: 'CartItemAdded',
  data: { cartItemId, productId, quantity, unitPrice: '10.50' },
});

/** A cart with two items that becomes an order. */
export const cartHistory = (cartId: string, orderId = 'order_1', customerId: string | null = null) =>
  history(cartId, [
    { type: 'CartCreated', data: { customerId, sessionId: null, currency: 'EUR' } },
    added('1', 'prod_1'),
    added('2', 'prod_2', 2),
    { type: 'CartItemQuantityChanged', data: { cartItemId: '1', quantity: 5 } },
    { type: 'CartCheckedOut', data: { orderId, totalAmount: '73.50' } },
  ]);

export type Outcome = 'Confirmed' | 'Rejected' | 'Declined';

const placed = (orderId: string, customerId: string | null): DomainEvent => ({
  type: 'OrderCreated',
  data: {
    orderId,
    cartId: `cart_of_${orderId}`,
    customerId,
    sessionId: null,
    currency: 'EUR',
    lines: [
      { productId: 'prod_1', quantity: 5, unitPrice: '10.50' },
      { productId: 'prod_2', quantity: 2, unitPrice: '10.50' },
    ],
    totalAmount: '73.50',
    methodKind: 'CARD',
  },
});

const LINES = [
  { productId: 'prod_1', quantity: 5 },
  { productId: 'prod_2', quantity: 2 },
];

const reserved = (orderId: string): readonly DomainEvent[] => [
  { type: 'StockReserved', data: { orderId, ok: true, lines: LINES, expiresAt: '2026-01-02T04:00:00.000Z' } },
  {
    type: 'PaymentRequested',
    data: { orderId, amount: '73.50', currency: 'EUR', methodKind: 'CARD', attempt: 1 },
  },
];

const ENDINGS: Readonly<Record<Outcome, (orderId: string) => readonly DomainEvent[]>> = {
  Confirmed: (orderId) => [
    ...reserved(orderId),
    { type: 'PaymentSucceeded', data: { orderId, paymentId: 'pay_1', amount: '73.50', currency: 'EUR' } },
    { type: 'OrderConfirmed', data: { orderId } },
  ],
  Rejected: (orderId) => [
    {
      type: 'StockReservationFailed',
      data: { orderId, ok: false, shortages: [{ productId: 'prod_1', requested: 5, available: 1 }] },
    },
    { type: 'OrderRejected', data: { orderId, reason: 'OUT_OF_STOCK' } },
  ],
  Declined: (orderId) => [
    ...reserved(orderId),
    { type: 'PaymentFailed', data: { orderId, reason: 'PAYMENT_DECLINED', message: 'declined' } },
    { type: 'OrderCancelled', data: { orderId, reason: 'PAYMENT_DECLINED' } },
    { type: 'StockCompensated', data: { orderId, lines: LINES } },
  ],
};

/** The saga of an order of five prod_1 and two prod_2, to its end. */
export const orderHistory = (orderId: string, outcome: Outcome, customerId: string | null = null) =>
  history(orderId, [placed(orderId, customerId), ...ENDINGS[outcome](orderId)]);

/** A product and its first stock. */
export const productHistory = (productId: string, stock = 100) =>
  history(productId, [
    { type: 'ProductUpserted', data: { productId, name: `Product ${productId}`, price: '10.50', currency: 'EUR' } },
    { type: 'StockAdjusted', data: { productId, delta: stock, reason: null } },
  ]);
