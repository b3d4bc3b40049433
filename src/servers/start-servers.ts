import { join } from 'node:path';
import { guarded, ignored } from '../platform/index.ts';
import { explainFileError, openDataDir } from './data-dir.ts';
import { lastLinesOf } from './last-lines.ts';
import { type Ownership, takeOwnership } from './ownership.ts';
import { startPostgres } from './postgres.ts';
import type { ProcessIdentity } from './process-identity.ts';
import { startRedis } from './redis.ts';
import { startRedisCluster } from './redis-cluster.ts';
import type { ServerProcess } from './server-process.ts';

export type StartServersOptions = {
  /** Absolute. */
  readonly dataDir: string;
  /** A server that is there already: nothing is started for it. */
  readonly databaseUrl?: string | undefined;
  readonly redisUrl?: string | undefined;
  /** Whether the Redis that is started is a cluster; by default not. */
  readonly isCluster?: boolean;
  /** Told in a sentence what takes long. */
  readonly say: (line: string) => void;
  /** Without it, whoever is told of the servers is told of their administrators. */
  readonly access?: Access;
  /** Told of each that ends though nobody here ended it. Nodes of a cluster may: others take their place. */
  readonly onLost?: (lost: LostServer) => void;
};

/** A server that was ready, and has ended. */
export type LostServer = {
  readonly server: 'PostgreSQL' | 'Redis';
  /** The last lines that it said. */
  readonly log: string;
};

/** Who may come to servers that are started here. */
export type Access = {
  /** What stands behind `user` in redis.conf, one each. */
  readonly redisUsers: readonly string[];
  /** Makes the roles; answers with the URL that others are told of. */
  readonly admitToPostgres: (administratorUrl: string) => Promise<string>;
};

/** Where panier answers; what it does not play is missing. */
export type Addresses = { readonly gatewayUrl?: string; readonly opsUrl?: string };

/** PostgreSQL and Redis, ready. Disposing stops what was started, and resolves when it has ended. */
export type Servers = AsyncDisposable & {
  readonly databaseUrl: string;
  readonly redisUrl: string;
  /** Leaves word in the data directory of where panier answers. */
  readonly noteAddresses: (addresses: Addresses) => void;
  /** Adds to what servers.json says; nothing where no server was started. */
  readonly note: (environment: Readonly<Record<string, string>>) => void;
  /** Ends what was started at once, without waiting; the next start recovers. */
  readonly kill: () => void;
  /** From now on they may end: whoever stops this process may stop them, too. */
  readonly letGo: () => void;
};

type Start = {
  readonly options: StartServersOptions;
  readonly ownership: Ownership;
  readonly started: ServerProcess[];
  /** Aborted when they may end. */
  readonly letGo: AbortSignal;
  /** Has those end that have started. */
  readonly giveUp: () => void;
};

type Watched = { readonly server: LostServer['server']; readonly directory: string; readonly process: ServerProcess };

/** Without it, panier would stay beside a server that nobody starts again. */
const watch = ({ server, directory, process: watched }: Watched, { options: { onLost }, letGo }: Start): void => {
  const tell = guarded((): void => {
    if (!letGo.aborted) onLost?.({ server, log: lastLinesOf(`${directory}.log`) });
  }, ignored);
  void watched.ended.then(tell, ignored);
};

/** One that comes when the others were let go already ends like them. */
const keep = ({ started, letGo }: Start, spawned: ServerProcess): void => {
  started.push(spawned);
  if (letGo.aborted) spawned.stop().catch(ignored);
};

const startEmbeddedPostgres = async (start: Start): Promise<string> => {
  const { options, ownership } = start;
  const onSpawn = (spawned: ServerProcess): void => {
    keep(start, spawned);
    ownership.note({ postgres: spawned.identity });
  };
  const directory = join(options.dataDir, 'postgres');
  const { url, process } = await startPostgres({ directory, onSpawn, say: options.say });
  watch({ server: 'PostgreSQL', directory, process }, start);
  const databaseUrl = (await options.access?.admitToPostgres(url)) ?? url;
  ownership.note({ databaseUrl });
  return databaseUrl;
};

const startEmbeddedRedis = async (start: Start): Promise<string> => {
  const { options, ownership } = start;
  const onSpawn = (spawned: ServerProcess): void => {
    keep(start, spawned);
    ownership.note({ redis: spawned.identity });
  };
  const { say, access } = options;
  const users = access?.redisUsers ?? [];
  const directory = join(options.dataDir, 'redis');
  const { url, process } = await startRedis({ directory, say, users, onSpawn });
  watch({ server: 'Redis', directory, process }, start);
  ownership.note({ redisUrl: url });
  return url;
};

const startEmbeddedCluster = async (start: Start): Promise<string> => {
  const { options, ownership } = start;
  const nodes: ProcessIdentity[] = [];
  const onSpawn = (spawned: ServerProcess): void => {
    keep(start, spawned);
    nodes.push(spawned.identity);
    ownership.note({ redisNodes: [...nodes] });
  };
  const { say, access, dataDir } = options;
  const users = access?.redisUsers ?? [];
  const { url } = await startRedisCluster({ directory: join(dataDir, 'redis-cluster'), say, users, onSpawn });
  ownership.note({ redisUrl: url });
  return url;
};

/** Waits for both: one that is still being started could not be stopped. Where one fails, the other is given up, however far it is. */
const startBoth = async (start: Start): Promise<readonly [string, string]> => {
  const { databaseUrl, redisUrl, isCluster = false } = start.options;
  const startOwn = isCluster ? startEmbeddedCluster : startEmbeddedRedis;
  const postgres = databaseUrl === undefined ? startEmbeddedPostgres(start) : Promise.resolve(databaseUrl);
  const redis = redisUrl === undefined ? startOwn(start) : Promise.resolve(redisUrl);
  const both = Promise.all([postgres, redis]);
  await both.catch(start.giveUp);
  await Promise.allSettled([postgres, redis]);
  return both;
};

const startEmbedded = async (options: StartServersOptions): Promise<Servers> => {
  await using starting = new AsyncDisposableStack();
  openDataDir(options.dataDir);
  const ownership = starting.use(await takeOwnership(options.dataDir));
  const started: ServerProcess[] = [];
  const lettingGo = new AbortController();
  const letGo = (): void => lettingGo.abort();
  const kill = guarded((): void => {
    letGo();
    for (const server of started) server.kill();
  }, ignored);
  // An error that nobody catches ends us without disposal.
  process.once('exit', kill);
  starting.defer(() => void process.off('exit', kill));
  starting.defer(async () => void (await Promise.all(started.map((server) => server.stop()))));
  starting.defer(letGo);
  const giveUp = (): void => {
    letGo();
    for (const server of started) server.stop().catch(ignored);
  };
  const [databaseUrl, redisUrl] = await startBoth({ options, ownership, started, letGo: lettingGo.signal, giveUp });
  const running = starting.move();
  const noteAddresses = (addresses: Addresses): void => ownership.note(addresses);
  const note = (environment: Readonly<Record<string, string>>): void => ownership.note({ environment });
  return {
    databaseUrl,
    redisUrl,
    note,
    noteAddresses,
    kill,
    letGo,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
};

/**
 * Starts what no URL is given for, on the data in `dataDir`: `postgres/`, `redis/` or `redis-cluster/`, their logs, and `servers.json`, which says where they are.
 * @throws ServersError with a message for the person at the terminal
 */
export const startServers = async (options: StartServersOptions): Promise<Servers> => {
  const { databaseUrl, redisUrl, dataDir } = options;
  if (databaseUrl !== undefined && redisUrl !== undefined)
    return {
      databaseUrl,
      redisUrl,
      note: ignored,
      noteAddresses: ignored,
      kill: ignored,
      letGo: ignored,
      [Symbol.asyncDispose]: async () => undefined,
    };
  try {
    return await startEmbedded(options);
  } catch (error) {
    throw explainFileError(error, dataDir);
  }
};
