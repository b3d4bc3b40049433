import { type Kysely, sql } from 'kysely';

/** When an event began to wait: not when it occurred, for what Redis lost is put back into the outbox long after. */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  for (const outbox of ['write.outbox', 'saga.outbox'])
    await sql`alter table ${sql.table(outbox)} add column queued_at timestamptz not null default now()`.execute(db);
};
