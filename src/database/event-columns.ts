import type { ColumnType, JSONColumnType } from 'kysely';

type Instant = ColumnType<Date, Date | string, Date | string>;

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
