import { Redis } from 'ioredis';
import { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import { copyDatabase } from '../../harness/support/copy-database.ts';
import { eventually } from '../../harness/support/eventually.ts';
import { type TestDatabase, testDatabase, testRedis } from '../../harness/support/servers.ts';
import { startProxy } from '../../harness/support/tcp-proxy.ts';
import { sessionOptions } from '../../src/database/index.ts';
import { STREAMS } from '../../src/events/index.ts';
import { openStores } from '../../src/startup/index.ts';
import { expectSound } from '../e2e/invariants.ts';
import { startPanier, type TestPanier } from '../e2e/panier.ts';
import { ends, placeOrder, shelve, stands } from '../e2e/shop.ts';
import { refusalOf } from './refusal-of.ts';
import { STATES } from './states.ts';

const UUID = /[0-9a-f]{8}-[0-9a-f-]{27}/g;
const anonymous = (sentence: string): string =>
  sentence.replaceAll(UUID, '…').replace(/published to .* is not/, 'published to … is not');

const sell = async (panier: TestPanier, productId: string): Promise<string> => {
  const orderId = await placeOrder(panier.client(), [{ productId, quantity: 1 }], { paymentMethod: 'pm_card_visa' });
  expect(await ends(panier.client(), orderId, 30_000)).toMatchObject({ status: 'CONFIRMED' });
  return orderId;
};

const readiness = async ({ url }: { readonly url: string }) => {
  const response = await fetch(new URL('/health/ready', url));
  return (await response.json()) as { readonly checks: Readonly<Record<string, boolean>> };
};

describe('a Redis of another database', () => {
  it('is refused at the start, and the one whose it is goes on undisturbed', async () => {
    await using panier = await startPanier();
    await using other = await testDatabase();
    const productId = await shelve(panier.client(), 5);
    const urls = { databaseUrl: other.url, redisUrl: panier.redisServer.url };
    expect(anonymous(await refusalOf(urls))).toBe(STATES.foreignRedis.start);
    const refusalWithoutMark = async (): Promise<string> => {
      // Whose Redis it is writes its mark again, now and then: perhaps just between the two.
      await panier.redis.del('panier:database');
      return refusalOf(urls);
    };
    await expect.poll(refusalWithoutMark).toMatch(/is not in the journal/);
    await sell(panier, productId);
    await expectSound(panier.db);
  });

  it('is one for each database that comes to it at once', async () => {
    await using redis = await testRedis();
    await using stack = new AsyncDisposableStack();
    const databases = await Promise.all([1, 2, 3].map(async () => stack.use(await testDatabase())));
    const starts = databases.map(({ url }) => openStores({ databaseUrl: url, redisUrl: redis.url }));
    const ended = await Promise.allSettled(starts);
    for (const each of ended) if (each.status === 'fulfilled') await each.value[Symbol.asyncDispose]();
    expect(ended.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected', 'rejected']);
  });

  it('serves two that take a prefix each', async () => {
    await using redis = await testRedis();
    await using one = await startPanier({ redisPrefix: 'one:' }, undefined, redis);
    await using two = await startPanier({ redisPrefix: 'two:' }, undefined, redis);
    const paniers = [one, two];
    const products = await Promise.all(paniers.map((panier) => shelve(panier.client(), 3)));
    await Promise.all(paniers.map((panier, nth) => sell(panier, products[nth] ?? '')));
    for (const [nth, panier] of paniers.entries())
      await stands(panier.client(), products[nth] ?? '', { available: 2, reserved: 0, sold: 1 });
    for (const panier of paniers) await expectSound(panier.db);
    const keys = await one.redis.keys('*');
    expect(keys.filter((key) => !/^(one|two):/.test(key))).toEqual([]);
    expect(keys).toContain(`one:${STREAMS.orders}`);
  });
});

describe('an upgrade', () => {
  it('adopts the Redis that it used without a mark', async () => {
    await using panier = await startPanier();
    const productId = await shelve(panier.client(), 5);
    await sell(panier, productId);
    await panier.redis.del('panier:database');
    await using _ = await panier.another({ roles: ['gateway'] });
    expect(await panier.redis.get('panier:database')).toMatch(UUID);
  });
});

/** Keeps the rows of now, so that they can be put back later. */
const backUp = async (source: TestDatabase): Promise<TestDatabase> => {
  const backup = await testDatabase();
  await copyDatabase(source.url, backup.url);
  return backup;
};

describe('a Redis that is newer than the database', () => {
  it('is refused beside an older backup, and taken when it is empty', async () => {
    await using source = await testDatabase();
    await using redis = await testRedis();
    let backup: TestDatabase;
    let productId = '';
    {
      await using panier = await startPanier({}, source, redis);
      productId = await shelve(panier.client(), 5);
      await sell(panier, productId);
      backup = await backUp(source);
      await sell(panier, productId);
    }
    await using restored = backup;
    const refusal = await refusalOf({ databaseUrl: restored.url, redisUrl: redis.url });
    expect(anonymous(refusal)).toBe(STATES.newerRedis.start);
    const connection = new Redis(redis.url);
    await connection.flushdb();
    connection.disconnect();
    await using panier = await startPanier({}, restored, redis);
    await sell(panier, productId);
    await stands(panier.client(), productId, { available: 3, reserved: 0, sold: 2 });
    await expectSound(panier.db);
  });
});

describe('a Redis that is swapped under a running panier', () => {
  it('is neither read nor written while it is another database’s, and everything goes on when the right one is back', async () => {
    await using right = await testRedis();
    await using foreign = await startPanier({}, undefined, await testRedis(right));
    const foreignProduct = await shelve(foreign.client(), 3);
    await sell(foreign, foreignProduct);
    const proxy = await startProxy(right.url);
    await using _proxy = proxy;
    await using panier = await startPanier({}, undefined, { ...right, url: proxy.url });
    const productId = await shelve(panier.client(), 5);
    await sell(panier, productId);
    const lengths = () => Promise.all(Object.values(STREAMS).map((stream) => foreign.redis.xlen(stream)));
    const before = await lengths();
    proxy.leadTo(foreign.redisServer.url);
    proxy.cut();
    await eventually(async () => expect((await readiness(panier)).checks).toMatchObject({ redis: false }));
    const orderId = await placeOrder(panier.client(), [{ productId, quantity: 1 }], { paymentMethod: 'pm_card_visa' });
    expect(await lengths()).toEqual(before);
    proxy.leadTo(right.url);
    proxy.cut();
    expect(await ends(panier.client(), orderId, 30_000)).toMatchObject({ status: 'CONFIRMED' });
    await eventually(async () => expect((await readiness(panier)).checks).toMatchObject({ redis: true }));
    await sell(foreign, foreignProduct);
    await expectSound(panier.db);
    await expectSound(foreign.db);
  });
});

describe('a database that is restored under a running panier', () => {
  it('is told by its journal: nothing is published or read until Redis is emptied', async () => {
    await using panier = await startPanier();
    const productId = await shelve(panier.client(), 5);
    await sell(panier, productId);
    const owner = new Client(sessionOptions({ url: panier.databaseUrl, name: 'owner' }));
    await owner.connect();
    await owner.query('alter table write.journal disable trigger keep_forever');
    await owner.query("delete from write.journal where type = 'OrderConfirmed'");
    await owner.end();
    await eventually(async () => expect((await readiness(panier)).checks).toMatchObject({ redis: false }));
    await panier.redis.flushdb();
    await eventually(async () => expect((await readiness(panier)).checks).toMatchObject({ redis: true }));
  });
});
