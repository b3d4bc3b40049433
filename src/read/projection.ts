import type { Tx } from '../database/index.ts';
import type {
  AggregateType,
  CartEvent,
  DeadLetterEvent,
  DomainEvent,
  OrderEvent,
  ProductEvent,
  Recorded,
} from '../events/index.ts';

/** An event of the event store. */
export interface StoredRecorded<E extends DomainEvent = DomainEvent> extends Recorded<E> {
  readonly position: bigint;
}

/** The ids of what a batch changed. */
export interface Changes {
  readonly carts: readonly string[];
  readonly orders: readonly string[];
  readonly products: readonly string[];
}

const NO_CHANGES: Changes = { carts: [], orders: [], products: [] };

/** What a fold changed. Its rows are being written: whether they were, the commit tells. */
export interface Folded {
  readonly changes: Changes;
  readonly written: Promise<unknown>;
}

export const folded = (changes: Partial<Changes>, ...writes: readonly Promise<void>[]): Folded => {
  const written = Promise.all(writes);
  // Whoever commits looks at it later than it may fail.
  written.catch(() => {});
  return { changes: { ...NO_CHANGES, ...changes }, written };
};

/** Folds new events, in store order, into the rows that were read for them. */
export type Fold = (events: readonly StoredRecorded[]) => Promise<Folded>;

export interface Upcoming {
  /** What is to be folded, or may turn out to be known. */
  readonly batch: readonly Recorded[];
  /** The events of the store below this position were stored before the batch. */
  readonly below: bigint;
}

/**
 * Builds a read model from batches of events. `prepare` asks at once for all rows that a batch may concern; the fold that
 * comes of it is called once, with those of its events that are new. The caller sees to it that no two run at once.
 */
export interface Projection<T = Tx> {
  readonly name: string;
  readonly prepare: (tx: T, upcoming: Upcoming) => Promise<Fold>;
}

/** The schema that holds the read models: the one that queries read, or the one that a rebuild fills. */
export type ReadSchema = 'read' | 'read_rebuild';

interface EventsOf {
  readonly Cart: CartEvent;
  readonly Order: OrderEvent;
  readonly Product: ProductEvent;
  readonly DeadLetter: DeadLetterEvent;
}

/** The catalogue says whose event it is, and the envelope says the same: no other is decoded. */
const isOf =
  <A extends AggregateType>(aggregateType: A) =>
  (each: StoredRecorded): each is StoredRecorded<EventsOf[A]> =>
    each.envelope.aggregateType === aggregateType;

/** The events of one kind of aggregate, by its id, each list in store order. */
export const byAggregate = <A extends AggregateType>(
  batch: readonly StoredRecorded[],
  aggregateType: A,
): ReadonlyMap<string, readonly StoredRecorded<EventsOf[A]>[]> =>
  Map.groupBy(batch.filter(isOf(aggregateType)), ({ envelope }) => envelope.aggregateId);

/** The aggregates of one kind that a batch concerns, each once. */
export const aggregateIds = (batch: readonly Recorded[], aggregateType: AggregateType): readonly string[] => [
  ...new Set(batch.flatMap(({ envelope }) => (envelope.aggregateType === aggregateType ? envelope.aggregateId : []))),
];
