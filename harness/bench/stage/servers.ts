import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Redis } from 'ioredis';
import pg from 'pg';
import { openRedis } from '../../../src/bus/index.ts';
import { type ServerProcess, startPostgres, startRedis, startRedisCluster } from '../../../src/servers/index.ts';

/** A PostgreSQL and a Redis of one's own, with durability on. */
export interface Servers extends AsyncDisposable {
  readonly databaseUrl: string;
  readonly redisUrl: string;
  readonly pids: { readonly postgres: readonly number[]; readonly redis: readonly number[] };
  readonly pool: pg.Pool;
  readonly redis: Redis;
}

/** A new directory that servers under another user may pass through; disposing removes it with all that is in it. */
export const makeDirectory = (): { readonly path: string } & Disposable => {
  const path = mkdtempSync(join(tmpdir(), 'panier-bench-'));
  chmodSync(path, 0o711);
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
};

const onDuty = async (pool: pg.Pool, setting: string): Promise<void> => {
  const { rows } = await pool.query<{ readonly value: string }>('select current_setting($1) as value', [setting]);
  if (rows[0]?.value !== 'on') throw new Error(`${setting} is ${rows[0]?.value}: nothing measured so would count.`);
};

/** @throws unless PostgreSQL and Redis write as they do in production */
export const verifyDurability = async ({ pool, redis }: Pick<Servers, 'pool' | 'redis'>): Promise<void> => {
  for (const setting of ['fsync', 'synchronous_commit', 'full_page_writes']) await onDuty(pool, setting);
  const [, appendOnly] = await redis.config('GET', 'appendonly');
  const [, appendFsync] = await redis.config('GET', 'appendfsync');
  if (appendOnly !== 'yes' || appendFsync !== 'everysec')
    throw new Error(`Redis has appendonly ${appendOnly} and appendfsync ${appendFsync}.`);
};

interface OpenedRedis {
  readonly url: string;
  readonly pids: readonly number[];
}

const openBus = async (
  { isCluster }: ServersOptions,
  directory: string,
  onSpawn: (server: ServerProcess) => void,
): Promise<OpenedRedis> => {
  const options = { onSpawn, say: () => {} };
  if (isCluster === true) {
    const { url, nodes } = await startRedisCluster({ directory: join(directory, 'redis-cluster'), ...options });
    return { url, pids: nodes.map(({ process: { identity } }) => identity.pid) };
  }
  const { url, process: server } = await startRedis({ directory: join(directory, 'redis'), ...options });
  return { url, pids: [server.identity.pid] };
};

export interface ServersOptions {
  /** Whether Redis is three masters and three replicas; by default it is one server. */
  readonly isCluster?: boolean;
}

export const openServers = async (options: ServersOptions = {}): Promise<Servers> => {
  await using opening = new AsyncDisposableStack();
  const directory = opening.use(makeDirectory());
  const processes: ServerProcess[] = [];
  const onSpawn = (server: ServerProcess): void => void processes.push(server);
  const kill = (): void => processes.forEach((server) => server.kill());
  // They run in process groups of their own: whoever ends us ends them.
  process.once('exit', kill);
  opening.defer(() => void process.off('exit', kill));
  opening.defer(async () => void (await Promise.all(processes.map((server) => server.stop()))));
  const [postgres, redis] = await Promise.all([
    startPostgres({ directory: join(directory.path, 'postgres'), onSpawn }),
    openBus(options, directory.path, onSpawn),
  ]);
  const pool = new pg.Pool({ connectionString: postgres.url, max: 4 });
  // A connection that rests when its server ends would end us.
  pool.on('error', () => {});
  opening.defer(() => pool.end());
  const client = openRedis(redis.url);
  opening.defer(() => client.disconnect());
  await verifyDurability({ pool, redis: client });
  const opened = opening.move();
  return {
    databaseUrl: postgres.url,
    redisUrl: redis.url,
    pids: { postgres: [postgres.process.identity.pid], redis: redis.pids },
    pool,
    redis: client,
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
};
