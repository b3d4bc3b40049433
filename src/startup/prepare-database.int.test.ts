import { Client } from 'pg';
import { expect, it } from 'vitest';
import { eventually } from '../../harness/support/eventually.ts';
import { testDatabase } from '../../harness/support/servers.ts';
import { startProxy } from '../../harness/support/tcp-proxy.ts';
import { migrate, openDatabase } from '../database/index.ts';
import { bringUpToDate } from './prepare-database.ts';

const WAITING = `select from pg_locks where relation = 'public.panier_migration'::regclass and not granted`;

it('a start is refused by a server that falls silent while it is asked', async () => {
  await using database = await testDatabase();
  await using migrated = openDatabase({ url: database.url, name: 'test', maxConnections: 1 });
  await migrate(migrated.db);
  await using proxy = await startProxy(database.url);
  const beside = new Client({ connectionString: database.url });
  await beside.connect();
  await beside.query('begin; lock table public.panier_migration in access exclusive mode');
  const needed = { variable: 'DATABASE_URL', connections: 1 };
  const start = bringUpToDate(proxy.url, needed, { unansweredMs: 2_000 });
  const refusal = start.then(
    () => 'started',
    (error: Error) => error.message,
  );
  await eventually(async () => expect((await beside.query(WAITING)).rowCount).toBe(1));
  proxy.openHole();
  expect(await refusal).toMatch(/DATABASE_URL .* cannot be used: .*timeout/);
  await beside.end();
});
