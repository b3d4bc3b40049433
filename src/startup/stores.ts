import { type OwnedRedis, Ownership } from '../bus/index.ts';
import {
  type Database,
  type DatabaseIdentity,
  type Instance,
  type JournalDbs,
  type JournalName,
  Lineage,
  takeInstanceNumber,
} from '../database/index.ts';
import { type Layout, type Seal, STREAMS, sealBy } from '../events/index.ts';
import {
  DATABASE_HOMES,
  type DatabaseAddresses,
  type DatabaseHome,
  type DatabaseService,
  type DatabaseUrls,
  databaseAddresses,
  databaseUrlOf,
  homeVariable,
  type Logger,
  openLogger,
  type RedisService,
  systemClock,
} from '../platform/index.ts';
import { publicationObjection } from '../relay/index.ts';
import { checkLineage, keepLineage } from './keep-lineage.ts';
import { beginLayout, openLayout } from './layout.ts';
import { logStrangers } from './log-strangers.ts';
import { type MarksOf, marksIn } from './marks.ts';
import { type DatabaseAt, openPools, type Pools } from './pools.ts';
import { bringUpToDate, lookAtDatabase } from './prepare-database.ts';
import { reach } from './reach.ts';
import {
  checkRedis,
  keepExamining,
  type OwnedServer,
  openRedises,
  type Redises,
  type RedisUrls,
  redisServers,
  takeRedis,
} from './redis-access.ts';
import { settleHomes } from './settle-homes.ts';

/** The servers that panier stands on, checked and migrated. */
export interface Stores extends AsyncDisposable {
  /** For commands and reactions; each service has a pool of its own, so that none starves another. */
  readonly commands: Database;
  readonly queries: Database;
  /** For who may come in: as commands, and not behind them, for what is revoked is to be known at once. */
  readonly access: Database;
  readonly saga: Database;
  readonly audit: Database;
  /** As a service, where a home is: the same pool for all homes that are on one server. */
  readonly at: DatabaseAt;
  /** Both journals, as a service comes to them. */
  readonly journalsAs: (service: DatabaseService) => JournalDbs;
  /** All of them, each once, by name. */
  readonly pools: ReadonlyMap<string, Database>;
  /** For what needs a session of its own. */
  readonly addressesAs: (service: DatabaseService) => DatabaseAddresses;
  readonly redis: Redises;
  readonly redisServers: Readonly<Record<RedisService, OwnedServer>>;
  /** @throws {ForeignRedis} when what a journal published there cannot have come from this database; asks no other journal. */
  readonly examineRedis: (journal: JournalName) => Promise<void>;
  readonly instance: Instance;
  /** What the services know their own events by. */
  readonly seal: Seal;
  /** Whether a server is the one to write to; for sessions beside the pools. */
  readonly lineage: Lineage;
  /** How the streams are divided now. */
  readonly layout: Layout;
}

/** Where the servers are; for services without a URL of their own, and homes without one, the one for all. */
export interface ServerUrls extends RedisUrls, DatabaseUrls {
  /** What a database begins with in which nothing was stored; by default it is as it is. */
  readonly partitions?: number | undefined;
  readonly logger?: Logger;
}

const isApart = ({ databaseUrls = {} }: ServerUrls): boolean => Object.keys(databaseUrls).length > 0;

/** Whether this process may come as the owner. */
const mayOwn = (urls: ServerUrls): boolean => !isApart(urls) || urls.databaseUrls?.owner !== undefined;

/** Those on servers of their own, and `shared`, by which the first is known. */
const homesApart = ({ databaseHomes = {} }: ServerUrls): readonly DatabaseHome[] => [
  'shared',
  ...DATABASE_HOMES.filter((home) => home !== 'shared' && databaseHomes[home] !== undefined),
];

const prepareDatabases = async (urls: ServerUrls, { at, connectionsTo }: Pools): Promise<void> => {
  for (const home of homesApart(urls)) {
    const needed = { variable: homeVariable(home), connections: connectionsTo(home) };
    if (mayOwn(urls)) await bringUpToDate(databaseUrlOf(urls, 'owner', home), needed);
    else await lookAtDatabase(databaseUrlOf(urls, 'read', home), at('read', home), needed);
  }
};

const journalsAs = (at: DatabaseAt, service: DatabaseService): JournalDbs => ({
  write: at(service, 'write').db,
  saga: at(service, 'saga').db,
});

/** What was published is the relay's to know: where nobody may ask as the relay, the identity alone has to tell. */
const objectionBy = (urls: ServerUrls, relay: JournalDbs) =>
  isApart(urls) && urls.databaseUrls?.relay === undefined ? async () => null : publicationObjection(relay);

const ALL_STREAMS = Object.values(STREAMS);

interface Owning {
  readonly pools: Pools;
  readonly identity: DatabaseIdentity;
  readonly marksOf: MarksOf;
}

const ownershipOf = (urls: ServerUrls, { pools, identity, marksOf }: Owning): Ownership =>
  new Ownership({
    databaseId: identity.id,
    get marks() {
      return marksOf(ALL_STREAMS);
    },
    objection: objectionBy(urls, journalsAs(pools.at, 'relay')),
    logger: urls.logger ?? openLogger('silent'),
  });

const takeEach = async (urls: ServerUrls, redis: Redises): Promise<readonly OwnedRedis[]> => {
  const each = [...new Set(Object.values(redis))];
  for (const one of each) await reach('REDIS_URL', urls.redisUrl, () => takeRedis(one));
  return each;
};

const databasesOf = ({ at, access, named }: Pools) => ({
  commands: at('commands', 'write'),
  queries: at('read', 'audit'),
  access,
  saga: at('saga', 'saga'),
  audit: at('audit', 'audit'),
  at,
  journalsAs: (service: DatabaseService) => journalsAs(at, service),
  pools: named,
});

/** @throws {StartupError} when a server cannot be reached, or would break panier's promises. */
export const openStores = async (urls: ServerUrls): Promise<Stores> => {
  await using opening = new AsyncDisposableStack();
  const logger = urls.logger ?? openLogger('silent');
  const lineage = new Lineage(logger);
  const pools = openPools(urls, opening, lineage);
  await checkRedis(urls);
  await prepareDatabases(urls, pools);
  const identity = await settleHomes({ urls, at: pools.at, mayOwn: mayOwn(urls) });
  if (urls.partitions !== undefined) await beginLayout(pools.at('owner', 'audit'), urls.partitions, logger);
  const layout = opening.use(await openLayout({ db: pools.at('read', 'audit').db, logger, clock: systemClock }));
  const marksOf = marksIn(layout);
  const servers = redisServers(urls, ownershipOf(urls, { pools, identity, marksOf }), marksOf);
  opening.use(logStrangers(logger));
  const redis = openRedises(servers, opening);
  // First: of a former primary, Redis is newer, too, and no restore would mend that.
  await reach('REDIS_URL', urls.redisUrl, () => checkLineage(redis.gateway, lineage, logger));
  for (const each of await takeEach(urls, redis)) opening.use(keepExamining(each, logger));
  opening.use(await reach('REDIS_URL', urls.redisUrl, () => keepLineage(redis.gateway, lineage, logger)));
  const instance = opening.use(
    await reach('DATABASE_URL', urls.databaseUrl, () => takeInstanceNumber(urls.databaseUrl)),
  );
  const opened = opening.move();
  return {
    ...databasesOf(pools),
    addressesAs: (service) => databaseAddresses(urls, service),
    redis,
    redisServers: servers,
    examineRedis: (journal) => redis.relay.examine(journal),
    instance,
    seal: sealBy(identity.seal),
    lineage,
    layout,
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
};
