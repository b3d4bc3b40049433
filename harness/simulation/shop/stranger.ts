import {
  CATALOGUE,
  type Envelope,
  encodeData,
  encodeEntry,
  newId,
  type OrderEvent,
  PRODUCERS,
} from '../../../src/events/index.ts';
import type { Random } from '../../support/random.ts';
import { EPOCH_MS } from '../engine/determinism.ts';
import type { World } from '../system/world.ts';

/** A service that is not panier's, whatever it says. */
export const STRANGER = 'shop-service';

type Word = (orderId: string) => OrderEvent['data'];
const lines = [{ productId: 'prod_1', quantity: 3 }];
const money = { amount: '21.00', currency: 'EUR' };
const payment = (paymentId: string, amount: string, currency: string): Word => {
  const data = { paymentId, amount, currency };
  return (orderId) => ({ orderId, ...data });
};

/** Every word on an order: whole payments and partial ones, too much, too little, unreadable and in another currency. */
export const WORDS: readonly (readonly [type: OrderEvent['type'], word: Word])[] = [
  [
    'OrderCreated',
    (orderId) => ({
      orderId,
      cartId: 'cart_1',
      customerId: null,
      sessionId: null,
      currency: 'EUR',
      lines: [{ productId: 'prod_1', quantity: 3, unitPrice: '7.00' }],
      totalAmount: '21.00',
      methodKind: 'CARD',
    }),
  ],
  ['OrderConfirmed', (orderId) => ({ orderId })],
  ['OrderRejected', (orderId) => ({ orderId, reason: 'OUT_OF_STOCK' })],
  ['OrderCancelled', (orderId) => ({ orderId, reason: 'no' })],
  ['StockReserved', (orderId) => ({ orderId, ok: true, lines, expiresAt: '9999-01-01T00:00:00Z' })],
  ['StockReservationFailed', (orderId) => ({ orderId, ok: false, shortages: [] })],
  ['StockCompensated', (orderId) => ({ orderId, lines })],
  ['PaymentRequested', (orderId) => ({ orderId, ...money, methodKind: 'CARD', attempt: 1 })],
  ['PaymentRefunded', (orderId) => ({ orderId, paymentId: 'pay_stranger_1', ...money, reason: 'no' })],
  ['PaymentFailed', (orderId) => ({ orderId, reason: 'PAYMENT_DECLINED', message: 'no' })],
  ['PaymentSucceeded', payment('pay_stranger_1', '1000.00', 'EUR')],
  ['PaymentSucceeded', payment('pay_stranger_2', '0.01', 'EUR')],
  ['PaymentSucceeded', payment('pay_stranger_3', '10.005', 'EUR')],
  ['PaymentSucceeded', payment('pay_stranger_4', '50.00', 'USD')],
];

export interface Saying {
  readonly orderId: string;
  readonly word: (typeof WORDS)[number];
  /** When he says that it happened; it may be any time. */
  readonly occurredAtMs: number;
  readonly producer?: string;
}

/** Says something of an order, on the stream on which it belongs. */
export const sayOf = (
  { bus, said }: World,
  { orderId, word: [type, of], occurredAtMs, producer = STRANGER }: Saying,
): void => {
  const { stream, aggregateType, schemaVersion, data: codec } = CATALOGUE[type];
  const data = codec.decode(encodeData({ type, data: of(orderId) } as OrderEvent)) as OrderEvent['data'];
  const envelope: Envelope = {
    eventId: newId('Event'),
    type,
    stream,
    occurredAt: new Date(occurredAtMs).toISOString(),
    aggregateType,
    aggregateId: orderId,
    version: null,
    correlationId: orderId,
    causationId: null,
    producer,
    producerInstance: `${producer}-1`,
    traceparent: null,
    schemaVersion,
    data: encodeData({ type, data } as OrderEvent),
  };
  const entry = encodeEntry(envelope);
  said.push({ stream, entry });
  bus.add(stream, entry);
};

/** Adds all that strangers said once more: what Redis loses of theirs only they can add again, and have to. */
export const sayAllAgain = ({ bus, said }: World): void => {
  const stands = (stream: string, id: string): boolean => bus.streams.get(stream)?.entries.at(-1)?.id === id;
  for (const { stream, entry } of said) while (!stands(stream, bus.add(stream, entry)));
};

const knownOrders = ({ database }: World): readonly string[] =>
  [...database.write.rows.committed.values()]
    .filter(({ envelope }) => envelope.type === 'OrderCreated' && envelope.producer === PRODUCERS.api)
    .map(({ envelope }) => envelope.aggregateId);

/** Says something of an order that there is, once or twice, now, earlier or later. */
export const meddle = (world: World, random: Random): void => {
  const orders = knownOrders(world);
  if (orders.length === 0) return;
  const saying = {
    orderId: random.pick(orders),
    word: random.pick(WORDS),
    occurredAtMs: EPOCH_MS + Math.floor(world.scheduler.nowMs) + random.pick([-60_000, 0, 60_000]),
  };
  sayOf(world, saying);
  if (random.chance(0.3)) sayOf(world, saying);
};
