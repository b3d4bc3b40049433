import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Redis } from 'ioredis';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, type TestRedis, testDatabase, testRedis } from '../../harness/support/servers.ts';
import { sleep } from '../../src/platform/index.ts';
import { freePort, readRunningServers } from '../../src/servers/index.ts';

type Environment = Readonly<Record<string, string>>;

const MAX_WAITS = 450;

/** All that was ever printed. */
let printed = '';

const run = promisify(execFile);

const runScript = async (script: string, env: Environment, ...args: readonly string[]): Promise<string> => {
  const { stdout, stderr } = await run(process.execPath, [`src/cli/${script}.ts`, ...args], { env: envOf(env) });
  printed += stdout + stderr;
  return stdout;
};

const envOf = (env: Environment) => ({ PATH: process.env['PATH'] ?? '', LOG_LEVEL: 'trace', ...env });

/** What it said on its way to an end that is no good one. */
const failureOf = async (script: string, env: Environment): Promise<string> => {
  try {
    await runScript(script, env);
  } catch (error) {
    return (error as { readonly stderr: string }).stderr;
  }
  throw new Error(`${script} did not fail.`);
};

/** `npm start`; resolves once it says that it runs. */
const startPanier = async (env: Environment): Promise<ChildProcess> => {
  const child = spawn(process.execPath, ['src/cli/start.ts'], { env: envOf(env), stdio: ['ignore', 'pipe', 'pipe'] });
  let own = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      own += text;
      printed += text;
    });
  for (let waits = 0; !own.includes('panier is running'); waits += 1) {
    if (child.exitCode !== null || waits === MAX_WAITS) {
      await stop(child);
      throw new Error(`It did not start:\n${own}`);
    }
    await sleep(100);
  }
  return child;
};

const stop = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
};

type Row = Readonly<Record<string, string>>;

const query = async (url: string, text: string): Promise<readonly Row[]> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
};

const redisUsers = async (url: string): Promise<ReadonlySet<string>> => {
  const redis = new Redis(url);
  const list = String(await redis.call('CLIENT', 'LIST'));
  await redis.quit();
  return new Set([...list.matchAll(/ user=(\S+)/g)].map(([, name = '']) => name));
};

const SERVICES = `
  select distinct usename::text as name from pg_stat_activity
  where application_name like 'panier %' and datname = current_database() order by 1`;

const ROLES = ['audit', 'commands', 'owner', 'read', 'relay', 'saga', 'webhooks'].map((service) => `panier_${service}`);

const filesBelow = (directory: string): readonly string[] =>
  readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.log'))
    .map(({ name }) => readFileSync(join(directory, name), 'utf8'));

describe('panier on its own servers', () => {
  let directory: string;
  let child: ChildProcess;
  let env: Environment;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'panier-access-'));
    env = {
      PANIER_DATA_DIR: join(directory, 'data'),
      PORT: String(await freePort()),
      PANIER_INVENTORY_PORT: '0',
      PANIER_OPS_PORT: '0',
    };
    child = await startPanier(env);
  });
  afterAll(async () => {
    await stop(child);
    rmSync(directory, { recursive: true });
  });

  const servers = () => {
    const running = readRunningServers(env['PANIER_DATA_DIR'] ?? '');
    if (running === undefined) throw new Error('It does not run.');
    return { ...running, databaseUrl: running.databaseUrl ?? '', redisUrl: running.redisUrl ?? '' };
  };

  it('plays its sagas as services that are nobody’s administrator', async () => {
    await runScript('demo', env);
    const { databaseUrl, redisUrl } = servers();
    const names = (await query(databaseUrl, SERVICES)).map(({ name }) => name ?? '');
    expect(ROLES).toEqual(expect.arrayContaining(names));
    expect(names).toEqual(expect.arrayContaining(['panier_audit', 'panier_commands', 'panier_read', 'panier_saga']));
    // The one that asks.
    const users = [...(await redisUsers(redisUrl))].filter((name) => name !== 'default');
    expect(users.toSorted()).toEqual(
      ['audit', 'gateway', 'payment', 'relay', 'saga', 'upkeep', 'webhooks'].map((service) => `panier_${service}`),
    );
    expect(
      await query(databaseUrl, `select rolsuper::text as super from pg_roles where rolname = current_user`),
    ).toEqual([{ super: 'false' }]);
    await expect(query(databaseUrl, `select pg_read_file('/etc/passwd')`)).rejects.toThrow('permission denied');
  });

  it('goes on after a replay, and is whole', async () => {
    expect(await runScript('replay', env)).toContain('identical');
    await runScript('demo', env);
    expect(await runScript('verify', env, '--grace-seconds', '2', '--pause-seconds', '0.2')).not.toContain('BROKEN');
  });

  it('prints what each service comes with, and nothing else', async () => {
    const lines = (await runScript('roles', env)).trim().split('\n');
    expect(lines).toHaveLength(14);
    for (const line of lines) expect(line).toMatch(/^(DATABASE|REDIS)_URL_[A-Z]+=(postgres|redis):\/\/panier_[a-z]+:/);
    printed = printed.replaceAll(lines.join('\n'), '');
  });

  it('logs none of the passwords that there are', async () => {
    const { databaseUrl, redisUrl, environment } = servers();
    const dataDir = env['PANIER_DATA_DIR'] ?? '';
    const passwords = [databaseUrl, redisUrl, ...Object.values(environment)].map((url) => new URL(url).password);
    passwords.push(readFileSync(join(dataDir, 'postgres/panier.password'), 'utf8').trim());
    const refused = { DATABASE_URL: databaseUrl.replace('owner', 'nobody'), REDIS_URL: redisUrl };
    printed += await failureOf('start', { ...env, ...refused });
    await stop(child);
    const logs = [printed, ...filesBelow(dataDir)].join('\n');
    expect(logs.length).toBeGreaterThan(10_000);
    expect(new Set(passwords).size).toBe(16);
    for (const password of passwords) {
      expect(password.length).toBeGreaterThan(40);
      expect(logs.includes(password)).toBe(false);
    }
  });

  it('has other passwords in its next run, on the same data', async () => {
    const before = Object.values((await startAgain()).environment);
    const after = Object.values((await startAgain()).environment);
    expect(after.filter((url) => before.some((other) => new URL(other).password === new URL(url).password))).toEqual(
      [],
    );
    await runScript('demo', env);
  });

  const startAgain = async () => {
    await stop(child);
    child = await startPanier(env);
    return servers();
  };
});

describe('npm run roles', () => {
  let database: TestDatabase;
  let redis: TestRedis;
  let administrators: Environment;

  beforeAll(async () => {
    [database, redis] = await Promise.all([testDatabase(), testRedis()]);
    administrators = { DATABASE_ADMIN_URL: database.url, REDIS_ADMIN_URL: redis.url };
  });
  afterAll(async () => {
    await database[Symbol.asyncDispose]();
    await redis[Symbol.asyncDispose]();
  });

  const settings = (output: string): Environment =>
    Object.fromEntries(
      output
        .split('\n')
        .filter((line) => line !== '' && !line.startsWith('#'))
        .map((line) => line.split(/=(.*)/s).slice(0, 2)),
    ) as Environment;

  it('makes what panier starts with on servers of others; again it changes nothing', async () => {
    const made = await runScript('roles', administrators, '--prefix', 'shop');
    const urls = settings(made);
    expect(Object.keys(urls)).toHaveLength(14);
    const again = await runScript('roles', administrators, '--prefix', 'shop');
    expect(settings(again)).toEqual({});
    expect(again).toContain('# DATABASE_URL_SAGA: shop_saga is there, and keeps its password');
    expect(again).toContain('# REDIS_URL_SAGA: shop_saga is there, and keeps its password');

    const env = { ...urls, PORT: String(await freePort()), PANIER_INVENTORY_PORT: '0', PANIER_OPS_PORT: '0' };
    const child = await startPanier(env);
    try {
      await runScript('demo', env);
      // As the administrator: the tables that come in the place of the others are for the services all the same.
      await runScript('replay', { DATABASE_URL: database.url });
      await runScript('demo', env);
    } finally {
      await stop(child);
    }
  });

  it('says what is missing when a service is left without its URL, or without its tables', async () => {
    const urls = settings(await runScript('roles', administrators, '--prefix', 'shop', '--new-passwords'));
    const { DATABASE_URL_READ: _read, DATABASE_URL_OWNER: _owner, ...others } = urls;
    const PANIER_ROLES = 'gateway,relay,payment,saga,audit';
    expect(await failureOf('start', { ...others, PANIER_ROLES })).toContain(
      'DATABASE_URL_READ: set it, too, or DATABASE_URL',
    );
    await using empty = await testDatabase({ template: 'template1' });
    const fresh = settings(await runScript('roles', { DATABASE_ADMIN_URL: empty.url }, '--prefix', 'fresh'));
    const { DATABASE_URL_OWNER: _unused, ...services } = fresh;
    expect(await failureOf('start', { ...services, REDIS_URL: redis.url, PANIER_ROLES })).toContain(
      'start one that has DATABASE_URL_OWNER first',
    );
  });

  it('says what to do when there is no server', async () => {
    const env = { PANIER_DATA_DIR: join(tmpdir(), 'panier-none') };
    expect(await failureOf('roles', env)).toContain('set DATABASE_ADMIN_URL and REDIS_ADMIN_URL, or start panier');
  });
});
