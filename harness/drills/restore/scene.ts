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

/** A server whose log is archived, a Redis, and how the procedure's commands are carried out on them. */
export interface Scene {
  readonly context: DrillContext;
  readonly primary: Cluster;
  readonly redis: DrillRedis;
  readonly places: Readonly<Record<'pg' | 'archive' | 'redis', string>>;
  readonly clusterIn: (name: string) => Cluster;
  /** As whoever PostgreSQL is run by. */
  readonly onServer: (part: string, variables: Variables) => Promise<string>;
  /** As whoever runs panier. */
  readonly asOurselves: (part: string, variables?: Variables) => Promise<string>;
  readonly startPanier: (name: string) => Promise<PanierProcess>;
}

/** A copy of a directory as it is, owners included. */
export const copyOf = (directory: string, to: string): string => {
  execFileSync('cp', ['-a', directory, to]);
  return to;
};

export const openScene = async (context: DrillContext): Promise<Scene> => {
  const { directory, project, opened, crew } = context;
  const programs = findPrograms();
  const places = makePlaces(directory, ['pg', 'archive', 'redis']);
  const port = await freePort();
  const clusterIn = (name: string): Cluster =>
    opened.use(new Cluster({ programs, directory: join(places.pg, name), port }));
  const primary = clusterIn('primary');
  await primary.make();
  await primary.start();
  const redis = opened.use(await openRedisOn(join(places.redis, 'now')));
  const servers = { DATABASE_URL: primary.url, REDIS_URL: redis.url };
  const { commandsWith } = procedureUnder(project, HEADING);
  const own = { ...servers, PANIER_DATA_DIR: join(directory, 'panier'), LOG_LEVEL: 'warn' };
  return {
    context,
    primary,
    redis,
    places,
    clusterIn,
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

const OWN_IDS = `
  select event_id from write.journal where not heard union all select event_id from saga.journal where not heard`;

/** The ids of all that panier's journals hold of its own. */
export const ownIds = async (cluster: Cluster): Promise<ReadonlySet<string>> =>
  new Set((await cluster.query<{ readonly event_id: string }>(OWN_IDS)).map(({ event_id }) => event_id));
