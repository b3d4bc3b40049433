import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { eventually } from '../../harness/support/eventually.ts';
import { testDatabase, testRedis } from '../../harness/support/servers.ts';
import { type Db, migrate, openDatabase } from '../database/index.ts';

/** How its sessions wait, which PostgreSQL has. */
const waitsOf = async (db: Db, program: string): Promise<readonly (string | null)[]> => {
  const { rows } = await sql<{ readonly wait: string | null }>`
    select wait_event_type as wait from pg_stat_activity
    where datname = current_database() and application_name = ${`panier ${program}`}`.execute(db);
  return rows.map(({ wait }) => wait);
};

it.each(['replay', 'verify'])('npm run %s that is killed while it waits holds nothing for longer', async (program) => {
  await using postgres = await testDatabase();
  await using redis = await testRedis();
  await using database = openDatabase({ url: postgres.url, name: 'test', maxConnections: 2 });
  const { db } = database;
  await migrate(db);
  await db.transaction().execute(async (tx) => {
    await sql`set local idle_in_transaction_session_timeout = 0`.execute(tx);
    await sql`lock table read."order" in access exclusive mode`.execute(tx);
    const env = { DATABASE_URL: postgres.url, REDIS_URL: redis.url };
    const child = spawn(process.execPath, [`src/cli/${program}.ts`], { env, stdio: 'ignore' });
    const ended = once(child, 'exit');
    await eventually(async () => expect(await waitsOf(db, program)).toContain('Lock'), 20_000);
    child.kill('SIGKILL');
    await ended;
    await eventually(async () => expect(await waitsOf(db, program)).toEqual([]), 3_000);
  });
});
