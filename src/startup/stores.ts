import { type MarkPlace, type OwnedRedis, Ownership } from '../bus/index.ts';
import {
  type Database,
  type DatabaseIdentity,
  type Db,
  databaseIdentity,
  type Instance,
  Lineage,
  openDatabase,
  type PoolOptions,
  takeInstanceNumber,
} from '../database/index.ts';
import { type Layout, type Seal, STREAMS, sealBy, streamKeys } from '../events/index.ts';
import {
  type DatabaseService,
  type Logger,
  openLogger,
  type RedisService,
  type ServiceUrls,
  systemClock,
} from '../platform/index.ts';
import { markPlaces, publicationObjection } from '../relay/index.ts';
import { checkLineage, keepLineage } from './keep-lineage.ts';
import { beginLayout, openLayout } from './layout.ts';
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

/** The servers that panier stands on, checked and migrated. */
export interface Stores extends AsyncDisposable {
  /** For commands and reactions; each service has a pool of its own, so that none starves another. */
  readonly commands: Database;
  readonly queries: Database;
  /** For who may come in: as commands, and not behind them, for what is revoked is to be known at once. */
  readonly access: Database;
  readonly saga: Database;
  readonly audit: Database;
  readonly relay: Database;
  readonly webhooks: Database;
  /** Whoever may make tables, where this process knows them; else nobody who may. */
  readonly owner: Database;
  /** For what needs a session of its own. */
  readonly relayUrl: string;
  readonly ownerUrl: string;
  readonly redis: Redises;
  readonly redisServers: Readonly<Record<RedisService, OwnedServer>>;
  /** @throws {ForeignRedis} when what was published there cannot have come from this database. */
  readonly examineRedis: () => Promise<void>;
  readonly instance: Instance;
  /** What the services know their own events by. */
  readonly seal: Seal;
  /** Whether a server is the one to write to; for sessions beside the pools. */
  readonly lineage: Lineage;
  /** How the streams are divided now. */
  readonly layout: Layout;
}

type Patience = Pick<PoolOptions, 'statementMs' | 'lockMs' | 'unansweredMs'>;

/** Who asks is answered within 5 s: what takes longer only keeps connections from others. */
const PATIENCE: Readonly<Record<DatabaseService, Patience>> = {
  commands: { statementMs: 4_000, lockMs: 3_000, unansweredMs: 5_000 },
  read: { statementMs: 4_500, unansweredMs: 5_000 },
  saga: { lockMs: 5_000 },
  audit: { lockMs: 5_000 },
  relay: { lockMs: 5_000 },
  webhooks: { lockMs: 5_000 },
  owner: {},
};

/** Where the servers are; for services without a URL of their own, the one for all. */
export interface ServerUrls extends RedisUrls {
  readonly databaseUrl: string;
  readonly databaseUrls?: ServiceUrls<DatabaseService>;
  /** What a database begins with in which nothing was stored; by default it is as it is. */
  readonly partitions?: number | undefined;
  readonly logger?: Logger;
}

const POOL_SIZES: Readonly<Record<DatabaseService, number>> = {
  commands: 10,
  read: 10,
  saga: 4,
  audit: 3,
  relay: 3,
  webhooks: 3,
  // A rebuild's own session, one that reads ahead, one for each read model.
  owner: 5,
};
/** One that asks for what is new, one that writes it. */
const ACCESS_CONNECTIONS = 2;
/** Those of the services, a relay for each journal, and the session that keeps the instance's number. */
const CONNECTIONS =
  Object.values(POOL_SIZES).reduce((sum, size) => sum + size) - POOL_SIZES.owner + ACCESS_CONNECTIONS + 3;

const urlOf = ({ databaseUrl, databaseUrls = {} }: ServerUrls, service: DatabaseService): string =>
  databaseUrls[service] ?? databaseUrl;

const isApart = ({ databaseUrls = {} }: ServerUrls): boolean => Object.keys(databaseUrls).length > 0;

const openPools = (urls: ServerUrls, opening: AsyncDisposableStack, lineage: Lineage) => {
  const pool = (name: string, service: DatabaseService, maxConnections = POOL_SIZES[service]): Database =>
    opening.use(openDatabase({ url: urlOf(urls, service), name, maxConnections, lineage, ...PATIENCE[service] }));
  return {
    commands: pool('commands', 'commands'),
    queries: pool('queries', 'read'),
    access: pool('access', 'commands', ACCESS_CONNECTIONS),
    saga: pool('saga', 'saga'),
    audit: pool('audit', 'audit'),
    relay: pool('relay', 'relay'),
    webhooks: pool('webhooks', 'webhooks'),
    owner: pool('owner', 'owner'),
  };
};

const prepareDatabase = (urls: ServerUrls, any: Database): Promise<void> => {
  const needed = { connections: CONNECTIONS };
  const owner = isApart(urls) ? urls.databaseUrls?.owner : urls.databaseUrl;
  return owner === undefined ? lookAtDatabase(urls.databaseUrl, any, needed) : bringUpToDate(owner, needed);
};

/** What was published is the relay's to know: where nobody may ask as the relay, the identity alone has to tell. */
const objectionBy = (urls: ServerUrls, relay: Db) =>
  isApart(urls) && urls.databaseUrls?.relay === undefined ? async () => null : publicationObjection(relay);

/** Beside all keys under which the streams may hold events now. */
const marksIn =
  (layout: Layout) =>
  (streams: readonly string[]): readonly MarkPlace[] =>
    markPlaces(streams.flatMap((stream) => streamKeys(stream, layout.current())));

interface Owning {
  readonly pools: ReturnType<typeof openPools>;
  readonly identity: DatabaseIdentity;
  readonly layout: Layout;
}

const ownershipOf = (urls: ServerUrls, { pools, identity, layout }: Owning): Ownership =>
  new Ownership({
    databaseId: identity.id,
    get marks() {
      return marksIn(layout)(Object.values(STREAMS));
    },
    objection: objectionBy(urls, pools.relay.db),
    logger: urls.logger ?? openLogger('silent'),
  });

const takeEach = async (urls: ServerUrls, redis: Redises): Promise<readonly OwnedRedis[]> => {
  const each = [...new Set(Object.values(redis))];
  for (const one of each) await reach('REDIS_URL', urls.redisUrl, () => takeRedis(one));
  return each;
};

/** @throws {StartupError} when a server cannot be reached, or would break panier's promises. */
export const openStores = async (urls: ServerUrls): Promise<Stores> => {
  await using opening = new AsyncDisposableStack();
  const logger = urls.logger ?? openLogger('silent');
  const lineage = new Lineage(logger);
  const pools = openPools(urls, opening, lineage);
  await checkRedis(urls);
  await prepareDatabase(urls, pools.queries);
  const { db } = pools.queries;
  const identity = await databaseIdentity(db);
  if (urls.partitions !== undefined) await beginLayout(pools.owner, urls.partitions, logger);
  const layout = opening.use(await openLayout({ db, logger, clock: systemClock }));
  const servers = redisServers(urls, ownershipOf(urls, { pools, identity, layout }), marksIn(layout));
  const redis = openRedises(servers, opening);
  // First: of a former primary, Redis is newer, too, and no restore would mend that.
  await reach('REDIS_URL', urls.redisUrl, () => checkLineage(redis.gateway, lineage, logger));
  for (const each of await takeEach(urls, redis)) opening.use(keepExamining(each, logger));
  opening.use(await reach('REDIS_URL', urls.redisUrl, () => keepLineage(redis.gateway, lineage, logger)));
  const instance = opening.use(await takeInstanceNumber(urls.databaseUrl));
  const opened = opening.move();
  return {
    ...pools,
    relayUrl: urlOf(urls, 'relay'),
    ownerUrl: urlOf(urls, 'owner'),
    redis,
    redisServers: servers,
    examineRedis: () => redis.relay.examine(),
    instance,
    seal: sealBy(identity.seal),
    lineage,
    layout,
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
};
