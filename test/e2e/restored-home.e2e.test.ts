import { execFile } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { copyDatabase } from '../../harness/support/copy-database.ts';
import { eventually } from '../../harness/support/eventually.ts';
import { type TestDatabase, type TestRedis, testDatabase, testRedis } from '../../harness/support/servers.ts';
import { JOURNALS, openDatabase } from '../../src/database/index.ts';
import { startPanier } from './panier.ts';
import { ends, orderOf, placeOrder, reaches, shelve, stands } from './shop.ts';

const run = promisify(execFile);

const PAID = { paymentMethod: 'pm_card_visa' };
/** Sweeps as often as can be. */
const QUICK = { sweepAfterMs: 300 };

let opened: AsyncDisposableStack;
let redis: TestRedis;
/** Everything but the event store; the event store; and a backup of this one, of before. */
let shared: TestDatabase;
let store: TestDatabase;
let backup: TestDatabase;
let productId: string;
let orderIds: readonly string[];

const asked = async (database: TestDatabase, text: string): Promise<readonly Readonly<Record<string, string>>[]> => {
  await using connected = openDatabase({ url: database.url, name: 'test', maxConnections: 1, readsWholeTables: true });
  return (await connected.pool.query<Record<string, string>>(text)).rows;
};

/** As it is when everything was handled long ago: swept to the end, and its publications forgotten. */
const settle = async (): Promise<void> => {
  for (const journal of JOURNALS) {
    await asked(shared, `delete from ${journal}.publication`);
    await asked(
      shared,
      `insert into ${journal}.sweep_checkpoint (consumer_group, position)
      select name, (select max(position) from ${journal}.journal)
      from unnest(array['event-audit-api', 'inventory-saga-consumer', 'ecommerce-api']) as name
      on conflict (consumer_group) do update set position = excluded.position`,
    );
  }
  // Else their heartbeats would be waited for until they are old.
  await asked(shared, 'delete from bus.process');
};

const beforeTheLoss = async (): Promise<void> => {
  await using panier = await startPanier({ ...QUICK, databaseHomes: { audit: store.url } }, shared, redis);
  const client = panier.client();
  productId = await shelve(client, 10);
  const buy = (given = {}) => placeOrder(client, [{ productId, quantity: 1 }], given);
  const [first, waiting] = [await buy(PAID), await buy()];
  await ends(client, first);
  await reaches(client, waiting, 'AWAITING_PAYMENT');
  await copyDatabase(store.url, backup.url);
  await asked(backup, `delete from bus.home where name <> 'audit'`);
  const lost = [await buy(PAID), await buy({ paymentMethod: 'pm_card_chargeDeclined' })];
  for (const id of lost) await ends(client, id);
  orderIds = [first, ...lost];
  for (const journal of JOURNALS)
    await eventually(async () => expect(await asked(shared, `select from ${journal}.outbox`)).toEqual([]));
};

beforeAll(async () => {
  opened = new AsyncDisposableStack();
  const databases = [await testDatabase(), await testDatabase(), await testDatabase()] as const;
  [shared, store, backup] = databases;
  for (const database of databases) opened.use(database);
  redis = opened.use(await testRedis());
  await beforeTheLoss();
  await settle();
});
afterAll(() => opened.disposeAsync());

const program = async (name: string, ...options: readonly string[]): Promise<string> => {
  const env = {
    ...process.env,
    DATABASE_URL: shared.url,
    PANIER_AUDIT_DATABASE_URL: backup.url,
    REDIS_URL: redis.url,
  };
  const path = join(import.meta.dirname, '../../src/cli', name);
  return (await run(process.execPath, [path, ...options], { env })).stdout;
};

const idsOf = (rows: readonly Readonly<Record<string, string>>[]): ReadonlySet<string> =>
  new Set(rows.map(({ event_id: id = '' }) => id));

const lackedByStore = async (): Promise<readonly string[]> => {
  const own = await asked(
    shared,
    'select event_id from write.journal where not heard union all select event_id from saga.journal where not heard',
  );
  const stored = idsOf(await asked(backup, 'select event_id from audit.event_store'));
  return [...idsOf(own)].filter((id) => !stored.has(id));
};

describe('an event store that was restored to an earlier moment than the journals', () => {
  it('gets what they recorded since, though it had it before', async () => {
    expect((await lackedByStore()).length).toBeGreaterThan(10);
    const list = join(mkdtempSync(join(inject('runDirectory'), 'restored-home-')), 'lost.jsonl');
    expect(await program('restored.ts', '--mend', '--to', list)).toContain('looks through the whole of each journal');
    await using panier = await startPanier({ ...QUICK, databaseHomes: { audit: backup.url } }, shared, redis);
    const client = panier.client();
    const latest = await placeOrder(client, [{ productId, quantity: 1 }], PAID);
    expect(await ends(client, latest, 30_000)).toMatchObject({ status: 'CONFIRMED' });
    await eventually(async () => expect(await lackedByStore()).toEqual([]), 20_000);
    const statuses = await Promise.all(orderIds.map(async (id) => (await orderOf(client, id)).status));
    expect(statuses).toEqual(['CONFIRMED', 'CONFIRMED', 'CANCELLED']);
    await stands(client, productId, { available: 6, reserved: 1, sold: 3 });
    expect(await program('verify.ts', '--grace-seconds', '0')).toMatch(/^All \d+ rules hold\.$/m);
  });
});
