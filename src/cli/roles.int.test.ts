import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import pg from 'pg';
import { expect, inject, it } from 'vitest';
import { testDatabase, testRedis } from '../../harness/support/servers.ts';

const run = promisify(execFile);

interface Ran {
  readonly stdout: string;
  readonly stderr: string;
}

/** `npm run roles`, which fails. */
const roles = async (prefix: string, databaseUrl: string, redisUrl: string): Promise<Ran> => {
  const env = { DATABASE_ADMIN_URL: databaseUrl, REDIS_ADMIN_URL: redisUrl };
  return run(process.execPath, ['src/cli/roles.ts', '--prefix', prefix], { env }).then(
    () => Promise.reject(new Error('It went well.')),
    (error: unknown) => error as Ran,
  );
};

const rolesThere = async (prefix: string): Promise<readonly string[]> => {
  const client = new pg.Client({ connectionString: inject('postgresUrl') });
  await client.connect();
  try {
    const { rows } = await client.query<{ readonly rolname: string }>(
      'select rolname from pg_roles where starts_with(rolname, $1)',
      [prefix],
    );
    return rows.map(({ rolname }) => rolname);
  } finally {
    await client.end();
  }
};

it('npm run roles changes nothing while a server of those that it is to change cannot be reached', async () => {
  await using database = await testDatabase();
  const { stdout, stderr } = await roles('unreached', database.url, 'redis://127.0.0.1:1');
  expect([stdout, stderr]).toEqual(['', expect.stringContaining('REDIS_ADMIN_URL cannot be used')]);
  expect(await rolesThere('unreached')).toEqual([]);
});

it('npm run roles prints the passwords that it has set, whatever fails afterwards', async () => {
  await using database = await testDatabase();
  await using redis = await testRedis({ users: ['helper on >secret ~* &* +@all -acl|setuser'] });
  const url = new URL(redis.url);
  url.username = 'helper';
  url.password = 'secret';
  const { stdout, stderr } = await roles('printed', database.url, url.href);
  expect(stderr).toContain('NOPERM');
  expect(stdout).toMatch(/^DATABASE_URL_SAGA=postgres:\/\/printed_saga:/m);
  expect(await rolesThere('printed')).toContain('printed_saga');
});
