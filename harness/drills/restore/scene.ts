import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { freePort } from '../../../src/servers/index.ts';
import type { DrillContext } from '../drill.ts';
import type { PanierProcess } from '../panier/index.ts';
import {
  Cluster,
  type DrillRedis,
  findPrograms,
  makePlaces,
  openRedisOn,
  procedureUnder,
  runScript,
  type Variables,
} from '../postgres/index.ts';

const ROLES = ['gateway', 'relay', 'payment', 'saga', 'audit'];
const HEADING = 'Restore to a point in time';
const FAILOVER = 'Failover of PostgreSQL';

/** How the procedure's commands are carried out, and panier is started, on servers that are where they were. */
export interface Means {
  readonly context: DrillContext;
  /** As whoever PostgreSQL is run by. */
  readonly onServer: (part: string, variables: Variables) => Promise<string>;
  /** As whoever runs panier. */
  readonly asOurselves: (part: string, variables?: Variables) => Promise<string>;
  readonly startPanier: (name: string) => Promise<PanierProcess>;
}

/** A server whose log is archived, a Redis, and what is done with them. */
export interface Scene extends Means {
  readonly primary: Cluster;
  readonly redis: DrillRedis;
  readonly places: Readonly<Record<'pg' | 'archive' | 'base' | 'redis', string>>;
  /** At the address of the first one, unless it is given another. */
  readonly clusterIn: (name: string, port?: number) => Cluster;
  /** By the commands of the failover. */
  readonly makeStandby: (standby: Cluster) => Promise<void>;
}

/** A copy of a directory as it is, owners included. */
export const copyOf = (directory: string, to: string): string => {
  execFileSync('cp', ['-a', directory, to]);
  return to;
};

/** `servers`: what a process of panier is told of where they are. */
export const meansOn = (context: DrillContext, servers: Variables): Means => {
  const { directory, project, crew } = context;
  const programs = findPrograms();
  const { commandsWith } = procedureUnder(project, HEADING);
  const own = { ...servers, PANIER_DATA_DIR: join(directory, 'panier'), LOG_LEVEL: 'warn' };
  return {
    context,
    onServer: (part, variables) =>
      runScript(programs, {
        text: commandsWith(part),
        variables: { ...servers, ...variables },
        cwd: '/',
        as: 'Postgres',
      }),
    asOurselves: (part, variables = {}) =>
      runScript(programs, {
        text: commandsWith(part),
        variables: { ...own, ...variables },
        cwd: project,
        as: 'Ourselves',
      }),
    startPanier: (name) => crew.join({ name, roles: ROLES, environment: servers }),
  };
};

const makeStandbyOf =
  ({ project }: DrillContext, databaseUrl: string) =>
  async ({ options: { programs, directory, port } }: Cluster): Promise<void> => {
    const variables = { DATABASE_URL: databaseUrl, STANDBY: directory, STANDBY_PORT: String(port) };
    const text = procedureUnder(project, FAILOVER).commandsWith('pg_basebackup');
    await runScript(programs, { text, variables, cwd: '/', as: 'Postgres' });
  };

export const openScene = async (context: DrillContext): Promise<Scene> => {
  const { directory, opened } = context;
  const programs = findPrograms();
  const places = makePlaces(directory, ['pg', 'archive', 'base', 'redis']);
  const address = await freePort();
  const clusterIn = (name: string, port = address): Cluster =>
    opened.use(new Cluster({ programs, directory: join(places.pg, name), port }));
  const primary = clusterIn('primary');
  await primary.make();
  await primary.start();
  const redis = opened.use(await openRedisOn(join(places.redis, 'now')));
  return {
    ...meansOn(context, { DATABASE_URL: primary.url, REDIS_URL: redis.url }),
    primary,
    redis,
    places,
    clusterIn,
    makeStandby: makeStandbyOf(context, primary.url),
  };
};

const OWN_IDS = `
  select event_id from write.journal where not heard union all select event_id from saga.journal where not heard`;

/** The ids of all that panier's journals hold of its own. */
export const ownIds = async (cluster: Cluster): Promise<ReadonlySet<string>> =>
  new Set((await cluster.query<{ readonly event_id: string }>(OWN_IDS)).map(({ event_id }) => event_id));
