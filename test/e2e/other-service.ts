import type { Redis } from 'ioredis';
import { sql } from 'kysely';
import {
  CATALOGUE,
  type DomainEvent,
  encodeData,
  newId,
  type OrderEvent,
  PRODUCERS,
  STREAMS,
} from '../../src/events/index.ts';
import type { TestPanier } from './panier.ts';

type Fields = Readonly<Record<string, string>>;

const aggregateIdOf = ({ data }: DomainEvent): string => {
  if ('orderId' in data) return data.orderId;
  return 'productId' in data ? data.productId : '';
};

/** The fields of an event as another service, in any language, would write them: without those that may be missing. */
export const entryOf = (event: DomainEvent, eventId: string = newId('Event')): Fields => {
  const { stream, aggregateType } = CATALOGUE[event.type];
  const aggregateId = aggregateIdOf(event);
  return {
    event_id: eventId,
    event_type: event.type,
    stream,
    occurred_at: new Date().toISOString(),
    aggregate_type: aggregateType,
    aggregate_id: aggregateId,
    correlation_id: aggregateId,
    producer: 'shop-service',
    producer_instance: 'shop-service-1',
    data: JSON.stringify(encodeData(event)),
  };
};

export const add = async (redis: Redis, stream: string, fields: Fields): Promise<void> => {
  await redis.xadd(stream, '*', ...Object.entries(fields).flat());
};

/** Another service says this, once or, with the same id, several times. */
export const say = async (redis: Redis, event: DomainEvent, times = 1): Promise<void> => {
  const entry = entryOf(event);
  for (let nth = 0; nth < times; nth += 1) await add(redis, CATALOGUE[event.type].stream, entry);
};

/** Somebody says this in the name of a service of panier. */
export const sayAs = async (redis: Redis, producer: string, event: DomainEvent): Promise<void> => {
  const by = { producer, producer_instance: `${producer}-9` };
  await add(redis, CATALOGUE[event.type].stream, { ...entryOf(event), ...by });
};

/** The owner of orders says this, where its own reactions do not run: it stands in its journal, as all that it says. */
export const sayAsOwner = async ({ redis, db }: TestPanier, event: DomainEvent): Promise<void> => {
  const fields: Fields = {
    ...entryOf(event),
    producer: PRODUCERS.api,
    producer_instance: `${PRODUCERS.api}-9`,
    schema_version: '1',
  };
  const columns = Object.keys(fields).filter((name) => name !== 'event_type');
  await sql`
    insert into write.journal (sequence, type, ${sql.raw(columns.join(', '))})
    select (select max(sequence) + 1 from write.journal where aggregate_id = ${fields['aggregate_id']}), ${event.type},
      ${sql.join(columns.map((name) => sql`${fields[name]}`))}`.execute(db);
  await add(redis, CATALOGUE[event.type].stream, fields);
};

/** An order of another service's own: of one product, to be paid with its own means. */
export const orderCreated = (orderId: string, productId: string, quantity: number): DomainEvent => ({
  type: 'OrderCreated',
  data: {
    orderId,
    cartId: newId('Cart'),
    customerId: null,
    sessionId: null,
    currency: 'EUR',
    lines: [{ productId, quantity, unitPrice: '12.50' }],
    totalAmount: (quantity * 12.5).toFixed(2),
    methodKind: null,
  },
});

export const paymentFailed = (orderId: string, message = 'The shop refused the payment.'): DomainEvent => ({
  type: 'PaymentFailed',
  data: { orderId, reason: 'PAYMENT_DECLINED', message },
});

export const paymentSucceeded = (orderId: string, amount = '12.50'): DomainEvent => ({
  type: 'PaymentSucceeded',
  data: { orderId, paymentId: newId('Payment'), amount, currency: 'EUR' },
});

const money = { amount: '12.50', currency: 'EUR' };

/** Every word on an order, as a service says it whose word it mostly is not. */
export const WORDS: Readonly<Record<OrderEvent['type'], (orderId: string, productId: string) => DomainEvent>> = {
  OrderCreated: (orderId, productId) => orderCreated(orderId, productId, 3),
  OrderConfirmed: (orderId) => ({ type: 'OrderConfirmed', data: { orderId } }),
  OrderRejected: (orderId) => ({ type: 'OrderRejected', data: { orderId, reason: 'OUT_OF_STOCK' } }),
  OrderCancelled: (orderId) => ({ type: 'OrderCancelled', data: { orderId, reason: 'no' } }),
  StockReserved: (orderId, productId) => {
    const lines = [{ productId, quantity: 9 }];
    return { type: 'StockReserved', data: { orderId, ok: true, lines, expiresAt: '9999-01-01T00:00:00Z' } };
  },
  StockReservationFailed: (orderId, productId) => {
    const shortages = [{ productId, requested: 1, available: 0 }];
    return { type: 'StockReservationFailed', data: { orderId, ok: false, shortages } };
  },
  StockCompensated: (orderId, productId) => ({
    type: 'StockCompensated',
    data: { orderId, lines: [{ productId, quantity: 1 }] },
  }),
  PaymentRequested: (orderId) => ({
    type: 'PaymentRequested',
    data: { orderId, ...money, methodKind: 'CARD', attempt: 1 },
  }),
  PaymentPending: (orderId) => ({ type: 'PaymentPending', data: { orderId, waitsFor: 'CUSTOMER' } }),
  PaymentDisputed: (orderId) => ({
    type: 'PaymentDisputed',
    data: { orderId, paymentId: newId('Payment'), disputeId: 'dp_1', ...money, reason: 'FRAUDULENT', status: 'OPEN' },
  }),
  PaymentRefunded: (orderId) => ({
    type: 'PaymentRefunded',
    data: { orderId, paymentId: newId('Payment'), ...money, reason: 'no' },
  }),
  PaymentSucceeded: (orderId) => ({
    type: 'PaymentSucceeded',
    data: { orderId, paymentId: newId('Payment'), amount: '10.005', currency: 'EUR' },
  }),
  PaymentFailed: (orderId) => ({ type: 'PaymentFailed', data: { orderId, reason: 'PAYMENT_DECLINED', message: 'no' } }),
};

/** What nobody can read, and on which stream it lies. */
export const garbage = (
  orderId: string,
): readonly { readonly what: string; readonly stream: string; readonly fields: Fields }[] => {
  const good = entryOf(paymentFailed(orderId));
  const { event_id: _, ...withoutId } = good;
  return Object.values(STREAMS).flatMap((stream) => [
    { what: 'bad JSON', stream, fields: { ...good, stream, data: '{"order_id":' } },
    { what: 'unknown type', stream, fields: { ...good, stream, event_type: 'OrderEaten' } },
    { what: 'missing id', stream, fields: { ...withoutId, stream } },
    { what: 'no event at all', stream, fields: { hello: 'world' } },
    { what: 'data of another type', stream, fields: { ...good, stream, data: '{"order_id":"order_1"}' } },
    { what: 'wrong stream', stream: stream === STREAMS.payments ? STREAMS.carts : stream, fields: good },
  ]);
};
