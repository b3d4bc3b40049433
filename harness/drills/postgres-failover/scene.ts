import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../../src/servers/index.ts';
import { Proxy } from '../../chaos/stage/index.ts';
import type { DrillContext } from '../drill.ts';
import {
  Cluster,
  type DrillRedis,
  findPrograms,
  makePlaces,
  openRedisOn,
  procedureUnder,
  runScript,
} from '../postgres/index.ts';

const HEADING = 'Failover of PostgreSQL';

/** Two servers of PostgreSQL behind one address, as an operator has them on two hosts. */
export interface Scene {
  readonly context: DrillContext;
  readonly redis: DrillRedis;
  readonly first: Cluster;
  readonly second: Cluster;
  /** What panier is told. */
  readonly servers: { readonly DATABASE_URL: string; readonly REDIS_URL: string };
  /** The address leads there from now on; connections to the other one end. */
  readonly leadTo: (cluster: Cluster) => void;
  /** Makes the cluster a synchronous standby of where the address leads. */
  readonly makeStandby: (standby: Cluster) => Promise<void>;
  readonly promote: (standby: Cluster) => Promise<void>;
}

/** Its disk is gone with it; returns where the drill keeps what was on it. */
export const lose = (cluster: Cluster): string => {
  cluster.kill();
  const kept = `${cluster.options.directory}.gone`;
  renameSync(cluster.options.directory, kept);
  return kept;
};

export const openScene = async (context: DrillContext): Promise<Scene> => {
  const { directory, project, opened } = context;
  const programs = findPrograms();
  const places = makePlaces(directory, ['pg', 'redis']);
  const clusterIn = async (name: string): Promise<Cluster> =>
    opened.use(new Cluster({ programs, directory: join(places.pg, name), port: await freePort() }));
  const [first, second] = [await clusterIn('first'), await clusterIn('second')];
  await first.make();
  await first.start();
  let target = first;
  const address = opened.use(await Proxy.open(() => target.options.port));
  const redis = opened.use(await openRedisOn(join(places.redis, 'data')));
  const url = new URL(first.url);
  url.port = String(address.port);
  const { commandsWith } = procedureUnder(project, HEADING);
  const carryOut = (part: string, { options, url: standbyUrl }: Cluster): Promise<string> => {
    const standby = { STANDBY: options.directory, STANDBY_PORT: String(options.port), STANDBY_URL: standbyUrl };
    const variables = { DATABASE_URL: url.href, ...standby };
    return runScript(programs, { text: commandsWith(part), variables, cwd: '/', as: 'Postgres' });
  };
  return {
    context,
    redis,
    first,
    second,
    servers: { DATABASE_URL: url.href, REDIS_URL: redis.url },
    leadTo: (cluster) => {
      target = cluster;
      address.reset();
    },
    makeStandby: async (standby) => void (await carryOut('pg_basebackup', standby)),
    promote: async (standby) => void (await carryOut('promote', standby)),
  };
};
