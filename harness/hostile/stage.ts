import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Redis } from 'ioredis';
import { type RunningServer, startPostgres, startRedis } from '../../src/servers/index.ts';
import { eventually } from '../support/eventually.ts';
import { RAISED_RATES } from '../support/raised-rates.ts';
import { startProxy, type TcpProxy } from '../support/tcp-proxy.ts';
import { TOKEN_ENVIRONMENT } from '../support/tokens.ts';

const PROJECT = resolve(import.meta.dirname, '../..');
const READY_WITHIN_MS = 60_000;

export interface Memory {
  readonly heapUsed: number;
  readonly rss: number;
  readonly external: number;
}

/** A running panier in a process of its own, with real servers, and the ways in which strangers reach it. */
export interface Stage extends AsyncDisposable {
  readonly url: string;
  readonly pid: number;
  /** What stands between panier and its servers. */
  readonly links: { readonly postgres: TcpProxy; readonly redis: TcpProxy };
  /** As any other service reaches Redis. */
  readonly redis: Redis;
  /** Past the links: what the servers themselves say. */
  readonly serverUrls: { readonly DATABASE_URL: string; readonly REDIS_URL: string };
  /** How it ended; null while it runs. */
  readonly ended: () => string | null;
  /** All that it wrote. */
  readonly log: () => string;
  readonly memory: () => Promise<Memory>;
  /** Processor time of the process so far. */
  readonly cpuMs: () => Promise<number>;
}

type Environment = Readonly<Record<string, string>>;

const spawnPanier = (urls: Environment): ChildProcess =>
  spawn(
    process.execPath,
    ['--expose-gc', '--import', join(import.meta.dirname, 'report-memory.ts'), 'src/cli/start.ts'],
    {
      cwd: PROJECT,
      env: {
        ...process.env,
        ...TOKEN_ENVIRONMENT,
        ...RAISED_RATES,
        ...urls,
        PORT: '0',
        PANIER_INVENTORY_PORT: '0',
        PANIER_OPS_PORT: '0',
        PANIER_HOSTS: 'panier',
        PANIER_CLAIM_IDLE_MS: '2000',
      },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    },
  );

const stopPanier = async (panier: ChildProcess): Promise<void> => {
  if (panier.exitCode !== null || panier.signalCode !== null) return;
  const ended = once(panier, 'exit');
  panier.kill('SIGCONT');
  panier.kill('SIGTERM');
  const timer = setTimeout(() => panier.kill('SIGKILL'), 10_000);
  await ended;
  clearTimeout(timer);
};

const startServers = async (starting: AsyncDisposableStack, directory: string): Promise<readonly RunningServer[]> => {
  const keep = (server: RunningServer): RunningServer => {
    starting.defer(() => server.process.stop());
    return server;
  };
  const postgres = keep(await startPostgres({ directory: join(directory, 'postgres') }));
  const redis = keep(await startRedis({ directory: join(directory, 'redis'), say: console.log }));
  return [postgres, redis];
};

const told = async <T>(panier: ChildProcess, asked: 'memory' | 'cpu'): Promise<T> => {
  const answer = once(panier, 'message', { signal: AbortSignal.timeout(30_000) });
  panier.send(asked);
  const [message] = (await answer) as [T];
  return message;
};

const cpuMsOf = async (panier: ChildProcess): Promise<number> => {
  const { user, system } = await told<NodeJS.CpuUsage>(panier, 'cpu');
  return (user + system) / 1_000;
};

export const openStage = async (environment: Environment = {}): Promise<Stage> => {
  await using starting = new AsyncDisposableStack();
  const directory = mkdtempSync(join(tmpdir(), 'panier-hostile-'));
  starting.defer(() => rmSync(directory, { recursive: true, force: true, maxRetries: 20 }));
  const [postgres, redisServer] = await startServers(starting, directory);
  const serverUrls = { DATABASE_URL: postgres?.url ?? '', REDIS_URL: redisServer?.url ?? '' };
  const links = {
    postgres: starting.use(await startProxy(serverUrls.DATABASE_URL)),
    redis: starting.use(await startProxy(serverUrls.REDIS_URL)),
  };
  const redis = starting.adopt(new Redis(serverUrls.REDIS_URL), (connection) => connection.disconnect());
  redis.on('error', () => undefined);
  const panier = spawnPanier({ ...environment, DATABASE_URL: links.postgres.url, REDIS_URL: links.redis.url });
  starting.defer(() => stopPanier(panier));
  let log = '';
  for (const stream of [panier.stdout, panier.stderr])
    stream?.on('data', (chunk: Buffer) => {
      log += chunk.toString();
    });
  const port = await eventually(() => {
    const found = /localhost:(\d+)\/graphql/.exec(log)?.[1];
    if (found === undefined) throw new Error(`panier did not start:\n${log}`);
    return found;
  }, READY_WITHIN_MS);
  const started = starting.move();
  return {
    url: `http://127.0.0.1:${port}`,
    pid: panier.pid ?? 0,
    links,
    redis,
    serverUrls,
    ended: () =>
      panier.exitCode === null && panier.signalCode === null ? null : `${panier.signalCode ?? panier.exitCode}`,
    log: () => log,
    memory: () => told(panier, 'memory'),
    cpuMs: () => cpuMsOf(panier),
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
};
