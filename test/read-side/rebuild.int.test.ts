import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../../harness/support/eventually.ts';
import { cartHistory, orderHistory, productHistory } from '../../harness/support/recorded.ts';
import {
  type RebuildParts,
  type RebuildReport,
  RebuildRunning,
  type RebuildStage,
  rebuild,
  renewReadModels,
  ShadowDiffers,
} from '../../src/audit/index.ts';
import { definitionOf } from '../../src/database/index.ts';
import { readProjections } from '../../src/read/index.ts';
import { logger, openReadSide, type ReadSide } from './read-side.ts';

let side: ReadSide;
beforeEach(async () => {
  side = await openReadSide();
});
afterEach(() => side[Symbol.asyncDispose]());

type Options = Partial<Pick<RebuildParts, 'dryRun' | 'onProgress' | 'onStage' | 'signal'>>;

const run = (options: Options = {}): Promise<RebuildReport> =>
  rebuild({ db: side.db, projections: readProjections, dryRun: false, onProgress: () => {}, ...options });

const differing = ({ tables }: RebuildReport): number => tables.reduce((sum, table) => sum + table.differing, 0);

/** What is told of the tables that this file speaks of; of a later one the sum of all differences tells. */
const toldOf = ({ tables }: RebuildReport) =>
  tables.filter(({ table }) => ['cart', 'order', 'order_step', 'product', 'hold'].includes(table));

const OUTCOMES = ['Confirmed', 'Rejected', 'Declined'] as const;

/** Carts and orders, delivered stream by stream as a consumer would: the orders' events in whatever order. */
const fill = async (from: number, to: number): Promise<void> => {
  const audit = side.audit();
  for (let index = from; index < to; index += 1) {
    const outcome = OUTCOMES[index % OUTCOMES.length] ?? 'Confirmed';
    const order = orderHistory(`order_${index}`, outcome, `customer_${index % 7}`);
    await audit.handle([...cartHistory(`cart_${index}`, `order_${index}`), ...order.filter((_, nth) => nth % 2 === 1)]);
    await audit.handle(order.filter((_, nth) => nth % 2 === 0).toReversed());
  }
};

const dying = () => {
  throw new Error('died');
};

/** How many orders a reader sees, again and again. */
const readUntil = async (end: Promise<void>): Promise<readonly number[]> => {
  const counts: number[] = [];
  const over = new AbortController();
  const ending = end.finally(() => over.abort());
  while (!over.signal.aborted) {
    const { rows } = await sql<{ orders: number }>`select count(*)::int as orders from read."order"`.execute(side.db);
    counts.push(rows[0]?.orders ?? 0);
  }
  await ending;
  return counts;
};

const schemas = async (): Promise<readonly string[]> => {
  const { rows } = await sql<{ name: string }>`select nspname as name from pg_namespace
    where nspname like 'read%'`.execute(side.db);
  return rows.map(({ name }) => name);
};

describe('a rebuild', () => {
  it('gives the same read models as those that grew event by event', async () => {
    await side.audit().handle([...productHistory('prod_1', 1_000), ...productHistory('prod_2')]);
    await fill(0, 60);
    const report = await run();
    expect(differing(report)).toBe(0);
    expect(toldOf(report)).toEqual([
      { table: 'cart', rows: 60, differing: 0, examples: [] },
      { table: 'order', rows: 60, differing: 0, examples: [] },
      { table: 'order_step', rows: 20 * (5 + 3 + 6), differing: 0, examples: [] },
      { table: 'product', rows: 2, differing: 0, examples: [] },
      { table: 'hold', rows: 60, differing: 0, examples: [] },
    ]);
  });

  it('is made at the start of read models that another version wrote, once', async () => {
    await fill(0, 6);
    const status = async () => {
      const { rows } = await sql`select status from read."order" where id = 'order_0'`.execute(side.db);
      return rows;
    };
    const renew = () => renewReadModels({ db: side.db, projections: readProjections, logger });
    await sql`comment on schema read is null`.execute(side.db);
    await sql`update read."order" set status = 'OLD', facts = '{"succeeded":{},"refunded":{}}'
      where id = 'order_0'`.execute(side.db);
    await renew();
    expect(await status()).toEqual([{ status: 'CONFIRMED' }]);
    await sql`update read."order" set status = 'OLD' where id = 'order_0'`.execute(side.db);
    await renew();
    expect(await status()).toEqual([{ status: 'OLD' }]);
  });

  it('puts right what was lost or changed, and names it', async () => {
    await fill(0, 6);
    await sql`update read."order" set status = 'PENDING' where id = 'order_0'`.execute(side.db);
    await sql`delete from read.cart where id in ('cart_1', 'cart_2')`.execute(side.db);
    const report = await run();
    expect(report.tables.slice(0, 2)).toMatchObject([
      { table: 'cart', differing: 2, examples: ['cart_1', 'cart_2'] },
      { table: 'order', differing: 1, examples: ['order_0'] },
    ]);
    expect(differing(await run())).toBe(0);
  });

  it('changes nothing in a dry run', async () => {
    await fill(0, 2);
    await sql`delete from read.cart where id = 'cart_1'`.execute(side.db);
    expect(differing(await run({ dryRun: true }))).toBe(1);
    expect(differing(await run({ dryRun: true }))).toBe(1);
  });

  it('equals the live read models while events go on coming in', async () => {
    await fill(0, 20);
    const filling = fill(20, 80);
    const reading = readUntil(filling);
    const reports = [await run(), await run(), await run()];
    const counts = await reading;
    expect(counts).toEqual(counts.toSorted((one, other) => one - other));
    expect(reports.map(differing)).toEqual([0, 0, 0]);
    expect(await run()).toMatchObject({ events: 80 * 5 + 27 * 5 + 27 * 3 + 26 * 6 });
    expect(await schemas()).toEqual(['read']);
  });

  it('refuses to run beside another one', async () => {
    await fill(0, 2);
    const others: Promise<unknown>[] = [];
    await run({ onProgress: () => void others.push(run().catch((error: unknown) => error)) });
    expect(await Promise.all(others)).toEqual([expect.any(RebuildRunning)]);
  });

  it('begins anew after one that died with its process', async () => {
    await fill(0, 2);
    await execute('create schema read_rebuild', 'create table read_rebuild.cart (id text)');
    expect(differing(await run())).toBe(0);
  });

  it('that fails, or is ended while it folds or compares, leaves nothing behind and changes nothing', async () => {
    await fill(0, 2);
    await sql`delete from read.cart`.execute(side.db);
    await expect(run({ onProgress: dying })).rejects.toThrow('died');
    for (const told of ['onProgress', 'onStage'] as const) {
      const ending = new AbortController();
      const end = () => ending.abort(new Error('ended'));
      await expect(run({ [told]: end, signal: ending.signal })).rejects.toThrow('ended');
    }
    expect(await schemas()).toEqual(['read']);
    expect(await carts()).toBe(0);
  });

  it('that is ended when the new ones are in place is done, and the next one takes away what it left', async () => {
    await fill(0, 2);
    await sql`delete from read.cart`.execute(side.db);
    // A reader of the old table keeps it from being dropped, not from being replaced.
    await side.db.transaction().execute(async (tx) => {
      await sql`select from read.cart`.execute(tx);
      let isOver = false;
      const done = run().finally(() => {
        isOver = true;
      });
      await Promise.all([eventually(() => cancelDrops(() => isOver)), done]);
      expect(new Set(await schemas())).toEqual(new Set(['read', 'read_replaced']));
    });
    expect(await carts()).toBe(2);
    expect(differing(await run())).toBe(0);
    expect(await schemas()).toEqual(['read']);
  });

  it('tells of each table that it compares, and when the new ones are in place', async () => {
    await fill(0, 2);
    const stages: RebuildStage[] = [];
    const { tables } = await run({ onStage: (stage) => stages.push(stage) });
    const compared = tables.map((comparison) => ({ type: 'Compared', comparison }));
    expect(stages).toEqual([
      { type: 'Comparing', tables: tables.map(({ table }) => table) },
      ...compared,
      { type: 'Swapped' },
    ]);
    stages.length = 0;
    await run({ dryRun: true, onStage: (stage) => stages.push(stage) });
    expect(stages.at(-1)?.type).toBe('Compared');
  });
});

/** Ends the statements that wait to drop tables, until told that there will be no more. */
const cancelDrops = async (isOver: () => boolean): Promise<void> => {
  await sql`select pg_cancel_backend(pid) from pg_stat_activity
    where wait_event_type = 'Lock' and query like 'drop schema%' and datname = current_database()`.execute(side.db);
  if (!isOver()) throw new Error('The rebuild is not over.');
};

const carts = async (): Promise<number> => {
  const { rows } = await sql<{ carts: number }>`select count(*)::int as carts from read.cart`.execute(side.db);
  return rows[0]?.carts ?? 0;
};

const renew = (projections = readProjections) => renewReadModels({ db: side.db, projections, logger });
const raised: typeof readProjections = (schema) =>
  readProjections(schema).map((each) => (each.name === 'carts' ? { ...each, version: each.version + 1 } : each));

describe('a start', () => {
  it('builds the read models anew when one of them is new or of another version, and only then', async () => {
    await renew();
    await fill(0, 2);
    await execute('truncate read.cart');
    await renew();
    expect(await carts()).toBe(0);
    await renew(raised);
    expect(await carts()).toBe(2);
    await execute('truncate read.cart');
    await renew(raised);
    expect(await carts()).toBe(0);
  });
});

const execute = async (...statements: readonly string[]): Promise<void> => {
  for (const statement of statements) await sql.raw(statement).execute(side.db);
};

const definition = (): Promise<readonly string[]> => side.db.transaction().execute((tx) => definitionOf(tx, 'read'));

/** What migrations and operators may have made of the read models, of each kind one. */
const MIGRATED = [
  `alter table read.cart add column "a Note" text collate "C" default 'none', add column shouted text
    generated always as (upper(currency)) stored,
    add constraint has_version check (version > 0), alter column items set storage external`,
  'alter table read.product alter column name type varchar(500), drop column reserved',
  'alter table read.product add column reserved integer not null default 0',
  'alter table read."order" set (fillfactor = 55, autovacuum_vacuum_scale_factor = 0.3)',
  'alter table read.hold rename constraint hold_pkey to hold_by_order',
  'alter index read.order_open rename to orders_under_way',
  'create unique index cart_of_order on read.cart (order_id) include (currency) where order_id is not null',
  'create index order_by_facts on read."order" (lower(id) text_pattern_ops, (facts->>\'total\') desc nulls last)',
  'alter table read.order_step add unique nulls not distinct (event_position, order_id)',
  'create table read.cart_left (cart_id text, day date, nth bigint generated by default as identity (start 5), primary key (day, cart_id)) with (fillfactor = 60)',
  'alter table read.cart_left add foreign key (cart_id) references read.cart on delete cascade deferrable',
  `create trigger keep_steps before truncate on read.order_step
    for each statement execute function public.panier_refuse_change()`,
  'grant usage on schema read to pg_monitor',
  'grant select on read.cart to public',
];

describe('the tables of a rebuild', () => {
  it('are made as those that they replace, whatever has been made of these', async () => {
    await side.audit().handle(productHistory('prod_1'));
    await fill(0, 3);
    const unchanged = await definition();
    await execute(...MIGRATED);
    const before = await definition();
    expect(before.length).toBeGreaterThan(unchanged.length + 10);
    const reports = [await run(), await run()];
    expect(reports.map(differing)).toEqual([0, 0]);
    expect(reports[0]?.tables.map(({ table }) => table)).toContain('cart_left');
    expect(await definition()).toEqual(before);
  });

  it('are compared by what they say, in whatever order columns were added', async () => {
    await side.audit().handle(productHistory('prod_1'));
    await fill(0, 3);
    await execute(
      'alter table read.product rename column name to old_name',
      'alter table read.product add column name text',
      'update read.product set name = old_name',
      'alter table read.product drop column old_name',
    );
    expect(differing(await run({ dryRun: true }))).toBe(0);
    await execute(
      "update read.product set name = 'another' where id = 'prod_1'",
      "update read.order_step set status = 'PENDING' where revision = 3",
    );
    const report = await run({ dryRun: true });
    expect(differing(report)).toBe(4);
    expect(toldOf(report)).toMatchObject([
      { table: 'cart', differing: 0 },
      { table: 'order', differing: 0 },
      {
        table: 'order_step',
        differing: 3,
        examples: ['order_0 revision 3', 'order_1 revision 3', 'order_2 revision 3'],
      },
      { table: 'product', differing: 1, examples: ['prod_1'] },
      { table: 'hold', differing: 0 },
    ]);
  });

  it('do not take their place when these were changed meanwhile: the change would be lost', async () => {
    await fill(0, 3);
    const adding: Promise<void>[] = [];
    const addColumn = (): void => void adding.push(execute('alter table read.cart add column if not exists late text'));
    await expect(run({ onProgress: addColumn })).rejects.toThrow(/changed.*late/);
    await Promise.all(adding);
    expect(await definition()).toContainEqual(expect.stringContaining('cart.late text'));
    expect(differing(await run())).toBe(0);
  });

  it('are not made when something beside them would be lost', async () => {
    await execute('create view read.open_cart as select id from read.cart where order_id is null');
    const failure: unknown = await run().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ShadowDiffers);
    expect(String(failure)).toContain('open_cart');
  });
});
