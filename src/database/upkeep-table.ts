import type { ColumnType, Generated, JSONColumnType } from 'kysely';

type Instant = ColumnType<Date, Date | string, Date | string>;

interface UpkeepRunTable {
  readonly id: string;
  readonly kind: string;
  readonly settings: JSONColumnType<object>;
  readonly status: Generated<string>;
  /** Whoever started it, with their kind: `Operator ada`. */
  readonly requested_by: string;
  readonly requested_at: Generated<Date>;
  readonly request_key: string | null;
  readonly request_hash: string | null;
  readonly started_at: Instant | null;
  readonly ended_at: Instant | null;
  /** Until when whoever carries it out is known to be alive. */
  readonly lease_until: Instant | null;
  /** Whoever wants it ended; it may run on for a moment. */
  readonly cancelled_by: string | null;
  readonly steps: ColumnType<readonly object[], string | undefined, string>;
  readonly failure: string | null;
}

export interface UpkeepTables {
  'upkeep.run': UpkeepRunTable;
}
