import { type Database, type Lineage, openDatabase, type PoolOptions } from '../database/index.ts';
import {
  DATABASE_HOMES,
  DATABASE_SERVICES,
  type DatabaseHome,
  type DatabaseService,
  type DatabaseUrls,
  databaseUrlOf,
} from '../platform/index.ts';

type Patience = Pick<PoolOptions, 'statementMs' | 'lockMs' | 'unansweredMs' | 'idleInTransactionMs'>;

/** Who is frozen inside a transaction holds its locks no longer than its partitions (ADR-077). */
const FROZEN = { idleInTransactionMs: 2_500 } as const;

/** Who takes in deliveries asks about one batch: what takes longer waits for a server that has fallen silent. */
const OF_A_BATCH = { statementMs: 9_000, lockMs: 5_000, unansweredMs: 10_000 } as const;

/** Who asks is answered within 5 s: what takes longer only keeps connections from others. */
const PATIENCE: Readonly<Record<DatabaseService, Patience>> = {
  commands: { statementMs: 4_000, lockMs: 3_000, unansweredMs: 5_000, ...FROZEN },
  read: { statementMs: 4_500, unansweredMs: 5_000 },
  saga: { ...OF_A_BATCH, ...FROZEN },
  audit: { ...OF_A_BATCH, ...FROZEN },
  // Its sweeps and its tidying go through what days have left, and nobody waits for them.
  relay: { lockMs: 5_000 },
  webhooks: OF_A_BATCH,
  owner: {},
};

/** Where each service does its work; elsewhere it asks now and then. */
const WORKPLACES = {
  commands: 'write',
  read: 'audit',
  saga: 'saga',
  audit: 'audit',
  relay: 'write',
  webhooks: 'shared',
  owner: 'audit',
} as const satisfies Readonly<Record<DatabaseService, DatabaseHome>>;

const POOL_SIZES: Readonly<Record<DatabaseService, number>> = {
  commands: 10,
  read: 10,
  saga: 4,
  audit: 3,
  relay: 3,
  webhooks: 3,
  owner: 5,
};
const ELSEWHERE = 3;
/** One that asks for what is new, one that writes it. */
const ACCESS_CONNECTIONS = 2;

/** What the pools are called in `pg_stat_activity` and in the metrics. */
const NAMES: Readonly<Record<DatabaseService, string>> = {
  commands: 'commands',
  read: 'queries',
  saga: 'saga',
  audit: 'audit',
  relay: 'relay',
  webhooks: 'webhooks',
  owner: 'owner',
};

/** A service's connections to the server where a home is. */
export type DatabaseAt = (service: DatabaseService, home: DatabaseHome) => Database;

/** All connections of a process but those for sessions of their own. None is made before it is needed. */
export interface Pools {
  readonly at: DatabaseAt;
  /** For who may come in: as commands, and not behind them, for what is revoked is to be known at once. */
  readonly access: Database;
  /** Each once, by its name. */
  readonly named: ReadonlyMap<string, Database>;
  /** How many connections a process may have to the server of a home. */
  readonly connectionsTo: (home: DatabaseHome) => number;
}

interface Opened {
  readonly service: DatabaseService;
  readonly url: string;
  readonly size: number;
  readonly database: Database;
}

const placesOf = (service: DatabaseService): readonly DatabaseHome[] => {
  const first = WORKPLACES[service];
  return [first, ...DATABASE_HOMES.filter((home) => home !== first)];
};

/** The sessions beside the pools: a relay for each journal, and the one that keeps the instance's number. */
const DEDICATED = 3;

const countTo = (urls: DatabaseUrls, opened: readonly Opened[], home: DatabaseHome): number => {
  const here = opened.filter(({ service, url }) => service !== 'owner' && url === databaseUrlOf(urls, service, home));
  return here.reduce((sum, { size }) => sum + size, ACCESS_CONNECTIONS + DEDICATED);
};

const keyOf = (service: DatabaseService, url: string): string => `${service} ${url}`;

/** With all homes on one server, each service has one pool. */
export const openPools = (urls: DatabaseUrls, opening: AsyncDisposableStack, lineage: Lineage): Pools => {
  const pools = new Map<string, Opened>();
  const named = new Map<string, Database>();
  const open = (name: string, service: DatabaseService, { url, size }: Pick<Opened, 'url' | 'size'>): Database => {
    const database = openDatabase({ url, name, maxConnections: size, lineage, ...PATIENCE[service] });
    named.set(name, opening.use(database));
    return database;
  };
  const openAt = (service: DatabaseService, home: DatabaseHome): void => {
    const url = databaseUrlOf(urls, service, home);
    if (pools.has(keyOf(service, url))) return;
    const isWorkplace = home === WORKPLACES[service];
    const size = isWorkplace ? POOL_SIZES[service] : ELSEWHERE;
    const name = isWorkplace ? NAMES[service] : `${NAMES[service]}-${home}`;
    pools.set(keyOf(service, url), { service, url, size, database: open(name, service, { url, size }) });
  };
  for (const service of DATABASE_SERVICES) for (const home of placesOf(service)) openAt(service, home);
  const at: DatabaseAt = (service, home) => {
    const found = pools.get(keyOf(service, databaseUrlOf(urls, service, home)));
    if (found === undefined) throw new RangeError(`There is no pool of ${service} at ${home}`);
    return found.database;
  };
  const accessAt = { url: databaseUrlOf(urls, 'commands', 'shared'), size: ACCESS_CONNECTIONS };
  return {
    at,
    access: open('access', 'commands', accessAt),
    named,
    connectionsTo: (home) => countTo(urls, [...pools.values()], home),
  };
};
