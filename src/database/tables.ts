import type { ColumnType, Generated, JSONColumnType } from 'kysely';
import type { DeadLetterTable } from './dead-letter-table.ts';

type Json<T extends object | null> = ColumnType<T, string, string>;
type Instant = ColumnType<Date, Date | string, Date | string>;
/** A `bigint` of PostgreSQL; the driver hands it over as text. */
type Position = ColumnType<string, string | bigint, never>;

/** An envelope as a row: the columns that a journal and the event store have in common. */
export interface EventColumns {
  readonly event_id: string;
  readonly type: string;
  readonly stream: string;
  readonly occurred_at: Instant;
  readonly aggregate_type: string;
  readonly aggregate_id: string;
  readonly correlation_id: string;
  readonly causation_id: string | null;
  readonly producer: string;
  readonly producer_instance: string;
  readonly traceparent: string | null;
  readonly schema_version: number;
  readonly data: JSONColumnType<object>;
}

export interface JournalTable extends EventColumns {
  readonly position: ColumnType<string, never, never>;
  /** 1, 2, 3 … of the aggregate, own events and heard ones: the optimistic lock. */
  readonly sequence: number;
  readonly version: number | null;
  /** Another service's event that the aggregate took into account; never published from here. */
  readonly heard: boolean;
}

export interface OutboxTable {
  readonly position: Position;
  readonly queued_at: Generated<Date>;
}

export interface PublicationTable {
  readonly stream: string;
  readonly number: Position;
  readonly positions: string[];
  readonly last_entry_id: string;
  readonly published_at: Generated<Date>;
}

export interface IdentityTable {
  readonly is_only: Generated<boolean>;
  readonly id: Generated<string>;
}

export interface ProbeTable {
  readonly instance: number;
  readonly written_at: Instant;
}

export interface IdempotencyTable {
  readonly key: string;
  readonly request_hash: string;
  readonly result: Json<object>;
  readonly recorded_at: Generated<Date>;
}

export interface TaskTable {
  readonly kind: string;
  readonly order_id: string;
  due_at: Instant;
  attempts: number;
  readonly payload: Json<object>;
}

export interface SimulatedChargeTable {
  readonly idempotency_key: string;
  readonly order_id: string;
  readonly payment_id: string;
  readonly amount: string;
  readonly currency: string;
  readonly payment_method: string;
  readonly calls: number;
  readonly outcome: string;
  readonly refunded: Generated<boolean>;
}

export interface StockTable {
  readonly product_id: string;
  readonly available: number;
  readonly reserved: number;
  readonly sold: number;
}

export interface ReservationTable {
  readonly order_id: string;
  readonly state: string;
  readonly lines: Json<object>;
  /** The word of the order's owner that decided it; null before. */
  readonly verdict: Json<object> | null;
  /** Number of events that the saga has written for the order. */
  readonly version: number;
}

export interface AdjustmentTable {
  readonly event_id: string;
  readonly product_id: string;
  readonly delta: number;
  readonly applied: boolean;
}

export interface EventStoreTable extends EventColumns {
  readonly position: ColumnType<string, never, never>;
  readonly version: number;
  readonly recorded_at: Generated<Date>;
}

export interface CartTable {
  readonly id: string;
  readonly customer_id: string | null;
  readonly session_id: string | null;
  readonly currency: string;
  readonly items: Json<object>;
  readonly order_id: string | null;
  readonly version: number;
  readonly updated_at: Instant;
}

export interface OrderTable {
  readonly id: string;
  readonly customer_id: string | null;
  readonly cart_id: string | null;
  readonly status: string;
  readonly revision: number;
  readonly facts: Json<object>;
  /** Nothing more can come: see `readOrder`. */
  readonly is_complete: boolean;
  /** Until when it is the customer's turn to pay; null when it is not. */
  readonly payable_until: Instant | null;
  /** What was said of the order and is not believed; null when there is nothing of it. */
  readonly contradictions: Json<object> | null;
  /** When OrderCreated occurred; null while only other events of the order are known. */
  readonly created_at: Instant | null;
  readonly updated_at: Instant;
}

export interface OrderStepTable {
  readonly order_id: string;
  readonly revision: number;
  readonly event_position: Position;
  readonly status: string;
}

export interface ProductTable {
  readonly id: string;
  /** Null while only its stock is known. */
  readonly name: string | null;
  readonly price: string | null;
  readonly currency: string | null;
  /** Version and time of the ProductUpserted that the row shows. */
  readonly upserted_version: number;
  readonly available: number;
  readonly reserved: number;
  readonly sold: number;
}

/** What each order holds of the stock, so that any order of its events adds up to the same numbers. */
export interface HoldTable {
  readonly order_id: string;
  readonly facts: Json<object>;
}

/** Every table of panier; a schema of PostgreSQL each for write, saga, audit, bus and read. */
export interface Tables {
  'write.journal': JournalTable;
  'write.outbox': OutboxTable;
  'write.publication': PublicationTable;
  'write.idempotency': IdempotencyTable;
  'write.task': TaskTable;
  'write.simulated_charge': SimulatedChargeTable;
  'saga.journal': JournalTable;
  'saga.outbox': OutboxTable;
  'saga.publication': PublicationTable;
  'saga.stock': StockTable;
  'saga.reservation': ReservationTable;
  'saga.adjustment': AdjustmentTable;
  'audit.event_store': EventStoreTable;
  'bus.dead_letter': DeadLetterTable;
  'bus.identity': IdentityTable;
  'write.probe': ProbeTable;
}

/**
 * The read models. They stand apart because a rebuild writes them in a schema of its own before the schemas are swapped:
 * their queries say `withSchema`.
 */
export interface ReadTables {
  cart: CartTable;
  order: OrderTable;
  order_step: OrderStepTable;
  product: ProductTable;
  hold: HoldTable;
}
