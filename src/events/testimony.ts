import type { OrderEvent } from './catalogue.ts';
import type { Recorded } from './envelope.ts';
import { PRODUCERS } from './producers.ts';

type OrderEventType = OrderEvent['type'];

/** Whose word on an order is believed, by what is said; null is anybody's. Source: ADR-032. */
const SPEAKERS: Readonly<Record<OrderEventType, string | null>> = {
  OrderCreated: PRODUCERS.api,
  OrderConfirmed: PRODUCERS.api,
  OrderRejected: PRODUCERS.api,
  OrderCancelled: PRODUCERS.api,
  PaymentRequested: PRODUCERS.api,
  PaymentRefunded: PRODUCERS.api,
  StockReserved: PRODUCERS.saga,
  StockReservationFailed: PRODUCERS.saga,
  StockCompensated: PRODUCERS.saga,
  PaymentSucceeded: null,
  PaymentFailed: null,
};

/** The one service that is believed when it says so of an order; null where everybody is. */
export const speakerOf = (type: OrderEventType): string | null => SPEAKERS[type];

/** Whether the event comes from the order's owner, the one who decides on it. */
export const isOwners = ({ envelope }: Pick<Recorded, 'envelope'>): boolean => envelope.producer === PRODUCERS.api;

/** Whether the event is for its producer to say. */
export const isBelieved = ({ envelope, event }: Recorded<OrderEvent>): boolean => {
  const speaker = SPEAKERS[event.type];
  return speaker === null || speaker === envelope.producer;
};
