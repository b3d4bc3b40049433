import type { EventType } from './catalogue.ts';
import type { Recorded } from './envelope.ts';
import { PRODUCERS } from './producers.ts';

/** Whose word is believed, by what is said; null is anybody's. Source: ADR-032. */
const SPEAKERS: Readonly<Record<EventType, string | null>> = {
  CartCreated: PRODUCERS.api,
  CartItemAdded: PRODUCERS.api,
  CartItemQuantityChanged: PRODUCERS.api,
  CartItemRemoved: PRODUCERS.api,
  CartCheckedOut: PRODUCERS.api,
  CartMerged: PRODUCERS.api,
  CartLinesMerged: PRODUCERS.api,
  VisitClaimed: PRODUCERS.api,
  OrderCreated: PRODUCERS.api,
  OrderConfirmed: PRODUCERS.api,
  OrderRejected: PRODUCERS.api,
  OrderCancelled: PRODUCERS.api,
  PaymentRequested: PRODUCERS.api,
  PaymentPending: PRODUCERS.api,
  PaymentRefunded: PRODUCERS.api,
  PaymentDisputed: PRODUCERS.api,
  StockReserved: PRODUCERS.saga,
  StockReservationFailed: PRODUCERS.saga,
  StockCompensated: PRODUCERS.saga,
  PaymentSucceeded: null,
  PaymentFailed: null,
  ProductUpserted: PRODUCERS.api,
  StockAdjusted: null,
  DeadLetterRetried: PRODUCERS.api,
  DeadLetterDiscarded: PRODUCERS.api,
};

/** The one service that is believed when it says so; null where everybody is. */
export const speakerOf = (type: EventType): string | null => SPEAKERS[type];

/** What one service alone is believed in, and which. */
export const SOLE_SPEAKERS: readonly (readonly [type: EventType, speaker: string])[] = Object.entries(SPEAKERS).flatMap(
  ([type, speaker]) => (speaker === null ? [] : [[type as EventType, speaker] as const]),
);

/** Whether the event comes from the order's owner, the one who decides on it. */
export const isOwners = ({ envelope }: Pick<Recorded, 'envelope'>): boolean => envelope.producer === PRODUCERS.api;

/** Whether the event is for its producer to say. */
export const isBelieved = ({ envelope, event }: Recorded): boolean => {
  const speaker = SPEAKERS[event.type];
  return speaker === null || speaker === envelope.producer;
};
