import { type Kysely, sql } from 'kysely';

/**
 * How far an endpoint is in each partition of the event store (ADR-079): `head` is that of partition 0, as it was, and this has
 * those of the others, in the form of src/events/positions.ts.
 */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql`alter table webhook.endpoint add column other_heads text not null default '0'`.execute(db);
};
