import { type Kysely, sql } from 'kysely';

/**
 * Partitions (ADR-076): how many there are, and in which one each event was stored. What was stored before is in partition 0,
 * which is found by position alone: the index costs nothing where there is one partition.
 */
const STATEMENTS = `
  create table audit.partitioning (
    id boolean primary key default true check (id),
    partitions smallint not null default 1 check (partitions between 1 and 64),
    most smallint not null default 1 check (most between partitions and 64),
    version integer not null default 1,
    changed_at timestamptz not null default now()
  );
  insert into audit.partitioning default values;
  alter table audit.event_store add column partition smallint not null default 0;
  create index event_store_by_partition on audit.event_store (partition, position) where partition > 0;
`;

export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql.raw(STATEMENTS).execute(db);
};
