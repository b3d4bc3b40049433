import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formCluster, gatherCluster } from './form-cluster.ts';
import type { RunningServer } from './postgres.ts';
import { type RedisOptions, startRedis } from './redis.ts';
import { ServersError } from './servers-error.ts';

/** Fewer elect no successor of one that is gone. */
const MASTERS = 3;
const NODES = 2 * MASTERS;
const NODE_TIMEOUT_MS = 2_000;
/** Nodes speak with one another on a port so far behind that of their clients. */
const BUS_OFFSET = 10_000;

export type RedisClusterOptions = Omit<RedisOptions, 'port'> & {
  /** Beside panier's own, of all nodes. */
  readonly nodeTimeoutMs?: number;
};

export interface RunningCluster {
  /** Of all nodes, as the administrator. */
  readonly url: string;
  /** Masters first, as the cluster was made. */
  readonly nodes: readonly RunningServer[];
}

/** Stands there once the cluster is whole: what a start left half made is made anew. */
const FORMED = 'formed';

const prepare = (directory: string): boolean => {
  const isFormed = existsSync(join(directory, FORMED));
  if (!isFormed) rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  return isFormed;
};

const settingsOf = ({ settings, nodeTimeoutMs = NODE_TIMEOUT_MS }: RedisClusterOptions, password: string) => ({
  'cluster-enabled': 'yes',
  'cluster-config-file': 'nodes.conf',
  'cluster-node-timeout': String(nodeTimeoutMs),
  // What is left goes on: streams that are elsewhere need nothing of the slots that are away.
  'cluster-require-full-coverage': 'no',
  masterauth: password,
  'repl-diskless-sync-delay': '0',
  ...settings,
});

/** Waits for all even if one fails: a server that is still being started could not be stopped. */
const startNodes = async (options: RedisClusterOptions, password: string): Promise<readonly RunningServer[]> => {
  const { nodeTimeoutMs: _timeout, ...each } = options;
  const settings = settingsOf(options, password);
  const started = await Promise.allSettled(
    Array.from({ length: NODES }, (_, nth) =>
      startRedis({ ...each, directory: join(options.directory, `node-${nth + 1}`), password, settings }),
    ),
  );
  return started.map((end) => {
    if (end.status === 'rejected') throw end.reason;
    return end.value;
  });
};

const explained = (error: unknown, directory: string): ServersError => {
  const reason = error instanceof Error ? error.message : String(error);
  return new ServersError(
    `The Redis Cluster in ${directory} does not come together (${reason}). Delete that directory and start again: what is missing is published again from PostgreSQL.`,
    { cause: error },
  );
};

/**
 * Starts three masters and a replica of each on the data in `directory`, on ports that are free now, and makes a cluster of
 * them, or brings them together again. @throws ServersError
 */
export const startRedisCluster = async (options: RedisClusterOptions): Promise<RunningCluster> => {
  const { directory, password = randomBytes(24).toString('hex') } = options;
  const isFormed = prepare(directory);
  const nodes = await startNodes(options, password);
  const urls = nodes.map(({ url }) => url);
  try {
    const places = urls.map((url) => ({ url, busPort: Number(new URL(url).port) + BUS_OFFSET }));
    await (isFormed ? gatherCluster(places) : formCluster(places, MASTERS));
  } catch (error) {
    throw explained(error, directory);
  }
  if (!isFormed) writeFileSync(join(directory, FORMED), '');
  return { url: `redis+cluster://default:${password}@${urls.map((url) => new URL(url).host).join(',')}`, nodes };
};
