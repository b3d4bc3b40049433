import type { ColumnType, Generated } from 'kysely';

export interface DeadLetterTable {
  readonly consumer_group: string;
  readonly stream: string;
  readonly entry_id: string;
  readonly fields: ColumnType<object, string, string>;
  readonly error: string;
  readonly deliveries: number;
  readonly first_at: Generated<Date>;
  readonly last_at: Generated<Date>;
  /** `dead_…`: the same for the same entry of the same group. */
  readonly id: ColumnType<string, never, never>;
  /** In the order in which they were kept. */
  readonly number: ColumnType<string, never, never>;
  readonly state: ColumnType<string, never, string>;
  /** Why it was discarded. */
  readonly reason: ColumnType<string | null, never, string | null>;
  readonly settled_at: ColumnType<Date | null, never, Date>;
  /** Version of the operator's event that was carried out last; 0 before the first. */
  readonly settled_version: ColumnType<number, never, number>;
}
