import { causeOf } from '../bus/index.ts';
import type { DomainEvent, EventOf, Recorded } from '../events/index.ts';
import { assertNever } from '../platform/index.ts';
import { type Circumstances, decide, isOwnersWord, type OwnersWord } from './decide.ts';
import { traceDecision } from './decision-span.ts';
import { applyWaiting, type Ledger, levelOf, reservationOf } from './ledger.ts';
import { evolve, isRemote, placeOf, type Reservation } from './reservation.ts';
import { move } from './stock.ts';

/** Who keeps the stock, and when it is. */
export type Applying = Omit<Circumstances, 'stock'>;

/** What the saga receives; it passes over every other event, and over what an order's owner did not say. */
export type Received = OwnersWord | EventOf<'ProductUpserted' | 'StockAdjusted'>;

export const isReceived = (recorded: Recorded): recorded is Recorded<Received> =>
  recorded.event.type === 'ProductUpserted' || recorded.event.type === 'StockAdjusted' || isOwnersWord(recorded);

/** Takes one event into the ledger. */
export const apply = (ledger: Ledger, recorded: Recorded<Received>, at: Applying): void => {
  const { envelope, event } = recorded;
  switch (event.type) {
    case 'ProductUpserted':
      return;
    case 'StockAdjusted':
      return applyAdjustment(ledger, { envelope, event });
    case 'OrderCreated':
    case 'OrderConfirmed':
    case 'OrderRejected':
    case 'OrderCancelled':
    case 'PaymentFailed':
      return applyOrder(ledger, { envelope, event }, at);
  }
  return assertNever(event);
};

const applyAdjustment = (ledger: Ledger, { envelope, event }: Recorded<EventOf<'StockAdjusted'>>): void => {
  const { eventId } = envelope;
  // The saga's own adjustments come back through the stream, and any adjustment may come twice.
  if (ledger.adjustments.has(eventId)) return;
  const { productId, delta } = event.data;
  ledger.adjustments.set(eventId, { eventId, productId, delta, isApplied: false });
  applyWaiting(ledger, productId);
};

const applyOrder = (ledger: Ledger, recorded: Recorded<OwnersWord>, at: Applying): void => {
  const { orderId } = recorded.event.data;
  const { reservation, version } = reservationOf(ledger, orderId);
  const { reservation: received, answer } = decide(reservation, recorded, { ...at, stock: ledger.stock });
  const next = answer === null ? received : evolve(received, answer);
  if (next === reservation) return;
  if (!isRemote(next)) moveStock(ledger, reservation, next);
  ledger.reservations.set(orderId, { reservation: next, version: answer === null ? version : version + 1 });
  if (answer !== null) ledger.answers.push(answering(recorded, answer, version + 1));
};

const answering = ({ envelope }: Recorded<OwnersWord>, event: DomainEvent, version: number) => ({
  event,
  aggregateId: envelope.aggregateId,
  sequence: version,
  version,
  causationId: envelope.eventId,
  traceparent: traceDecision({ cause: causeOf(envelope), orderId: envelope.aggregateId }, event),
});

const moveStock = (ledger: Ledger, before: Reservation, after: Reservation): void => {
  const from = placeOf(before);
  const to = placeOf(after);
  if (from === to) return;
  for (const { productId, quantity } of (from === 'available' ? after : before).lines) {
    ledger.stock.set(productId, move(levelOf(ledger, productId), { quantity, from, to }));
    if (to === 'available') applyWaiting(ledger, productId);
  }
};
