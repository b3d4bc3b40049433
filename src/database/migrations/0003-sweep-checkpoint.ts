import { type Kysely, sql } from 'kysely';

/** Up to where a journal's events are known to have arrived at a consumer group. */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  for (const table of ['write.sweep_checkpoint', 'saga.sweep_checkpoint'])
    await sql`create table ${sql.table(table)} (consumer_group text primary key, position bigint not null)`.execute(db);
};
