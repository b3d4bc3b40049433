import { Client as PostgresClient } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../../harness/support/eventually.ts';
import { testDatabase } from '../../harness/support/servers.ts';
import {
  accepted,
  type Client,
  DeadLettersDocument,
  DiscardDeadLetterDocument,
  StartReplayDocument,
  StartVerificationDocument,
  UpkeepRunsDocument,
} from '../../src/cli/client.ts';
import { STREAMS } from '../../src/events/index.ts';
import type { DatabaseHome } from '../../src/platform/index.ts';
import { startPanier, type TestPanier } from './panier.ts';
import { ends, placeOrder, shelve, stands } from './shop.ts';

/** All that is in a database and at home elsewhere: keys of commands are kept wherever commands are answered. */
const FOREIGN: Readonly<Record<DatabaseHome, readonly string[]>> = {
  shared: ['schema write', 'schema saga', 'schema audit', 'schema read'],
  write: ['schema saga', 'schema audit', 'schema read'],
  saga: ['table write.journal', 'table write.outbox', 'table write.task', 'schema audit', 'schema read'],
  audit: ['schema write', 'schema saga'],
};
const SHARED = ['schema access', 'schema webhook', 'schema upkeep', 'table bus.dead_letter', 'table bus.process'];

const dropForeign = async (url: string, home: DatabaseHome): Promise<void> => {
  const client = new PostgresClient({ connectionString: url });
  await client.connect();
  const foreign = [...FOREIGN[home], ...(home === 'shared' ? [] : SHARED)];
  for (const each of foreign) await client.query(`drop ${each} cascade`);
  await client.end();
};

const lines: string[] = [];
/** Sweeps as often as can be, and tells of whatever is tried again. */
const SETTINGS = {
  maxDeliveries: 1,
  claimIdleMs: 200,
  sweepAfterMs: 300,
  logLevel: 'debug',
  onLine: (line: string) => void lines.push(line),
} as const;

let opened: AsyncDisposableStack;
let panier: TestPanier;
let client: Client;

beforeAll(async () => {
  opened = new AsyncDisposableStack();
  const database = async () => opened.use(await testDatabase());
  const shared = await database();
  const databaseHomes = {
    write: (await database()).url,
    saga: (await database()).url,
    audit: (await database()).url,
  };
  panier = opened.use(await startPanier({ databaseHomes, ...SETTINGS }, shared));
  const places = { shared: shared.url, ...databaseHomes };
  for (const [home, url] of Object.entries(places) as [DatabaseHome, string][]) await dropForeign(url, home);
  client = panier.client();
});
afterAll(() => opened.disposeAsync());

const letters = async () => (await client.request(DeadLettersDocument, { first: 10 })).deadLetters.edges;

const endedRun = (id: string) =>
  eventually(async () => {
    const run = (await client.request(UpkeepRunsDocument, { last: 5 })).upkeepRuns.find((each) => each.id === id);
    expect(['COMPLETED', 'FAILED']).toContain(run?.status);
    return run;
  }, 40_000);

describe('a panier of which each database has its own home alone, and nothing of the others', () => {
  it('confirms an order, and gives back the stock of one that is declined', async () => {
    const productId = await shelve(client, 10);
    const place = (paymentMethod: string) => placeOrder(client, [{ productId, quantity: 2 }], { paymentMethod });
    const [paid, declined] = [await place('pm_card_visa'), await place('pm_card_chargeDeclined')];
    expect(await ends(client, paid)).toMatchObject({ status: 'CONFIRMED' });
    expect(await ends(client, declined)).toMatchObject({ status: 'CANCELLED' });
    await stands(client, productId, { available: 8, reserved: 0, sold: 2 });
  });

  it('shows a dead letter of any group, and settles it', async () => {
    await panier.redis.xadd(STREAMS.orders, '*', 'event_type', 'OrderEaten');
    await eventually(async () => expect(await letters()).toHaveLength(3));
    for (const { node } of await letters()) {
      const input = { id: node.id, reason: 'a test' };
      const letter = accepted((await client.request(DiscardDeadLetterDocument, { input })).discardDeadLetter);
      expect(letter).toMatchObject({ state: 'DISCARDED' });
    }
  });

  it('holds every rule, each of them asked where it is at home', async () => {
    const input = { graceSeconds: 0, pauseSeconds: 2 };
    const { id } = accepted((await client.request(StartVerificationDocument, { input })).startVerification);
    const run = await endedRun(id);
    const others = run?.steps.filter(({ status }) => status !== 'HELD');
    expect(others?.map(({ name, status, findings }) => ({ name, status, findings }))).toEqual([]);
    expect(run).toMatchObject({ status: 'COMPLETED', reason: null });
  });

  it('folds its read models anew', async () => {
    const { id } = accepted((await client.request(StartReplayDocument, { input: { dryRun: false } })).startReplay);
    const run = await endedRun(id);
    expect(run).toMatchObject({ status: 'COMPLETED', reason: null });
    expect(run?.steps.filter(({ status }) => status === 'BROKEN')).toEqual([]);
  });

  it('asks nowhere for what is not there, whatever it does by itself', () => {
    expect(lines.filter((line) => line.includes('does not exist'))).toEqual([]);
  });

  it('is ready', async () => {
    const answer = await fetch(new URL('/readyz', panier.url));
    expect(await answer.json()).toMatchObject({
      checks: { postgresql: true, commands: true, redis: true, relay: true },
    });
  });
});
