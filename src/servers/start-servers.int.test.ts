import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readRunningServers, type Servers, ServersError, startServers } from './index.ts';
import { identify, isAlive, type ProcessIdentity } from './process-identity.ts';

const OWNER = `
  const { startServers } = await import(${JSON.stringify(new URL('./index.ts', import.meta.url).href)});
  await startServers({ dataDir: process.argv[1], say: () => {} });
  console.log('ready');
  setInterval(() => {}, 60_000);
`;

let root: string;
let dataDir: string;
const owners: ChildProcess[] = [];

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'panier-servers-'));
  dataDir = join(root, 'data');
});

afterEach(async () => {
  for (const owner of owners.splice(0)) owner.kill('SIGKILL');
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

const start = (directory = dataDir): Promise<Servers> => startServers({ dataDir: directory, say: () => undefined });

const startElsewhere = async (): Promise<ChildProcess> => {
  const owner = spawn(process.execPath, ['--input-type=module', '-e', OWNER, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  owners.push(owner);
  const hasEnded = once(owner, 'exit').then(() => Promise.reject(new Error('The owner ended before it was ready.')));
  if (owner.stdout) await Promise.race([once(owner.stdout, 'data'), hasEnded]);
  hasEnded.catch(() => undefined);
  return owner;
};

const killed = async (owner: ChildProcess): Promise<void> => {
  owner.kill('SIGKILL');
  await once(owner, 'exit');
};

type Processes = { readonly postgres: ProcessIdentity; readonly redis: ProcessIdentity };

const record = (): Processes => JSON.parse(readFileSync(join(dataDir, 'servers.json'), 'utf8')) as Processes;

type Row = Readonly<Record<string, unknown>>;

const query = async (url: string, text: string): Promise<readonly Row[]> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<Row>(text);
  await client.end();
  return rows;
};

const command = async (url: string, ...[name, ...args]: readonly [string, ...string[]]): Promise<unknown> => {
  const redis = new Redis(url);
  const reply = await redis.call(name, ...args);
  await redis.quit();
  return reply;
};

const appendToRedis = (directory: string, text: string): void => {
  const files = join(directory, 'redis', 'appendonlydir');
  const file = readdirSync(files).find((name) => name.endsWith('.incr.aof'));
  appendFileSync(join(files, file ?? ''), text);
};

describe('the embedded servers', () => {
  it('start from nothing, and say where they are while they run', async () => {
    {
      await using servers = await start();
      expect(readRunningServers(dataDir)).toEqual({
        ownerPid: process.pid,
        databaseUrl: servers.databaseUrl,
        redisUrl: servers.redisUrl,
        environment: {},
      });
      expect(statSync(join(dataDir, 'servers.json')).mode & 0o777).toBe(0o600);
      const settings = `SELECT current_setting('fsync') fsync, current_setting('server_encoding') encoding, current_setting('TimeZone') zone`;
      expect(await query(servers.databaseUrl, settings)).toEqual([{ fsync: 'on', encoding: 'UTF8', zone: 'UTC' }]);
    }
    expect(readRunningServers(dataDir)).toBeUndefined();
  });

  it('keep their data when everything is killed', async () => {
    const owner = await startElsewhere();
    const { databaseUrl = '', redisUrl = '' } = readRunningServers(dataDir) ?? {};
    await query(databaseUrl, 'CREATE TABLE memory AS SELECT 42 AS answer');
    await command(redisUrl, 'SET', 'word', 'kept');
    const { postgres, redis } = record();
    await killed(owner);
    for (const { pid } of [postgres, redis]) process.kill(pid, 'SIGKILL');
    // What is left of a write in the middle of which Redis was killed.
    appendToRedis(dataDir, '*3\r\n$3\r\nSET\r\n$4\r\nwo');

    await using servers = await start();
    expect(await query(servers.databaseUrl, 'SELECT answer FROM memory')).toEqual([{ answer: 42 }]);
    expect(await command(servers.redisUrl, 'GET', 'word')).toBe('kept');
  });

  it('are taken over from an owner that was killed', async () => {
    const owner = await startElsewhere();
    const { postgres, redis } = record();
    await killed(owner);
    expect([postgres, redis].map(isAlive)).toEqual([true, true]);

    await using servers = await start();
    expect([postgres, redis].map(isAlive)).toEqual([false, false]);
    expect(await command(servers.redisUrl, 'PING')).toBe('PONG');
  });

  it('take over an orphan that servers.json does not name', async () => {
    const owner = await startElsewhere();
    const { postgres, redis } = record();
    await killed(owner);
    process.kill(redis.pid, 'SIGKILL');
    rmSync(join(dataDir, 'servers.json'));

    await using servers = await start();
    expect(isAlive(postgres)).toBe(false);
    expect(await query(servers.databaseUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('start even if the pids of the last run are those of other processes now', async () => {
    const stranger = { pid: process.pid, startedAt: 'long ago' };
    writeFileSync(
      join(dataDir, 'servers.json'),
      JSON.stringify({ owner: stranger, postgres: stranger, redis: stranger }),
    );
    writeFileSync(join(dataDir, 'postgres', 'postmaster.pid'), `${process.pid}\n${join(dataDir, 'postgres')}\n`);
    await using servers = await start();
    expect(await command(servers.redisUrl, 'PING')).toBe('PONG');
  });

  it('refuse a second owner', async () => {
    await using servers = await start();
    await expect(start()).rejects.toThrow(`panier runs already on ${dataDir} (process ${process.pid}). Stop that one`);
    expect(await command(servers.redisUrl, 'PING')).toBe('PONG');
  });

  it('end at once when they are killed', async () => {
    const servers = await start();
    const { postgres, redis } = record();
    servers.kill();
    await expect.poll(() => [postgres, redis].some(isAlive)).toBe(false);
    await servers[Symbol.asyncDispose]();
  });

  it('refuse data of another PostgreSQL', async () => {
    const directory = join(root, 'other-version');
    mkdirSync(join(directory, 'postgres'), { recursive: true });
    writeFileSync(join(directory, 'postgres', 'PG_VERSION'), '14\n');
    writeFileSync(join(directory, 'postgres', 'panier.password'), 'secret');
    await expect(start(directory)).rejects.toThrow('was written by PostgreSQL 14, and this is PostgreSQL');
    expect(readRunningServers(directory)).toBeUndefined();
  });

  it('refuse data of a newer panier', async () => {
    const directory = join(root, 'newer');
    mkdirSync(directory);
    writeFileSync(join(directory, 'layout'), '2\n');
    await expect(start(directory)).rejects.toThrow(ServersError);
    expect(readdirSync(directory)).toEqual(['layout']);
  });

  it('refuse a data directory that is a file', async () => {
    const file = join(root, 'file');
    writeFileSync(file, '');
    await expect(start(file)).rejects.toThrow(`The data directory ${file} cannot be used: it is not a directory.`);
  });

  it('make the data directory again when that was interrupted', async () => {
    const directory = join(root, 'interrupted');
    mkdirSync(join(directory, 'postgres.new', 'base'), { recursive: true });
    writeFileSync(join(directory, 'postgres.new', 'PG_VERSION'), '18\n');
    await using servers = await start(directory);
    expect(await query(servers.databaseUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('say what to do when Redis cannot read its data', async () => {
    await (await start())[Symbol.asyncDispose]();
    appendToRedis(dataDir, 'nonsense\r\n*1\r\n$4\r\nPING\r\n');
    await expect(start()).rejects.toThrow('Delete that directory and start again');
    rmSync(join(dataDir, 'redis'), { recursive: true });
  });

  it('end with the one that cannot start, though the other has much to recover', async () => {
    const directory = join(root, 'recovering');
    await (await start(directory))[Symbol.asyncDispose]();
    const { uid, gid } = statSync(join(directory, 'postgres', 'PG_VERSION'));
    const asks = { 'recovery.signal': '', 'postgresql.auto.conf': "restore_command = 'sleep 60'\n" };
    for (const [name, text] of Object.entries(asks)) {
      writeFileSync(join(directory, 'postgres', name), text);
      chownSync(join(directory, 'postgres', name), uid, gid);
    }
    appendToRedis(directory, 'nonsense\r\n*1\r\n$4\r\nPING\r\n');
    const startsAtMs = performance.now();
    await expect(start(directory)).rejects.toThrow('Delete that directory and start again');
    expect(performance.now() - startsAtMs).toBeLessThan(30_000);
  });

  it('are not started for URLs that are given', async () => {
    const directory = join(root, 'untouched');
    const urls = { databaseUrl: 'postgres://db.example/shop', redisUrl: 'redis://cache.example' };
    await using servers = await startServers({ dataDir: directory, ...urls, say: () => undefined });
    expect(servers).toMatchObject(urls);
    expect(readdirSync(root)).not.toContain('untouched');
  });
});

describe('the identity of a process', () => {
  it('is not that of another process with the same pid', () => {
    const ourselves = identify(process.pid);
    expect(ourselves && isAlive(ourselves)).toBe(true);
    expect(isAlive({ pid: process.pid, startedAt: 'long ago' })).toBe(false);
  });
});
