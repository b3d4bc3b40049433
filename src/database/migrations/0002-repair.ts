import { type Kysely, sql } from 'kysely';
import { openOrderIndex } from '../read-model-tables.ts';

const DEAD_LETTERS = `
  alter table bus.dead_letter
    add column id text not null
      generated always as ('dead_' || md5(consumer_group || ' ' || stream || ' ' || entry_id)) stored,
    add column number bigint generated always as identity,
    add column state text not null default 'OPEN',
    add column reason text,
    add column settled_at timestamptz,
    add column settled_version integer not null default 0,
    add unique (id);
  create index dead_letter_by_number on bus.dead_letter (state, number);
`;

export const up = async (db: Kysely<unknown>): Promise<void> => {
  for (const statement of [DEAD_LETTERS, openOrderIndex('read')]) await sql.raw(statement).execute(db);
};
