import {
  type AggregateType,
  type CartEvent,
  type DeadLetterEvent,
  isBelieved,
  type OrderEvent,
  type ProductEvent,
  type Recorded,
  type VisitEvent,
} from '../events/index.ts';
import type { StoredRecorded } from './projection.ts';

interface EventsOf {
  readonly Cart: CartEvent;
  readonly Visit: VisitEvent;
  readonly Order: OrderEvent;
  readonly Product: ProductEvent;
  readonly DeadLetter: DeadLetterEvent;
}

/**
 * Whether an event is of this kind of aggregate, and for its producer to say: else a read model would show what its owner
 * knows nothing of. Of an order, whose reading sets such events aside by itself, all are taken. The catalogue says whose an
 * event is, and the envelope the same; no other is decoded.
 */
export const isOf =
  <A extends AggregateType>(aggregateType: A) =>
  <R extends Recorded>(each: R): each is R & Recorded<EventsOf[A]> =>
    each.envelope.aggregateType === aggregateType && (aggregateType === 'Order' || isBelieved(each));

/** The events of one kind of aggregate, by its id, each list in store order. */
export const byAggregate = <A extends AggregateType>(
  batch: readonly StoredRecorded[],
  aggregateType: A,
): ReadonlyMap<string, readonly StoredRecorded<EventsOf[A]>[]> =>
  Map.groupBy(batch.filter(isOf(aggregateType)), ({ envelope }) => envelope.aggregateId);

/** The aggregates of one kind that a batch concerns, each once. */
export const aggregateIds = (batch: readonly Recorded[], aggregateType: AggregateType): readonly string[] => [
  ...new Set(batch.filter(isOf(aggregateType)).map(({ envelope }) => envelope.aggregateId)),
];
