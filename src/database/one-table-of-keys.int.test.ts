import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { testDatabase } from '../../harness/support/servers.ts';
import { migrate } from './migrate.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { openDatabase } from './open.ts';

const NAME = '0008-one-table-of-keys';
const KEY = 'a "key", \\ with ü';

it('the keys of adjustStock are kept among those of all commands, with their age', async () => {
  await using server = await testDatabase({ template: 'template1' });
  await using database = openDatabase({ url: server.url, name: 'test', maxConnections: 2 });
  const { db } = database;
  const earlier = Object.entries(MIGRATIONS).filter(([name]) => name < NAME);
  await migrate(db, Object.fromEntries(earlier));
  await sql`insert into saga.idempotency (key, request_hash, result, recorded_at)
    values (${KEY}, 'hash', '{}', '2026-01-02T03:04:05Z')`.execute(db);
  await migrate(db);
  const kept = await db.selectFrom('write.idempotency').select(['key', 'request_hash', 'recorded_at']).execute();
  expect(kept).toEqual([
    { key: JSON.stringify([null, KEY]), request_hash: 'hash', recorded_at: new Date('2026-01-02T03:04:05Z') },
  ]);
});
