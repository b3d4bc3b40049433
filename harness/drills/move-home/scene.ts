import { join } from 'node:path';
import { freePort } from '../../../src/servers/index.ts';
import { Balancer } from '../balancer.ts';
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

const ROLES = ['gateway', 'relay', 'payment', 'saga', 'audit', 'webhooks', 'upkeep'];
const HEADING = 'A home moves';

const HOMES = [
  { name: 'write', variable: 'PANIER_WRITE_DATABASE_URL', schemas: 'write' },
  { name: 'saga', variable: 'PANIER_SAGA_DATABASE_URL', schemas: 'saga' },
  { name: 'audit', variable: 'PANIER_AUDIT_DATABASE_URL', schemas: 'audit read' },
] as const;

export type Home = (typeof HOMES)[number];

export interface Scene {
  readonly context: DrillContext;
  /** Where all homes begin and end. */
  readonly first: Cluster;
  readonly redis: DrillRedis;
  readonly homes: readonly Home[];
  /** A home's database on the other server. */
  readonly urlOf: (home: Home) => string;
  /** The commands of the procedure, for a home. */
  readonly carryOut: (part: string, home: Home) => Promise<unknown>;
  /** The rows of one column there. */
  readonly rowsAt: (url: string, query: string) => Promise<readonly string[]>;
  /** What a process is told while all homes are at the first server, and while they are at the other. */
  readonly environments: Readonly<Record<'together' | 'apart', Variables>>;
  readonly start: (name: string, where: 'together' | 'apart') => Promise<void>;
  readonly stop: () => Promise<void>;
  /** Where GraphQL answers, whichever process runs. */
  readonly url: string;
}

const databaseAt = ({ url }: Cluster, name: string): string => {
  const at = new URL(url);
  at.pathname = name;
  return at.href;
};

const openClusters = async ({ directory, opened }: DrillContext): Promise<readonly [Cluster, Cluster]> => {
  const { pg } = makePlaces(directory, ['pg']);
  const open = async (name: string): Promise<Cluster> => {
    const options = { programs: findPrograms(), directory: join(pg, name), port: await freePort() };
    const cluster = opened.use(new Cluster(options));
    await cluster.make();
    await cluster.start();
    return cluster;
  };
  return [await open('first'), await open('second')];
};

const scriptsIn = ({ directory, project }: DrillContext, [first, second]: readonly [Cluster, Cluster]) => {
  const programs = findPrograms();
  const { commandsWith } = procedureUnder(project, HEADING);
  const run = (text: string, variables: Variables) =>
    runScript(programs, { text, variables, cwd: directory, as: 'Ourselves' });
  const carryOut = (part: string, { name, schemas }: Home): Promise<string> => {
    const servers = { DATABASE_URL: first.url, HOME_URL: databaseAt(second, name), MAINTENANCE_URL: second.url };
    return run(commandsWith(part), { ...servers, NEW_DATABASE: name, NAME: name, SCHEMAS: schemas });
  };
  const rowsAt = async (url: string, query: string): Promise<readonly string[]> =>
    (await run('psql -At -d "$AT" -c "$QUERY"', { AT: url, QUERY: query })).split('\n').filter((row) => row !== '');
  return { carryOut, rowsAt };
};

type Starting = Pick<Scene, 'context' | 'environments'>;

/** One process at a time, behind one address. */
const panierOf = async ({ context: { crew, opened }, environments }: Starting) => {
  const balancer = opened.use(await Balancer.open());
  let panier: PanierProcess | null = null;
  return {
    url: balancer.url,
    start: async (name: string, where: 'together' | 'apart') => {
      panier = await crew.join({ name, roles: ROLES, environment: environments[where] });
      await balancer.add(panier.options.url ?? '');
    },
    stop: async () => {
      await panier?.stop();
      balancer.remove(panier?.options.url ?? '');
    },
  };
};

export const openScene = async (context: DrillContext): Promise<Scene> => {
  const { directory, opened } = context;
  const clusters = await openClusters(context);
  const [first, second] = clusters;
  const redis = opened.use(await openRedisOn(join(directory, 'redis')));
  const urlOf = ({ name }: Home): string => databaseAt(second, name);
  const together = { DATABASE_URL: first.url, REDIS_URL: redis.url };
  const variables = Object.fromEntries(HOMES.map((home) => [home.variable, urlOf(home)]));
  const environments = { together, apart: { ...together, ...variables } };
  return {
    context,
    first,
    redis,
    homes: HOMES,
    urlOf,
    ...scriptsIn(context, clusters),
    environments,
    ...(await panierOf({ context, environments })),
  };
};
