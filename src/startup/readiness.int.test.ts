import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, testRedis } from '../../harness/support/servers.ts';
import { openReadiness } from './readiness.ts';
import { openStores, type Stores } from './stores.ts';

const UP = { postgresql: true, commands: true, redis: true, relay: true };

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
    const ready = openReadiness(stores);
    const before = await redisCommands();
    for (let round = 0; round < 5; round += 1) {
      const answers = await Promise.all(Array.from({ length: 200 }, ready));
      for (const answer of answers) expect(answer).toEqual(UP);
    }
    // Others are at work there, too: a thousand questions would be a thousand commands.
    expect((await redisCommands()) - before).toBeLessThan(100);
  });

  it('looks once at a time at tables that do not answer', async () => {
    const ready = openReadiness(stores);
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
});
