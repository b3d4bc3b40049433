import { parseArgs } from 'node:util';
import type { Redis } from 'ioredis';
import { changePartitions } from '../audit/index.ts';
import { type Database, type Db, otherVersionNames } from '../database/index.ts';
import { MAX_PARTITIONS } from '../events/index.ts';
import { sleep } from '../platform/index.ts';
import { StartupError } from '../startup/index.ts';
import { isNobodysRedis } from '../upkeep/index.ts';
import { explain } from './explain.ts';
import { lookAt } from './partitions/look.ts';
import { describeStanding } from './partitions/report.ts';
import { untilPublished } from './partitions/until-published.ts';
import { openRunningServers } from './running-servers.ts';

const TOLD_AFTER_MS = 2_000;

const USAGE = `Usage: npm run partitions [-- N]

Shows into how many partitions the streams are divided, and what waits in each; with N, from 1 to ${MAX_PARTITIONS}, divides them into
so many while panier runs, and waits until new events go there.
`;

const NOBODYS =
  'This Redis names no owner, so nobody can tell what waits: start panier (npm start), which takes it, or set REDIS_URL and ' +
  'PANIER_REDIS_PREFIX to the one that panier uses.';

interface Stores {
  /** What knows which processes run. */
  readonly shared: Db;
  /** What has the layout, and the event store. */
  readonly database: Database;
  readonly redis: Redis;
}

const openServers = async (opened: AsyncDisposableStack): Promise<Stores> => {
  const { homes, journals, redis } = await openRunningServers({ name: 'partitions', maxConnections: 1 }, opened);
  if (await isNobodysRedis(redis, journals)) throw new StartupError(NOBODYS);
  return { shared: homes.at('shared').db, database: homes.at('audit'), redis };
};

const show = async ({ database, redis }: Stores): Promise<string> => describeStanding(await lookAt(database.db, redis));

/** A replay that is about to end lets nobody store, nor this be changed, until it has. */
const toldOfWait = async <T>(work: Promise<T>): Promise<T> => {
  const done = new AbortController();
  const tell = async (): Promise<void> => {
    await sleep(TOLD_AFTER_MS, done.signal);
    if (!done.signal.aborted) process.stderr.write('Waiting for a replay that is about to end …\n');
  };
  const telling = tell();
  try {
    return await work;
  } finally {
    done.abort();
    await telling;
  }
};

/** One of before there were partitions reads none, and follows the event store as if it had one: it would pass over events. @throws {StartupError} */
const refuseBesideOthers = async (shared: Db): Promise<void> => {
  const names = await otherVersionNames(shared);
  if (names.length > 0)
    throw new StartupError(
      `Processes of another version run (${names.join(', ')}), and an earlier one would pass over events of partitions: ` +
        'bring all to one version first. One that was killed counts for fifteen seconds.',
    );
};

const change = async ({ shared, database, redis }: Stores, partitions: number): Promise<string> => {
  if (partitions > 1) await refuseBesideOthers(shared);
  const { most } = await toldOfWait(changePartitions(database, partitions));
  // Where there never were any, nobody has to go over.
  if (most > 1) await untilPublished(redis, partitions, process.stderr);
  return `New events go to ${partitions === 1 ? 'one partition' : `${partitions} partitions`}.\n`;
};

const readNumber = (given: string): number => {
  const partitions = /^\d{1,3}$/.test(given) ? Number(given) : 0;
  if (partitions >= 1 && partitions <= MAX_PARTITIONS) return partitions;
  throw new StartupError(
    `"${given}" is no number of partitions: give a whole number from 1 to ${MAX_PARTITIONS}.\n\n${USAGE}`,
  );
};

const readArguments = () => {
  try {
    const options = { help: { type: 'boolean', default: false } } as const;
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    if (positionals.length > 1) throw new Error('Give one number of partitions.');
    return { ...values, given: positionals[0] };
  } catch (error) {
    throw new StartupError(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  }
};

const run = async (): Promise<string> => {
  const { help, given } = readArguments();
  if (help) return USAGE;
  const partitions = given === undefined ? null : readNumber(given);
  await using opened = new AsyncDisposableStack();
  const stores = await openServers(opened);
  return await (partitions === null ? show(stores) : change(stores, partitions));
};

try {
  process.stdout.write(await run());
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
}
