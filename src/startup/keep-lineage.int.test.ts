import { Redis } from 'ioredis';
import { expect, it } from 'vitest';
import { testDatabase, testRedis } from '../../harness/support/servers.ts';
import { IDENTITY_KEY } from '../bus/index.ts';
import { databaseIdentity, migrate, openDatabase, standingOf } from '../database/index.ts';
import { STREAMS } from '../events/index.ts';
import { markPlaces } from '../relay/index.ts';
import { openStores } from './stores.ts';

/** As `npm run roles` made it before there were timelines. */
const FORMER_USER = 'former on >secret ~panier:database ~panier:tried ~{* ~ecommerce.* &* +@all';

it('a user of Redis who may not keep timelines keeps nobody from a start', async () => {
  await using database = await testDatabase();
  await using redis = await testRedis({ users: [FORMER_USER] });
  const url = new URL(redis.url);
  url.username = 'former';
  url.password = 'secret';
  await using stores = await openStores({ databaseUrl: database.url, redisUrl: url.href });
  expect(stores.lineage.known).toHaveLength(1);
});

const toldOf = async (redisUrl: string, system: string): Promise<string | null> => {
  const redis = new Redis(redisUrl);
  const told = await redis.get(`panier:timeline:${system}`);
  redis.disconnect();
  return told;
};

const factsOf = async (url: string) => {
  await using database = openDatabase({ url, name: 'test', maxConnections: 1 });
  await migrate(database.db);
  const { id } = await databaseIdentity(database.db);
  return { id, system: (await standingOf(database.db))?.system ?? '' };
};

it('a process tells Redis on which timeline it is as it starts, and one that is refused tells it of nothing', async () => {
  await using database = await testDatabase();
  await using redis = await testRedis();
  const urls = { databaseUrl: database.url, redisUrl: redis.url };
  const { id, system } = await factsOf(database.url);
  const [place] = markPlaces(Object.values(STREAMS));
  const connection = new Redis(redis.url);
  // Theirs, who run on the database that this one is an older copy of.
  await connection.set(IDENTITY_KEY, id);
  await connection.set(place?.key ?? '', '9999:1-1:');
  await expect(openStores(urls)).rejects.toThrow('Redis is newer than the database');
  expect(await toldOf(redis.url, system)).toBeNull();
  await connection.flushall();
  connection.disconnect();
  await using _stores = await openStores(urls);
  expect(await toldOf(redis.url, system)).toBe('1');
});
