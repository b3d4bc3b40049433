import type { ColumnType, Generated } from 'kysely';

type Instant = ColumnType<Date, Date | string, Date | string>;

export interface IdentityTable {
  readonly is_only: Generated<boolean>;
  readonly id: Generated<string>;
  readonly seal: Generated<string>;
}

/** The homes that are in this database. */
export interface HomeTable {
  readonly name: string;
  readonly since: Generated<Date>;
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

/** Members of consumer groups that read partitions; a row ends with the process that renews it. */
export interface PartitionReaderTable {
  readonly written_by: Generated<string>;
  readonly consumer_group: string;
  readonly id: string;
  readonly consumer: string;
  readonly until: Instant;
}

/** Who reads what: the streams without partitions (`plain`), or a partition of all of them. */
export interface PartitionLeaseTable {
  readonly written_by: Generated<string>;
  readonly consumer_group: string;
  readonly unit: string;
  readonly reader_id: string;
  readonly since: Generated<Date>;
}
