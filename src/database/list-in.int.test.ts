import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase } from '../../harness/support/servers.ts';
import { type Db, migrate, openDatabase } from './index.ts';
import { listIn, statement } from './statement.ts';

const opened = new AsyncDisposableStack();
let db: Db;
beforeAll(async () => {
  const { url } = opened.use(await testDatabase());
  ({ db } = opened.use(openDatabase({ url, name: 'plans test', maxConnections: 1 })));
  await migrate(db);
  await sql`insert into read.cart (id, currency, items, version, updated_at)
    select 'cart_' || nth, 'EUR', '[]', 1, now() from generate_series(1, 1000) as nth`.execute(db);
  await sql`analyze read.cart`.execute(db);
});
afterAll(() => opened.disposeAsync());

const RUNS = 20;
/** PostgreSQL looks at the values so often before it decides whether that pays. */
const TRIED = 5;

const LOOK_UPS = {
  'a list of keys': `select id, version from read.cart where id = any(${listIn('$1')}::text[])`,
  'a list in the place of a table': `
    select found.id from unnest(${listIn('$1')}) as sought (id)
    cross join lateral (select id from read.cart where id = sought.id offset 0) as found`,
} as const;

const plansOf = async (text: string): Promise<unknown> => {
  const look = statement<{ readonly id: string }>(text);
  for (let run = 1; run <= RUNS; run += 1)
    expect(await look(db, [[`cart_${run}`]])).toMatchObject([{ id: `cart_${run}` }]);
  const { rows } = await sql<object>`
    select custom_plans::integer as custom, generic_plans::integer as generic from pg_prepared_statements
    where statement = ${text}`.execute(db);
  return rows;
};

describe('a statement that looks up a list', () => {
  it.each(Object.entries(LOOK_UPS))('is planned once for all lists: %s', async (_what, text) => {
    expect(await plansOf(text)).toEqual([{ custom: TRIED, generic: RUNS - TRIED }]);
  });

  it('would be planned for each one whose length is known', async () => {
    const known = LOOK_UPS['a list of keys'].replace(`${listIn('$1')}::text[]`, '$1::text[]');
    expect(await plansOf(known)).toEqual([{ custom: RUNS, generic: 0 }]);
  });
});
