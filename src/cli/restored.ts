import { parseArgs } from 'node:util';
import type { Redis } from 'ioredis';
import { belongsToAnother, IDENTITY_KEY, openRedis, type RedisServer, takeTimeline } from '../bus/index.ts';
import { databaseIdentity, type Homes, type JournalDbs, runnerOn, standingOf } from '../database/index.ts';
import { MAX_PARTITIONS, STREAMS, sealBy, streamKeys } from '../events/index.ts';
import { readProcessConfig } from '../platform/index.ts';
import { readRunningServers } from '../servers/index.ts';
import { StartupError } from '../startup/index.ts';
import { type Comparing, missedBy } from '../upkeep/index.ts';
import { explain } from './explain.ts';
import { type Mended, mendHomes } from './restored/mend.ts';
import { newestEventAt } from './restored/newest.ts';
import { describeMissed, MissedSums } from './restored/report.ts';
import { untilStopped } from './restored/stopped.ts';
import { written } from './restored/write-list.ts';
import { openRunningHomes } from './running-database.ts';
import { refuseUnfit } from './running-redis.ts';

const USAGE = `Usage: npm run restored [-- options]

After PostgreSQL was restored to an earlier moment, or failed over to a standby that lagged: tells which events Redis has
that the database lacks. Those of panier's own were acknowledged after that moment, and are lost.

  --to FILE   write them there, a line of JSON each, with all of their fields
  --mend      then make Redis fit the database, with every process of panier stopped: what is lost leaves the streams,
              what other services said stays, and everything is delivered again. Also when one of several servers was
              restored: what it lacks of the others' events is looked for in all of them, and published again. Needs --to.
`;

/** How many there were since, the database may not know: it is as it was before. */
const ALL_THERE_CAN_BE = { partitions: MAX_PARTITIONS, most: MAX_PARTITIONS };

interface Options {
  readonly to: string | undefined;
  readonly mend: boolean;
  readonly help: boolean;
}

const readOptions = (): Options => {
  try {
    const options = { to: { type: 'string' }, mend: { type: 'boolean' }, help: { type: 'boolean' } } as const;
    const { to, mend = false, help = false } = parseArgs({ options }).values;
    if (mend && to === undefined)
      throw new Error('--mend takes what is lost out of Redis: say --to FILE to keep a list.');
    return { to, mend, help };
  } catch (error) {
    throw new StartupError(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  }
};

const redisServerOf = (): RedisServer => {
  const { dataDir, redisPrefix: prefix, redisTls: tls, ...given } = readProcessConfig();
  const running = readRunningServers(dataDir);
  const redisUrl = given.redisUrl ?? running?.redisUrl;
  if ((given.databaseUrl ?? running?.databaseUrl) !== undefined && redisUrl !== undefined)
    return { url: redisUrl, tls, prefix, ownership: null };
  throw new StartupError(`No servers: set DATABASE_URL and REDIS_URL. Looked in ${dataDir}.`);
};

const refuseAnothers = async (redis: Redis, databaseId: string): Promise<void> => {
  await refuseUnfit(redis);
  const owner = await redis.get(IDENTITY_KEY);
  if (owner !== null && owner !== databaseId) throw new StartupError(belongsToAnother(owner, databaseId));
};

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const tellOf = async (parts: Comparing & { readonly journals: JournalDbs }, to: string | undefined): Promise<void> => {
  const sums = new MissedSums();
  const missed = missedBy(parts);
  for await (const each of to === undefined ? missed : written(missed, to)) sums.add(each);
  process.stdout.write(describeMissed(sums, await newestEventAt(parts.journals)));
  if (to !== undefined) say(`Each is a line of ${to}.`);
};

const runnersOf = ({ at }: Homes): Comparing['homes'] => ({
  shared: runnerOn(at('shared').pool),
  write: runnerOn(at('write').pool),
  saga: runnerOn(at('saga').pool),
  audit: runnerOn(at('audit').pool),
});

const journalsOf = ({ at }: Homes): JournalDbs => ({ write: at('write').db, saga: at('saga').db });

const tellMended = ({ kept, endpoints }: Mended): void => {
  say(
    `Redis fits the database again: ${kept} entries of other services are in it, and panier publishes its own once it`,
  );
  say('is started: it looks through the whole of each journal for events that were published and that a group lacks.');
  if (endpoints > 0)
    say(`Webhook endpoints that stood beyond the end of the event store, and begin there: ${endpoints}.`);
  say('Then: npm run verify');
};

const run = async ({ to, mend }: Options): Promise<void> => {
  const redisServer = redisServerOf();
  await using opened = new AsyncDisposableStack();
  const homes = opened.use(await openRunningHomes({ name: 'restored', maxConnections: 1 }));
  const { db } = homes.at('shared');
  const redis = opened.adopt(openRedis(redisServer), (connection) => connection.disconnect());
  const identity = await databaseIdentity(db);
  await refuseAnothers(redis, identity.id);
  if (mend) await untilStopped(db, say);
  const seal = sealBy(identity.seal);
  const streams = Object.values(STREAMS).flatMap((stream) => streamKeys(stream, ALL_THERE_CAN_BE));
  const parts = { homes: runnersOf(homes), journals: journalsOf(homes), redis, seal, streams };
  await tellOf(parts, to);
  if (!mend) return say('Nothing was changed.');
  const mended = await mendHomes(homes, parts);
  for (const { db: each } of homes.all) {
    const standing = await standingOf(each);
    if (standing !== null) await takeTimeline(redis, standing);
  }
  tellMended(mended);
};

try {
  const options = readOptions();
  if (options.help) process.stdout.write(USAGE);
  else await run(options);
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
}
