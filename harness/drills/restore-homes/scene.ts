import { join } from 'node:path';
import { freePort } from '../../../src/servers/index.ts';
import type { DrillContext } from '../drill.ts';
import { Cluster, type DrillRedis, findPrograms, makePlaces, openRedisOn } from '../postgres/index.ts';
import { type Means, meansOn } from '../restore/scene.ts';

const NAMES = ['shared', 'saga', 'audit'] as const;
type Name = (typeof NAMES)[number];

/** A PostgreSQL on a host of its own. */
export interface Host {
  readonly cluster: Cluster;
  readonly archive: string;
  readonly base: string;
}

/** A PostgreSQL for `shared` and `write`, and one each for `saga` and `audit`. */
export interface Scene extends Means {
  readonly hosts: Readonly<Record<Name, Host>>;
  readonly redis: DrillRedis;
  /** Where the server of a host is restored to, at the same address. */
  readonly restoredOn: (host: Host) => Cluster;
}

/** One after the other, as an operator goes from host to host. */
export const onEach = async (
  { hosts }: Pick<Scene, 'hosts'>,
  work: (host: Host) => Promise<unknown>,
): Promise<void> => {
  for (const name of NAMES) await work(hosts[name]);
};

/** What the commands of the procedure are told on that host. */
export const variablesOf = ({ cluster, archive, base }: Host) => ({
  DATABASE_URL: cluster.url,
  PGDATA: cluster.options.directory,
  ARCHIVE: archive,
  BASE: base,
  KEEP: '1',
});

const openHost = async ({ directory, opened }: DrillContext, name: Name): Promise<Host> => {
  const places = makePlaces(directory, [`${name}-pg`, `${name}-archive`, `${name}-base`]);
  const options = {
    programs: findPrograms(),
    directory: join(places[`${name}-pg`], 'primary'),
    port: await freePort(),
  };
  const cluster = opened.use(new Cluster(options));
  await cluster.make();
  await cluster.start();
  return { cluster, archive: places[`${name}-archive`], base: places[`${name}-base`] };
};

export const openScene = async (context: DrillContext): Promise<Scene> => {
  const { directory, opened } = context;
  const [shared, saga, audit] = [
    await openHost(context, 'shared'),
    await openHost(context, 'saga'),
    await openHost(context, 'audit'),
  ];
  const redis = opened.use(await openRedisOn(join(directory, 'redis')));
  const servers = {
    DATABASE_URL: shared.cluster.url,
    PANIER_SAGA_DATABASE_URL: saga.cluster.url,
    PANIER_AUDIT_DATABASE_URL: audit.cluster.url,
    REDIS_URL: redis.url,
  };
  return {
    ...meansOn(context, servers),
    hosts: { shared, saga, audit },
    redis,
    restoredOn: ({ cluster: { options } }) =>
      opened.use(new Cluster({ ...options, directory: join(options.directory, '../restored') })),
  };
};
