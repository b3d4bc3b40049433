import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ownMs } from '../../harness/support/own-time.ts';
import { testDatabase, testRedis } from '../../harness/support/servers.ts';
import { openReadiness } from './readiness.ts';
import { openStores, type Stores } from './stores.ts';

const UP = { postgresql: true, commands: true, stock: true, redis: true, relay: true };

let opened: AsyncDisposableStack;
let stores: Stores;
let beside: Client;

beforeAll(async () => {
  opened = new AsyncDisposableStack();
  const redis = opened.use(await testRedis());
  const database = opened.use(await testDatabase());
  stores = opened.use(await openStores({ databaseUrl: database.url, redisUrl: redis.url }));
  beside = new Client({ connectionString: database.url });
  await beside.connect();
  opened.defer(() => beside.end());
});
afterAll(() => opened.disposeAsync());

/** Commands of the server's Redis so far. */
const redisCommands = async (): Promise<number> =>
  Number(/total_commands_processed:(\d+)/.exec(await stores.redis.gateway.info('stats'))?.[1]);

describe('readiness', () => {
  it('looks once for all who ask together, and soon after one another', async () => {
    const { ready } = openReadiness(stores);
    const before = await redisCommands();
    for (let round = 0; round < 5; round += 1) {
      const answers = await Promise.all(Array.from({ length: 200 }, ready));
      for (const answer of answers) expect(answer).toEqual(UP);
    }
    // Others are at work there, too: a thousand questions would be a thousand commands.
    expect((await redisCommands()) - before).toBeLessThan(100);
  });

  it('looks once at a time at tables that do not answer', async () => {
    const { ready } = openReadiness(stores);
    await beside.query('begin; lock table read.cart in access exclusive mode');
    const answers = await Promise.all(Array.from({ length: 20 }, ready));
    const waiting = await beside.query(
      `select count(*)::int as waiting from pg_locks where relation = 'read.cart'::regclass and not granted`,
    );
    await beside.query('rollback');
    expect(waiting.rows).toEqual([{ waiting: 1 }]);
    expect(new Set(answers.map(({ postgresql }) => postgresql))).toEqual(new Set([false]));
    await expect.poll(ready, { timeout: 5_000 }).toEqual(UP);
  });

  it('says that clients are answered as soon as one thing can be', async () => {
    const { servesAs } = openReadiness(stores);
    const serving = () => servesAs(['gateway']);
    await beside.query('begin; lock table read.cart in access exclusive mode');
    expect(await ownMs(async () => expect(await serving()).toBe(true))).toBeLessThan(1_000);
    await beside.query('lock table write.journal in access exclusive mode');
    await expect.poll(serving, { timeout: 5_000 }).toBe(false);
    await beside.query('rollback');
    await expect.poll(serving, { timeout: 10_000 }).toBe(true);
  });

  it('says so of the inventory-api while the stock can be read, though not changed', async () => {
    const { ready, servesAs } = openReadiness(stores);
    const serving = () => servesAs(['inventory-api']);
    await beside.query('begin; lock table saga.journal in access exclusive mode');
    await expect.poll(ready, { timeout: 5_000 }).toEqual({ ...UP, stock: false });
    expect(await serving()).toBe(true);
    await beside.query('lock table saga.stock in access exclusive mode');
    await expect.poll(serving, { timeout: 5_000 }).toBe(false);
    expect(await servesAs(['inventory-api', 'gateway', 'relay'])).toBe(true);
    await beside.query('rollback');
    await expect.poll(serving, { timeout: 10_000 }).toBe(true);
  });
});
