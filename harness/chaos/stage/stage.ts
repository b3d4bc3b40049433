import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { sleep } from '../../../src/platform/index.ts';
import { freePort } from '../../../src/servers/index.ts';
import { RAISED_RATES } from '../../support/raised-rates.ts';
import type { Random } from '../../support/random.ts';
import { TOKEN_ENVIRONMENT } from '../../support/tokens.ts';
import type { BusStage } from './bus-stage.ts';
import { ClusterStage } from './cluster-stage.ts';
import { type InventoryStage, openInventoryStage } from './inventory-stage.ts';
import { Member } from './member.ts';
import { environmentOfHomes, type PostgresHomes, postgresHomes, type ServerCount } from './postgres-homes.ts';
import type { PostgresStage } from './postgres-stage.ts';
import { Proxy } from './proxy.ts';
import { RedisStage } from './redis-stage.ts';
import { Streams } from './streams.ts';

/** Every role that an order needs runs in two processes. */
const CAST: readonly (readonly string[])[] = [
  ['gateway'],
  ['gateway'],
  ['relay', 'payment'],
  ['relay', 'payment'],
  ['saga', 'audit'],
  ['saga', 'audit'],
];

export const RESERVATION_SECONDS = 20;
export const CLAIM_IDLE_MS = 3_000;
const START_PATIENCE_MS = 90_000;
const MAX_RESPAWN_DELAY_MS = 3_000;

/** What every process is started with, wherever its servers are. */
export const SETTINGS = {
  ...TOKEN_ENVIRONMENT,
  ...RAISED_RATES,
  PANIER_CLAIM_IDLE_MS: String(CLAIM_IDLE_MS),
  PANIER_RESERVATION_SECONDS: String(RESERVATION_SECONDS),
  PANIER_CHARGE_GRACE_SECONDS: '5',
  PANIER_CHARGE_BACKOFF_MS: '100',
  PANIER_SWEEP_AFTER_MS: '5000',
  PANIER_STREAM_RETENTION: '5000',
  PANIER_DEMO_CATALOGUE: 'false',
  LOG_LEVEL: 'warn',
} as const;

/** Servers, links and processes: all that a run takes place on. */
export interface Stage extends AsyncDisposable {
  readonly directory: string;
  readonly postgres: PostgresStage;
  readonly databases: PostgresHomes;
  readonly redis: BusStage;
  /** The same, where it is one server. */
  readonly single: RedisStage | null;
  /** The same, where it is a cluster. */
  readonly cluster: ClusterStage | null;
  readonly streams: Streams;
  /** Null where panier's own ledger keeps the stock. */
  readonly inventory: InventoryStage | null;
  readonly members: readonly Member[];
  readonly gateways: readonly string[];
}

export interface StageOptions {
  readonly random: Random;
  readonly project: string | null;
  readonly inventory: 'ledger' | 'remote';
  /** Whether Redis is a cluster; by default it is one server. */
  readonly isCluster?: boolean;
  readonly keep: boolean;
  /** Of PostgreSQL; one, unless it is said. */
  readonly servers?: ServerCount;
  /** Of the streams, to begin with; one, unless it is said. */
  readonly partitions?: number;
  /** Further settings of a process, by its name. */
  readonly settings?: (name: string) => Readonly<Record<string, string>>;
}

interface Parts extends Pick<StageOptions, 'random' | 'settings' | 'partitions'> {
  readonly directory: string;
  readonly project: string;
  readonly databases: PostgresHomes;
  readonly redis: BusStage;
  readonly inventory: InventoryStage | null;
}

const linksTo = async ({ servers, homes }: PostgresHomes) => {
  const databases = await Promise.all(servers.map((server) => Proxy.open(() => server.port)));
  return { databases, postgres: databases[0] ?? (await Proxy.open(() => homes.shared.port)) };
};

const openMember = async (parts: Parts, roles: readonly string[], index: number): Promise<Member> => {
  const { databases, redis, inventory, random, directory, project, settings, partitions } = parts;
  const links = {
    ...(await linksTo(databases)),
    redis: await Proxy.open(() => redis.port),
  };
  const name = `${roles.join('+')}-${(index % 2) + 1}`;
  const port = roles.includes('gateway') ? await freePort() : null;
  const luck = random.named(name);
  return new Member({
    name,
    roles,
    project,
    logFile: join(directory, `${name}.log`),
    links,
    url: port === null ? null : `http://127.0.0.1:${port}/graphql`,
    respawnDelayMs: () => luck.between(0, MAX_RESPAWN_DELAY_MS),
    environment: () => ({
      ...SETTINGS,
      ...(partitions !== undefined && { PANIER_PARTITIONS: String(partitions) }),
      ...inventory?.environment,
      ...(port !== null && { PORT: String(port) }),
      PANIER_INVENTORY_PORT: '0',
      PANIER_OPS_PORT: '0',
      PANIER_DATA_DIR: join(directory, name),
      DATABASE_URL: databases.homes.shared.urlAt(links.postgres.port),
      ...environmentOfHomes(
        databases,
        links.databases.map((link) => link.port),
      ),
      REDIS_URL: redis.urlAt(links.redis.port),
      ...settings?.(name),
    }),
  });
};

const makeDirectory = (): string => {
  const directory = mkdtempSync(join(tmpdir(), 'panier-chaos-'));
  // PostgreSQL and Redis may run as another user than we do.
  chmodSync(directory, 0o711);
  mkdirSync(directory, { recursive: true });
  return directory;
};

const closeLinks = async ({ options: { links } }: Member): Promise<void> => {
  for (const link of links.databases) await link[Symbol.asyncDispose]();
  await links.redis[Symbol.asyncDispose]();
};

const untilReady = async (members: readonly Member[], directory: string): Promise<void> => {
  const ready = Promise.all(members.map((member) => member.untilReady()));
  const isReady = await Promise.race([ready.then(() => true), sleep(START_PATIENCE_MS).then(() => false)]);
  if (isReady) return;
  const late = members.filter((member) => !member.isReady);
  const said = late.map((member) => `${member.name}: ${member.logged('').at(-2) ?? 'nothing in its log'}`);
  throw new Error(`panier does not start; its logs are in ${directory}.\n${said.join('\n')}`);
};

type Bus = Pick<Stage, 'redis' | 'single' | 'cluster'>;

const busIn = (opening: AsyncDisposableStack, directory: string, { isCluster }: StageOptions): Bus => {
  if (isCluster === true) {
    const cluster = opening.use(new ClusterStage(directory));
    return { redis: cluster, single: null, cluster };
  }
  const single = opening.use(new RedisStage(directory));
  return { redis: single, single, cluster: null };
};

/** Starts everything; resolves when every process runs. Disposing ends everything, by pid. */
export const openStage = async (options: StageOptions): Promise<Stage> => {
  const { project, inventory: kind, keep } = options;
  await using opening = new AsyncDisposableStack();
  const directory = makeDirectory();
  opening.defer(() => (keep ? undefined : rmSync(directory, { recursive: true, force: true })));
  const databases = postgresHomes(directory, options.servers ?? 1);
  for (const server of databases.servers) opening.use(server);
  const bus = busIn(opening, directory, options);
  const inventory = kind === 'remote' ? opening.use(await openInventoryStage(directory)) : null;
  const members: Member[] = [];
  // Whoever ends us ends them: they run in process groups of their own.
  const killAll = (): void => [...members, ...databases.servers, bus.redis].forEach((each) => each.killForGood());
  process.once('exit', killAll);
  opening.defer(() => void process.off('exit', killAll));
  await Promise.all([...databases.servers.map((server) => server.start()), bus.redis.start()]);
  const home = resolve(project ?? join(import.meta.dirname, '../../..'));
  const parts = { ...options, directory, project: home, databases, redis: bus.redis, inventory };
  for (const [index, roles] of CAST.entries()) {
    const member = await openMember(parts, roles, index);
    opening.defer(() => closeLinks(member));
    members.push(member);
  }
  opening.defer(async () => void (await Promise.all(members.map((member) => member.stop()))));
  for (const member of members) member.start();
  await untilReady(members, directory);
  const opened = opening.move();
  return {
    directory,
    postgres: databases.homes.shared,
    databases,
    ...bus,
    streams: new Streams(options.partitions ?? 1),
    inventory,
    members,
    gateways: members.flatMap(({ options: { url } }) => url ?? []),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
};
