import { CATALOGUE, type DataOf, type EventOf, encodeData, newId, PRODUCERS, type Recorded } from '../events/index.ts';
import type { Received } from './apply.ts';

interface Origin {
  readonly producer?: string;
  readonly eventId?: string;
  readonly traceparent?: string;
  readonly occurredAt?: string;
}

/** An event as it comes off the bus; by the order's owner unless another producer is named. */
const received = <E extends Received>(event: E, origin: Origin = {}): Recorded<E> => {
  const { aggregateType, stream, schemaVersion } = CATALOGUE[event.type];
  const aggregateId = 'orderId' in event.data ? event.data.orderId : event.data.productId;
  const producer = origin.producer ?? PRODUCERS.api;
  const envelope = {
    eventId: origin.eventId ?? newId('Event'),
    type: event.type,
    stream,
    occurredAt: origin.occurredAt ?? '2026-01-01T00:00:00.000Z',
    aggregateType,
    aggregateId,
    version: null,
    correlationId: aggregateId,
    causationId: null,
    producer,
    producerInstance: `${producer}-1`,
    traceparent: origin.traceparent ?? null,
    schemaVersion,
    data: encodeData(event),
  };
  return { envelope, event };
};

export const created = (orderId: string, quantities: Readonly<Record<string, number>>, origin?: Origin) => {
  const lines = Object.entries(quantities).map(([productId, quantity]) => ({ productId, quantity, unitPrice: '1.00' }));
  return createdWithLines(orderId, lines, origin);
};

export const createdWithLines = (orderId: string, lines: DataOf<'OrderCreated'>['lines'], origin?: Origin) => {
  const rest = { cartId: 'cart_1', customerId: null, sessionId: null, currency: 'EUR', methodKind: null };
  return received({ type: 'OrderCreated', data: { orderId, ...rest, lines, totalAmount: '1.00' } }, origin);
};

export const confirmed = (orderId: string, origin?: Origin): Recorded<EventOf<'OrderConfirmed'>> =>
  received({ type: 'OrderConfirmed', data: { orderId } }, origin);

export const cancelled = (orderId: string, origin?: Origin): Recorded<EventOf<'OrderCancelled'>> =>
  received({ type: 'OrderCancelled', data: { orderId, reason: 'changed my mind' } }, origin);

export const rejected = (orderId: string, origin?: Origin): Recorded<EventOf<'OrderRejected'>> =>
  received({ type: 'OrderRejected', data: { orderId, reason: 'OUT_OF_STOCK' } }, origin);

export const failed = (
  orderId: string,
  origin?: Origin,
  reason = 'PAYMENT_DECLINED',
): Recorded<EventOf<'PaymentFailed'>> =>
  received({ type: 'PaymentFailed', data: { orderId, reason, message: 'declined' } }, origin);

export const adjusted = (productId: string, delta: number, origin?: Origin): Recorded<EventOf<'StockAdjusted'>> =>
  received({ type: 'StockAdjusted', data: { productId, delta, reason: null } }, { producer: 'warehouse', ...origin });

export const upserted = (productId: string): Recorded<EventOf<'ProductUpserted'>> =>
  received({ type: 'ProductUpserted', data: { productId, name: productId, price: '1.00', currency: 'EUR' } });
