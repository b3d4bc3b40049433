import { expect, it } from 'vitest';
import { ownMs } from '../../harness/support/own-time.ts';
import { testDatabase, testRedis } from '../../harness/support/servers.ts';
import { startProxy } from '../../harness/support/tcp-proxy.ts';
import { openStores } from './stores.ts';
import { openWorkerReadiness } from './worker-readiness.ts';

it('a PostgreSQL that falls silent is told of in time, and asked once at a time', async () => {
  await using redis = await testRedis();
  await using database = await testDatabase();
  await using proxy = await startProxy(database.url);
  await using stores = await openStores({ databaseUrl: proxy.url, redisUrl: redis.url });
  const ready = openWorkerReadiness(stores, ['saga']);
  expect(await ready()).toEqual({ postgresql: true, redis: true });
  proxy.openHole();
  await expect.poll(ready).toMatchObject({ postgresql: false });
  expect(await ownMs(ready)).toBeLessThan(3_000);
  expect(await ready()).toMatchObject({ postgresql: false });
  expect(stores.saga.pool.totalCount).toBe(1);
  proxy.healHole();
  await expect.poll(ready).toEqual({ postgresql: true, redis: true });
});

it('webhooks are not ready without the server of the event store', async () => {
  await using redis = await testRedis();
  await using database = await testDatabase();
  await using eventStore = await testDatabase();
  await using proxy = await startProxy(eventStore.url);
  const homes = { databaseUrl: database.url, databaseHomes: { audit: proxy.url } };
  await using stores = await openStores({ ...homes, redisUrl: redis.url });
  const ready = openWorkerReadiness(stores, ['webhooks']);
  expect(await ready()).toEqual({ postgresql: true, redis: true });
  proxy.leadTo('postgres://127.0.0.1:1');
  proxy.cutAll();
  await expect.poll(ready, { timeout: 5_000 }).toEqual({ postgresql: false, redis: true });
});
