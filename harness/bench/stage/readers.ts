import { setTimeout as pause } from 'node:timers/promises';
import { type PanierProcess, startPanier } from './panier.ts';
import { openServers, type Servers } from './servers.ts';

/** What a process reads as a member of a group: a partition, by its number, or the streams without partitions. */
export interface Reading {
  readonly group: string;
  readonly unit: string;
}

/** A panier in several processes, of which each reads its part of the partitions. */
export interface Readers extends AsyncDisposable {
  readonly servers: Servers;
  readonly gatewayUrl: string;
  readonly workers: () => readonly PanierProcess[];
  readonly readingsOf: (worker: PanierProcess) => Promise<readonly Reading[]>;
  /** Another process takes the place of one that is no more. */
  readonly replace: (worker: PanierProcess) => Promise<void>;
  /** Resolves when each unit of each group is read, and each worker reads its part of them. */
  readonly untilSpread: () => Promise<void>;
}

export const PARTITIONS = 4;
const UNITS = PARTITIONS + 1;
const WORKERS = 3;
const GROUPS = 3;
const WORK = ['payment', 'saga', 'audit'];
const PATIENCE_MS = 60_000;

const READINGS = `
  select lease.consumer_group as group, lease.unit from bus.partition_lease as lease
  join bus.partition_reader as reader on reader.id = lease.reader_id
  join bus.process as process on reader.consumer = lease.consumer_group || '-' || process.instance
  where process.pid = $1`;

const startWorker = (environment: Readonly<Record<string, string>>): Promise<PanierProcess> =>
  startPanier({ roles: WORK, environment });

/** A unit more or less than others. */
const isFair = (units: number): boolean => units >= GROUPS * Math.floor(UNITS / WORKERS);

export const openReaders = async (): Promise<Readers> => {
  await using opening = new AsyncDisposableStack();
  const servers = opening.use(await openServers());
  const environment = {
    DATABASE_URL: servers.databaseUrl,
    REDIS_URL: servers.redisUrl,
    PANIER_PARTITIONS: String(PARTITIONS),
  };
  const front = opening.use(await startPanier({ roles: ['gateway', 'relay'], environment }));
  let workers: readonly PanierProcess[] = [];
  opening.defer(async () => void (await Promise.all(workers.map((worker) => worker[Symbol.asyncDispose]()))));
  for (let nth = 0; nth < WORKERS; nth += 1) workers = [...workers, await startWorker(environment)];
  const readingsOf = async ({ pid }: PanierProcess): Promise<readonly Reading[]> =>
    (await servers.pool.query<Reading>(READINGS, [pid])).rows;
  const isSpread = async (): Promise<boolean> => {
    const counts = (await Promise.all(workers.map(readingsOf))).map(({ length }) => length);
    return counts.every(isFair) && counts.reduce((sum, count) => sum + count, 0) === GROUPS * UNITS;
  };
  const opened = opening.move();
  return {
    servers,
    gatewayUrl: front.url,
    workers: () => workers,
    readingsOf,
    replace: async (worker) => {
      workers = workers.filter((each) => each !== worker);
      await worker[Symbol.asyncDispose]();
      workers = [...workers, await startWorker(environment)];
    },
    untilSpread: async () => {
      for (const endMs = performance.now() + PATIENCE_MS; !(await isSpread()); await pause(50))
        if (performance.now() > endMs) throw new Error('The partitions are not spread.');
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
};
