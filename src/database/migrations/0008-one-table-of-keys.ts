import { type Kysely, sql } from 'kysely';

/**
 * The keys of adjustStock go to those of all other commands, named as theirs are: by customer (here an operator: null) and
 * key. Their hashes are of another making, so that a repetition across this migration is a conflict, and done once.
 */
export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql`
    insert into write.idempotency (key, request_hash, result, recorded_at)
    select '[null,' || to_json(key)::text || ']', request_hash, result, recorded_at from saga.idempotency
    on conflict (key) do nothing`.execute(db);
  await sql`drop table saga.idempotency`.execute(db);
};
