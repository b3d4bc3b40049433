import { type Kysely, sql } from 'kysely';

// What only grows is never vacuumed for its dead rows: by what was inserted, and frozen at once, or else the first vacuum
// against wraparound reads all of it.
const UPKEEP = sql`(autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 100000,
  autovacuum_freeze_min_age = 0, autovacuum_analyze_scale_factor = 0.02)`;

/** Keeps the append-only tables frozen as they grow, and finds events by time without reading all of them (ADR-027). */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  for (const table of ['write.journal', 'saga.journal', 'audit.event_store'])
    await sql`alter table ${sql.table(table)} set ${UPKEEP}`.execute(db);
  await sql`create index event_store_by_time on audit.event_store using brin (occurred_at)`.execute(db);
};
