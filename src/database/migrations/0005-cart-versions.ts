import { type Kysely, sql } from 'kysely';

/** Which events of a cart came too early, is asked for each that comes: not by reading all that it ever had. */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql`create index event_store_by_cart_version on audit.event_store (aggregate_id, version)
    where aggregate_type = 'Cart'`.execute(db);
};
