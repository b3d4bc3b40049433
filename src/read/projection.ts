import type { Tx } from '../database/index.ts';
import type { AggregateType, DomainEvent, Recorded } from '../events/index.ts';

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

export const NO_CHANGES: Changes = { carts: [], orders: [], products: [] };

/** Builds a read model from batches of new events, in store order. The caller sees to it that no two run at once. */
export interface Projection<T = Tx> {
  readonly name: string;
  readonly apply: (tx: T, batch: readonly StoredRecorded[]) => Promise<Changes>;
}

/** The schema that holds the read models: the one that queries read, or the one that a rebuild fills. */
export type ReadSchema = 'read' | 'read_rebuild';

/** The events of one kind of aggregate, by its id, each list in store order. */
export const byAggregate = <E extends DomainEvent>(
  batch: readonly StoredRecorded[],
  aggregateType: AggregateType,
): ReadonlyMap<string, readonly StoredRecorded<E>[]> =>
  Map.groupBy(
    batch.filter(({ envelope }) => envelope.aggregateType === aggregateType) as unknown as readonly StoredRecorded<E>[],
    ({ envelope }) => envelope.aggregateId,
  );
