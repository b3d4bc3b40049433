import { parseArgs } from 'node:util';
import { takeTimeline } from '../bus/index.ts';
import { type Homes, type JournalDbs, runnerOn, standingOf } from '../database/index.ts';
import { MAX_PARTITIONS, STREAMS, sealBy, streamKeys } from '../events/index.ts';
import { groupsByStream } from '../roles/index.ts';
import { StartupError } from '../startup/index.ts';
import { type Comparing, isNobodysRedis, missedBy } from '../upkeep/index.ts';
import { explain } from './explain.ts';
import { type Mended, mendHomes } from './restored/mend.ts';
import { newestEventAt } from './restored/newest.ts';
import { describeMissed, MissedSums } from './restored/report.ts';
import { untilStopped } from './restored/stopped.ts';
import { written } from './restored/write-list.ts';
import { openRunningServers } from './running-servers.ts';

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

/** Of every stream that there may be. */
const allGroups = (): Comparing['groups'] => {
  const groups = groupsByStream(ALL_THERE_CAN_BE);
  const streams = Object.values(STREAMS).flatMap((stream) => streamKeys(stream, ALL_THERE_CAN_BE));
  return new Map(streams.map((stream) => [stream, groups.get(stream) ?? []]));
};

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const tellOf = async (parts: Comparing & { readonly journals: JournalDbs }, to: string | undefined): Promise<void> => {
  const sums = new MissedSums();
  const missed = missedBy(parts);
  for await (const each of to === undefined ? missed : written(missed, to)) sums.add(each);
  process.stdout.write(describeMissed(sums, await newestEventAt(parts.journals)));
  if (to !== undefined) say(`Each is a line of ${to}.`);
};

/** Not refused: one that was lost with the database is to be made fit, too. */
const NOBODYS = `This Redis names no owner. Where it was emptied or lost, that is as it has to be: what only it had, nobody can tell any more.
Where it was not, it is not the one that panier used: see REDIS_URL and PANIER_REDIS_PREFIX.`;

const runnersOf = ({ at }: Homes): Comparing['homes'] => ({
  shared: runnerOn(at('shared').pool),
  write: runnerOn(at('write').pool),
  saga: runnerOn(at('saga').pool),
  audit: runnerOn(at('audit').pool),
});

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
  await using opened = new AsyncDisposableStack();
  const servers = await openRunningServers({ name: 'restored', maxConnections: 1 }, opened);
  const { homes, journals, redis, identity } = servers;
  if (await isNobodysRedis(redis, journals)) say(NOBODYS);
  if (mend) await untilStopped(homes.at('shared').db, say);
  const seal = sealBy(identity.seal);
  const parts = { homes: runnersOf(homes), journals, redis, seal, groups: allGroups() };
  await tellOf(parts, to);
  if (!mend) return say('Nothing was changed.');
  const mended = await mendHomes(homes, parts);
  for (const { db } of homes.all) {
    const standing = await standingOf(db);
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
