import type { ColumnType, Generated } from 'kysely';

type Instant = ColumnType<Date, Date | string, Date | string>;

export interface IdentityTable {
  readonly is_only: Generated<boolean>;
  readonly id: Generated<string>;
  readonly seal: Generated<string>;
}

/** The processes that run; a row ends with its heartbeats. */
export interface ProcessTable {
  readonly id: string;
  readonly written_by: Generated<string>;
  readonly instance: number;
  readonly roles: string[];
  readonly host: string;
  readonly pid: number;
  readonly version: string;
  readonly started_at: Instant;
  readonly beat_at: Instant;
}
