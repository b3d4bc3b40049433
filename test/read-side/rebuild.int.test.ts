import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RebuildReport, RebuildRunning, rebuild } from '../../src/audit/index.ts';
import { readProjections } from '../../src/read/index.ts';
import { cartHistory, orderHistory, productHistory } from '../support/recorded.ts';
import { openReadSide, type ReadSide } from './read-side.ts';

let side: ReadSide;
beforeEach(async () => {
  side = await openReadSide();
});
afterEach(() => side[Symbol.asyncDispose]());

const run = (options: { readonly dryRun?: boolean; readonly onProgress?: () => void } = {}): Promise<RebuildReport> =>
  rebuild({ db: side.db, projections: readProjections, dryRun: false, onProgress: () => {}, ...options });

const differing = ({ tables }: RebuildReport): number => tables.reduce((sum, table) => sum + table.differing, 0);

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

describe('a rebuild', () => {
  it('gives the same read models as those that grew event by event', async () => {
    await side.audit().handle([...productHistory('prod_1', 1_000), ...productHistory('prod_2')]);
    await fill(0, 60);
    const report = await run();
    expect(report.tables).toEqual([
      { table: 'cart', rows: 60, differing: 0, examples: [] },
      { table: 'order', rows: 60, differing: 0, examples: [] },
      { table: 'order_step', rows: 20 * (5 + 3 + 6), differing: 0, examples: [] },
      { table: 'product', rows: 2, differing: 0, examples: [] },
      { table: 'hold', rows: 40, differing: 0, examples: [] },
    ]);
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
    const { rows } = await sql<{
      nspname: string;
    }>`select nspname from pg_namespace where nspname like 'read%'`.execute(side.db);
    expect(rows).toEqual([{ nspname: 'read' }]);
  });

  it('refuses to run beside another one', async () => {
    await fill(0, 2);
    const others: Promise<unknown>[] = [];
    await run({ onProgress: () => void others.push(run().catch((error: unknown) => error)) });
    expect(await Promise.all(others)).toEqual([expect.any(RebuildRunning)]);
  });

  it('begins anew after one that died', async () => {
    await fill(0, 2);
    await expect(run({ onProgress: dying })).rejects.toThrow('died');
    expect(differing(await run())).toBe(0);
  });
});
