import { type Kysely, sql } from 'kysely';

/** The key by which services know what is their own on the streams (ADR-045): 244 random bits. A backup has it, too. */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql`alter table bus.identity add column seal text not null
    default replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', '')`.execute(db);
};
