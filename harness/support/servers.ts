import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Redis } from 'ioredis';
import { Client } from 'pg';
import { inject } from 'vitest';
import { type RunningServer, startRedis } from '../../src/servers/index.ts';

const DEFAULT_TEMPLATE = 'panier_template';

export type TestDatabase = AsyncDisposable & { readonly url: string };

const asAdministrator = async <T>(work: (client: Client) => Promise<T>): Promise<T> => {
  const client = new Client({ connectionString: inject('postgresUrl') });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};

const templateOf = async (client: Client, given: string | undefined): Promise<string> => {
  if (given !== undefined) return given;
  const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [DEFAULT_TEMPLATE]);
  return rowCount === 1 ? DEFAULT_TEMPLATE : 'template1';
};

/** A fresh database of its own for the calling file; a clone of `template`, or of `panier_template` if that exists. */
export const testDatabase = async (options: { readonly template?: string } = {}): Promise<TestDatabase> => {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await asAdministrator(async (client) => {
    const template = await templateOf(client, options.template);
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${client.escapeIdentifier(template)}`);
  });
  const url = new URL(inject('postgresUrl'));
  url.pathname = name;
  return {
    url: url.href,
    [Symbol.asyncDispose]: () =>
      asAdministrator(async (client) => void (await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`))),
  };
};

/** A Redis process of the calling file's own: it may be flushed, stopped and killed. */
export type TestRedis = AsyncDisposable & {
  readonly url: string;
  /** Stops it if it runs, and starts it again with the same port, password and data. */
  readonly restart: () => Promise<void>;
  /** SIGKILL; resolves when it is gone. It stays down until `restart`. */
  readonly kill: () => Promise<void>;
};

const saysNothing = (): void => undefined;

type As = { readonly users: readonly string[]; readonly password?: string; readonly port?: number };

const startIn = async (directory: string, as: As): Promise<RunningServer> => {
  const server = await startRedis({
    directory: join(directory, 'data'),
    say: saysNothing,
    onSpawn: ({ identity }) => writeFileSync(join(directory, 'process.json'), JSON.stringify(identity)),
    ...as,
  });
  process.once('exit', server.process.kill);
  return server;
};

const end = async ({ process: redis }: RunningServer, how: 'kill' | 'stop'): Promise<void> => {
  process.off('exit', redis.kill);
  if (how === 'kill') redis.kill();
  await redis.stop();
};

/**
 * Starts a private Redis on a free port, with an empty data directory; with the password of another one, if its URL is given.
 * `users` may come beside the administrator.
 */
export const testRedis = async (
  given: { readonly url?: string; readonly users?: readonly string[] } = {},
): Promise<TestRedis> => {
  const { url: like, users = [] } = given;
  const directory = mkdtempSync(join(inject('runDirectory'), 'redis-'));
  let server = await startIn(directory, { users, ...(like !== undefined && { password: new URL(like).password }) });
  return {
    url: server.url,
    restart: async () => {
      await end(server, 'stop');
      const { port, password } = new URL(server.url);
      server = await startIn(directory, { users, port: Number(port), password });
    },
    kill: () => end(server, 'kill'),
    [Symbol.asyncDispose]: async () => {
      await end(server, 'kill');
      rmSync(directory, { recursive: true, force: true });
    },
  };
};

/** A command that keeps Redis from all others for so long. */
export const blockRedis = (redis: Redis, forMs: number): Promise<unknown> =>
  redis.eval(
    `local function now() local time = redis.call('TIME') return time[1] * 1000 + time[2] / 1000 end
    local until_ms = now() + tonumber(ARGV[1])
    while now() < until_ms do end`,
    0,
    forMs,
  );
