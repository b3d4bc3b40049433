import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { Redis } from 'ioredis';
import { ignored } from '../platform/index.ts';
import { homeOf } from './home.ts';
import type { RunningServer, ServerOptions } from './postgres.ts';
import { findRedis } from './redis-install.ts';
import { type ServerCommand, ServerExited, spawnServer } from './server-process.ts';
import { ServersError } from './servers-error.ts';
import { startOnFreePort } from './start-on-free-port.ts';
import { REDIS_STOP } from './stop-process.ts';
import { commandAs, giveTo, type RunAs, unprivileged } from './unprivileged.ts';
import { untilReady } from './until-ready.ts';

export type RedisOptions = ServerOptions & {
  readonly say: (line: string) => void;
  /** Both are chosen anew at each start unless given. */
  readonly port?: number;
  readonly password?: string;
  /** Whoever may connect beside the administrator: what stands behind `user` in redis.conf. */
  readonly users?: readonly string[];
  /** Beside panier's own settings. */
  readonly settings?: Readonly<Record<string, string>>;
};

type Configured = Required<Pick<RedisOptions, 'port' | 'password' | 'users' | 'settings'>>;

const configuration = (home: string, { port, password, users, settings }: Configured): string =>
  [
    'bind 127.0.0.1',
    `port ${port}`,
    `requirepass ${password}`,
    ...users.map((user) => `user ${user}`),
    'daemonize no',
    `dir ${JSON.stringify(home)}`,
    'save ""',
    'appendonly yes',
    'appendfsync everysec',
    'aof-load-truncated yes',
    'maxmemory-policy noeviction',
    ...Object.entries(settings).map(([name, value]) => `${name} ${value}`),
    '',
  ].join('\n');

const makeDirectory = (directory: string, runAs: RunAs): void => {
  if (existsSync(directory)) return;
  mkdirSync(directory, { mode: 0o700 });
  giveTo(runAs, directory);
};

/** Ready is when it has loaded its data, not when it listens. */
const isReady = async (url: string): Promise<boolean> => {
  const redis = new Redis(url, { lazyConnect: true, retryStrategy: () => null, maxRetriesPerRequest: 0 });
  redis.on('error', ignored);
  try {
    await redis.connect();
    return (await redis.quit()) === 'OK';
  } catch {
    return false;
  } finally {
    if (redis.status !== 'end') redis.disconnect();
  }
};

const UNREADABLE = /bad file format|wrong signature|can't handle rdb format|short read|internal error in rdb/i;

/** Redis is never the only place of anything, so its data may be given up. */
const explainUnreadable = (error: unknown, directory: string): unknown => {
  if (!(error instanceof ServerExited) || !UNREADABLE.test(error.log)) return error;
  return new ServersError(
    `Redis cannot read its data in ${directory}. Delete that directory and start again: what is missing is published again from PostgreSQL.\n${error.message}`,
    { cause: error },
  );
};

/** Starts a private Redis on the data in `directory`, which is made if it is not there. @throws ServersError */
export const startRedis = async (options: RedisOptions): Promise<RunningServer> => {
  const { directory, onSpawn, say, settings = {}, users = [] } = options;
  const { password = randomBytes(24).toString('hex') } = options;
  const program = await findRedis(say);
  const runAs = unprivileged(directory);
  makeDirectory(directory, runAs);
  const { cwd, path } = homeOf(runAs, directory);
  const start = async (port: number): Promise<RunningServer> => {
    const command: ServerCommand = {
      name: 'Redis',
      ...commandAs(runAs, program, ['-']),
      cwd,
      // Not as arguments: those of a process, and so its password, can be read by everybody.
      input: configuration(path, { port, password, users, settings }),
      logFile: `${directory}.log`,
      stopSignals: REDIS_STOP,
    };
    const url = `redis://default:${password}@127.0.0.1:${port}`;
    const server = await spawnServer(command);
    onSpawn?.(server);
    await untilReady(server, command, { isReady: () => isReady(url), say });
    return { url, process: server };
  };
  try {
    return await (options.port === undefined ? startOnFreePort(start) : start(options.port));
  } catch (error) {
    throw explainUnreadable(error, directory);
  }
};
