import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { history, productHistory } from '../../../harness/support/recorded.ts';
import { rowsReadFor } from '../../../harness/support/rows-read.ts';
import { openReadSide, type ReadSide } from '../../../test/read-side/read-side.ts';
import { type ProductPageRequest, productQueries } from './queries.ts';

const NAMES: Readonly<Record<string, string>> = {
  prod_1: 'Espresso Machine',
  prod_2: 'Espresso Cup',
  prod_10: 'Cup and Saucer',
  prod_11: 'Machine Oil, 100 ml',
};

const named = (productId: string, name: string, delta: number) =>
  history(productId, [
    { type: 'ProductUpserted', data: { productId, name, price: '10.50', currency: 'EUR' } },
    { type: 'StockAdjusted', data: { productId, delta, reason: null } },
  ]);

let side: ReadSide;
beforeAll(async () => {
  side = await openReadSide();
  for (const [id, name] of Object.entries(NAMES)) await side.audit().handle(named(id, name, id === 'prod_2' ? 0 : 5));
});
afterAll(() => side[Symbol.asyncDispose]());

const pageAt = (request: ProductPageRequest, db = side.db) =>
  productQueries.productPage(db, { ...(request.last == null ? { first: 20 } : {}), ...request });
const idsAt = async (request: ProductPageRequest): Promise<readonly string[]> =>
  (await pageAt(request)).edges.map(({ node }) => node.id);

describe('products', () => {
  it('come in the natural order of their ids, in pages, forwards and backwards', async () => {
    expect(await idsAt({})).toEqual(Object.keys(NAMES));
    const { edges } = await pageAt({ first: 2 });
    expect(await idsAt({ first: 1, after: edges[1]?.cursor })).toEqual(['prod_10']);
    expect(await idsAt({ last: 1, before: edges[1]?.cursor })).toEqual(['prod_1']);
  });

  it('are found by the beginnings of words of their names', async () => {
    expect(await idsAt({ filter: { name: 'ESPR' } })).toEqual(['prod_1', 'prod_2']);
    expect(await idsAt({ filter: { name: 'mach e' } })).toEqual(['prod_1']);
    expect(await idsAt({ filter: { name: '100' } })).toEqual(['prod_11']);
    expect(await idsAt({ filter: { name: 'spresso' } })).toEqual([]);
    const { edges } = await pageAt({ first: 1, filter: { name: 'cup' } });
    expect(await idsAt({ after: edges[0]?.cursor, filter: { name: 'cup' } })).toEqual(['prod_10']);
    expect(await idsAt({ last: 1, filter: { name: 'cup' } })).toEqual(['prod_10']);
  });

  it('are found by whether there are any', async () => {
    expect(await idsAt({ filter: { available: false } })).toEqual(['prod_2']);
    expect(await idsAt({ filter: { available: true } })).toEqual(['prod_1', 'prod_10', 'prod_11']);
    expect(await idsAt({ filter: { available: true, name: 'cup' } })).toEqual(['prod_10']);
  });

  it('are found by the name that they have, and no other, also out of a rebuild', async () => {
    const [renamed] = named('prod_1', 'Grinder', 0);
    if (renamed === undefined) throw new Error('no event');
    const envelope = { ...renamed.envelope, eventId: 'event_renamed', version: 7 };
    await side.audit().handle([{ ...renamed, envelope }]);
    expect(await idsAt({ filter: { name: 'espresso' } })).toEqual(['prod_2']);
    expect(await idsAt({ filter: { name: 'grinder' } })).toEqual(['prod_1']);
    const { tables } = await side.rebuild();
    for (const table of ['product', 'product_term'])
      expect(tables).toContainEqual(expect.objectContaining({ table, differing: 0 }));
    expect(await idsAt({ filter: { name: 'grinder' } })).toEqual(['prod_1']);
  });

  it('stay on their page of the table when their stock changes', async () => {
    await side.audit().handle(productHistory('prod_hot', 100));
    const writesOfIndexes = async (tx: typeof side.db): Promise<number> => {
      const { rows } = await sql<{ other: number }>`
        select (n_tup_upd - n_tup_hot_upd)::int as other from pg_stat_xact_user_tables
        where relid = 'read.product'::regclass`.execute(tx);
      return rows[0]?.other ?? 0;
    };
    await side.db.transaction().execute(async (tx) => {
      const before = await writesOfIndexes(tx);
      for (const available of [99, 98, 97])
        await sql`update read.product set available = ${available} where id = 'prod_hot'`.execute(tx);
      expect(await writesOfIndexes(tx)).toBe(before);
      await sql`update read.product set available = 0 where id = 'prod_hot'`.execute(tx);
      expect(await writesOfIndexes(tx)).toBe(before + 1);
    });
  });
});

const fill = async (): Promise<void> => {
  await sql`insert into read.product (id, natural_id, name, price, currency, upserted_version, available)
    select 'prod_x' || nth, 'prod_x' || lpad(length(nth::text)::text, 2, '0') || nth, 'Thing', '1.00', 'EUR', 1,
      case when nth % 100 = 0 then 1 else 0 end
    from generate_series(1, 50000) as nth`.execute(side.db);
  await sql`insert into read.product_term (product_id, term, natural_id)
    select id, term, natural_id from read.product cross join lateral unnest(array['t', 'thing']) as term
    where id like 'prod_x%'`.execute(side.db);
  await sql`analyze read.product`.execute(side.db);
  await sql`analyze read.product_term`.execute(side.db);
};

const FILTERS: readonly (ProductPageRequest['filter'] | undefined)[] = [
  undefined,
  { available: true },
  { available: false },
  { name: 'thing' },
  { name: 't thing', available: false },
  { name: 'nothing' },
];

describe('a page of fifty thousand products', () => {
  beforeAll(fill, 60_000);

  it.each(FILTERS)('is read by an index, and little more than it shows: %j', async (filter) => {
    for (const turn of [{}, { last: 20 }])
      for (const table of ['read.product', 'read.product_term']) {
        const { read } = await rowsReadFor(side.db, table, (tx) => pageAt({ filter, ...turn }, tx));
        expect(read.scanned).toBe(0);
        expect(read.byIndex).toBeLessThan(140);
      }
  });
});
