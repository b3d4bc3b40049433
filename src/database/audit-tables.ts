import type { ColumnType, Generated } from 'kysely';
import type { EventColumns } from './event-columns.ts';

export interface EventStoreTable extends EventColumns {
  readonly position: ColumnType<string, never, never>;
  readonly version: number;
  readonly recorded_at: Generated<Date>;
  /** Within one, positions are in the order of commits. */
  readonly partition: Generated<number>;
}

/** One row: how the streams and the event store are divided. */
export interface PartitioningTable {
  readonly id: Generated<boolean>;
  readonly partitions: Generated<number>;
  readonly most: Generated<number>;
  readonly version: Generated<number>;
  readonly changed_at: Generated<Date>;
}
