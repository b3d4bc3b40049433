import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { testDatabase, testRedis } from '../../harness/support/servers.ts';
import { partitioningIn } from '../../src/audit/index.ts';
import { migrate, openDatabase } from '../../src/database/index.ts';

const run = promisify(execFile);
const PROGRAM = join(import.meta.dirname, '../../src/cli/partitions.ts');

it('there come no partitions while a process of another version runs, which may know of none', async () => {
  await using postgres = await testDatabase();
  await using redis = await testRedis();
  await using database = openDatabase({ url: postgres.url, name: 'test', maxConnections: 1 });
  await migrate(database.db);
  const env = { ...process.env, DATABASE_URL: postgres.url, REDIS_URL: redis.url };
  const changeTo = (partitions: number) => run(process.execPath, [PROGRAM, String(partitions)], { env });
  await sql`insert into bus.process (id, instance, roles, host, pid, version, started_at, beat_at)
    values (gen_random_uuid(), 3, '{webhooks}', 'there', 1, '0.0.9', now(), now())`.execute(database.db);
  await expect(changeTo(4)).rejects.toThrow('Processes of another version run (instance 3 of 0.0.9)');
  expect(await partitioningIn(database.db)).toEqual({ partitions: 1, most: 1 });
  expect(await changeTo(1)).toMatchObject({ stdout: 'New events go to one partition.\n' });
});
