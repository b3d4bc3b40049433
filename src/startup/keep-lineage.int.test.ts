import { expect, it } from 'vitest';
import { testDatabase, testRedis } from '../../harness/support/servers.ts';
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
