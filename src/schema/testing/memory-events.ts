import {
  CATALOGUE,
  type DomainEvent,
  encodeData,
  newId,
  type OrderEvent,
  PRODUCERS,
  type Recorded,
} from '../../events/index.ts';

const FIRST_INSTANT_MS = Date.UTC(2026, 0, 1);

/** The event in an envelope of its own; each a second after the one before. */
export const recordedEvent = <E extends DomainEvent>(aggregateId: string, event: E, number: number): Recorded<E> => {
  const { aggregateType, stream, schemaVersion } = CATALOGUE[event.type];
  const producer = event.type.startsWith('Stock') ? PRODUCERS.saga : PRODUCERS.api;
  return {
    event,
    envelope: {
      eventId: newId('Event'),
      type: event.type,
      stream,
      occurredAt: new Date(FIRST_INSTANT_MS + number * 1_000).toISOString(),
      aggregateType,
      aggregateId,
      version: number,
      correlationId: aggregateId,
      causationId: null,
      producer,
      producerInstance: `${producer}-1`,
      traceparent: null,
      schemaVersion,
      data: encodeData(event),
    },
  };
};

export const ORDER_ID = 'order_1';
export const CART_ID = 'cart_1';

/** The events of an order of two cups, by type. */
export const orderEvents = (customerId: string | null = null, orderId = ORDER_ID) => {
  const lines = [{ productId: 'prod_cup', quantity: 2 }];
  return {
    created: {
      type: 'OrderCreated',
      data: {
        orderId,
        cartId: CART_ID,
        customerId,
        sessionId: null,
        currency: 'EUR',
        lines: [{ productId: 'prod_cup', quantity: 2, unitPrice: '3.50' }],
        totalAmount: '7.00',
        methodKind: null,
      },
    },
    reserved: { type: 'StockReserved', data: { orderId, ok: true, lines, expiresAt: '2026-01-01T00:15:00Z' } },
    requested: {
      type: 'PaymentRequested',
      data: { orderId, amount: '7.00', currency: 'EUR', methodKind: 'CARD', attempt: 1 },
    },
    succeeded: { type: 'PaymentSucceeded', data: { orderId, paymentId: 'pay_1', amount: '7.00', currency: 'EUR' } },
    confirmed: { type: 'OrderConfirmed', data: { orderId } },
    failed: { type: 'PaymentFailed', data: { orderId, reason: 'PAYMENT_DECLINED', message: 'declined' } },
    cancelled: { type: 'OrderCancelled', data: { orderId, reason: 'changed my mind' } },
    refunded: {
      type: 'PaymentRefunded',
      data: { orderId, paymentId: 'pay_1', amount: '7.00', currency: 'EUR', reason: 'The order did not go through.' },
    },
    compensated: { type: 'StockCompensated', data: { orderId, lines } },
  } as const satisfies Record<string, OrderEvent>;
};
