import type { ColumnType, Generated } from 'kysely';
import type { EventStoreTable, PartitioningTable } from './audit-tables.ts';
import type {
  HomeTable,
  IdentityTable,
  PartitionLeaseTable,
  PartitionReaderTable,
  ProcessTable,
} from './bus-tables.ts';
import type { DeadLetterTable } from './dead-letter-table.ts';
import type { EventColumns } from './event-columns.ts';
import type { UpkeepTables } from './upkeep-table.ts';
import type { WebhookTables } from './webhook-tables.ts';

type Json<T extends object | null> = ColumnType<T, string, string>;
type Instant = ColumnType<Date, Date | string, Date | string>;
/** A `bigint` of PostgreSQL; the driver hands it over as text. */
type Position = ColumnType<string, string | bigint, never>;

export interface JournalTable extends EventColumns {
  readonly position: ColumnType<string, never, never>;
  /** 1, 2, 3 … of the aggregate, own events and received ones: the optimistic lock. */
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

/** References to payment methods, until the charge of the order is decided (ADR-051). */
export interface PaymentMethodTable {
  readonly order_id: string;
  readonly reference: string;
  readonly kept_since: Generated<Date>;
}

export interface SimulatedChargeTable {
  readonly idempotency_key: string;
  readonly order_id: string;
  readonly payment_id: string;
  readonly amount: string;
  readonly currency: string;
  readonly behaviour: string;
  readonly calls: number;
  readonly outcome: string;
  readonly refunded: Generated<boolean>;
}

/** The charges that Stripe was asked for (ADR-056). */
export interface StripeChargeTable {
  readonly idempotency_key: string;
  readonly order_id: string;
  readonly currency: string;
  /** As Stripe counts. */
  readonly amount_minor: Position;
  readonly payment_intent_id: string | null;
  readonly spent_keys: Generated<number>;
  readonly declined: string | null;
  readonly asked_at: Generated<Date>;
}

/** What payment providers have told of by themselves, once each: which event, and what it was about. */
export interface PaymentNoticeTable {
  readonly provider: string;
  readonly notice_id: string;
  readonly type: string;
  readonly about: string;
  /** Null: of a payment that is none of ours. */
  readonly order_id: string | null;
  readonly received_at: Generated<Date>;
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
  /** What it wants of an inventory elsewhere; null for an order that takes from the ledger. */
  readonly intent: Json<object> | null;
}

/** Orders of which calls to an inventory elsewhere are due (ADR-055). */
export interface RemoteTaskTable {
  readonly order_id: string;
  due_at: Instant;
  readonly answer_by: Instant;
  attempts: Generated<number>;
  claimed: Generated<boolean>;
}

export interface AdjustmentTable {
  readonly event_id: string;
  readonly product_id: string;
  readonly delta: number;
  readonly applied: boolean;
}

export interface VisitKeyTable {
  readonly number: ColumnType<string, never, never>;
  readonly kid: string;
  readonly secret: string;
  readonly created_at: Generated<Date>;
}

export interface RevocationTable {
  readonly subject: string;
  readonly issued_before: Instant;
  readonly number: Position;
}

/** Every table of panier but those of the read models, which say themselves what they are; a schema of PostgreSQL each. */
export interface Tables extends WebhookTables, UpkeepTables {
  'write.journal': JournalTable;
  'write.outbox': OutboxTable;
  'write.publication': PublicationTable;
  'write.idempotency': IdempotencyTable;
  'write.task': TaskTable;
  'write.payment_method': PaymentMethodTable;
  'write.simulated_charge': SimulatedChargeTable;
  'write.stripe_charge': StripeChargeTable;
  'write.payment_notice': PaymentNoticeTable;
  'saga.journal': JournalTable;
  'saga.outbox': OutboxTable;
  'saga.publication': PublicationTable;
  'saga.stock': StockTable;
  'saga.reservation': ReservationTable;
  'saga.adjustment': AdjustmentTable;
  'saga.remote_task': RemoteTaskTable;
  'audit.event_store': EventStoreTable;
  'audit.partitioning': PartitioningTable;
  'bus.dead_letter': DeadLetterTable;
  'bus.home': HomeTable;
  'bus.identity': IdentityTable;
  'bus.process': ProcessTable;
  'bus.partition_reader': PartitionReaderTable;
  'bus.partition_lease': PartitionLeaseTable;
  'write.probe': ProbeTable;
  'access.visit_key': VisitKeyTable;
  'access.revocation': RevocationTable;
}
