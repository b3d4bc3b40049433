import { join } from 'node:path';
import { freePort } from '../../../src/servers/index.ts';
import type { DrillContext } from '../drill.ts';
import { Cluster, type DrillRedis, findPrograms, openRedisOn, procedureUnder, runScript } from '../postgres/index.ts';
import { openSmallDisk, type SmallDisk } from './small-disk.ts';

const HEADING = 'A full disk';
const POSTGRES_MB = 320;
const REDIS_MB = 48;

/** So that it fills within seconds, and not only its log does. */
const SMALL = `
shared_buffers = '32MB'
min_wal_size = '32MB'
max_wal_size = '64MB'
`;

/** A PostgreSQL and a Redis, each on a disk of its own. */
export interface Scene {
  readonly context: DrillContext;
  readonly postgres: Cluster;
  readonly redis: DrillRedis;
  readonly disks: { readonly postgres: SmallDisk; readonly redis: SmallDisk };
  /** What a service manager does, or an operator. */
  readonly startPostgresAgain: () => Promise<void>;
  readonly setMaxMemory: (bytes: string) => Promise<void>;
  readonly servers: { readonly DATABASE_URL: string; readonly REDIS_URL: string };
}

export const openScene = async (context: DrillContext): Promise<Scene> => {
  const { directory, project, opened } = context;
  const programs = findPrograms();
  const disks = {
    postgres: opened.use(openSmallDisk(join(directory, 'postgres'), POSTGRES_MB)),
    redis: opened.use(openSmallDisk(join(directory, 'redis'), REDIS_MB)),
  };
  const postgres = opened.use(new Cluster({ programs, directory: disks.postgres.data, port: await freePort() }));
  await postgres.make(SMALL);
  await postgres.start();
  const redis = opened.use(await openRedisOn(disks.redis.data));
  const { commandsWith } = procedureUnder(project, HEADING);
  const carryOut = async (part: string, variables: Readonly<Record<string, string>>): Promise<void> => {
    await runScript(programs, { text: commandsWith(part), variables, cwd: '/', as: 'Postgres' });
  };
  return {
    context,
    postgres,
    redis,
    disks,
    startPostgresAgain: () => carryOut('pg_ctl', { PGDATA: postgres.options.directory }),
    setMaxMemory: (bytes) => carryOut('redis-cli -u', { REDIS_URL: redis.url, MAXMEMORY: bytes }),
    servers: { DATABASE_URL: postgres.url, REDIS_URL: redis.url },
  };
};
