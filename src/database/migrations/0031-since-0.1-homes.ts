import { type Kysely, sql } from 'kysely';

/** Which homes of tables are in this database (ADR-081). Each database has all tables; those of other homes are left unused. */
const STATEMENTS = `
  create table bus.home (
    name text primary key check (name in ('shared', 'write', 'saga', 'audit')),
    since timestamptz not null default now()
  );
  insert into bus.home (name) values ('shared'), ('write'), ('saga'), ('audit');
`;

export const up = async (db: Kysely<unknown>): Promise<void> => {
  await sql.raw(STATEMENTS).execute(db);
};
