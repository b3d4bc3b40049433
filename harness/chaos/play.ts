import { sleep } from '../../src/platform/index.ts';
import type { Random } from '../support/random.ts';
import { FAULTS, type Fault, Injections, openingOf, Schedule } from './faults/index.ts';
import { type Load, raiseLoad } from './load.ts';
import { Observer, untilOver, untilQuiet } from './observe/index.ts';
import type { Options } from './options.ts';
import { Progress } from './report/index.ts';
import { flyCanary, isUnknown, openBank, resolveUnknown, Shop } from './shop/index.ts';
import { RESERVATION_SECONDS, type Stage } from './stage/index.ts';
import { type Evidence, gather } from './verdict/index.ts';

const STORED_POLL_MS = 100;
const WARM_UP_MS = 3_000;
const MEASURE_MS = 7_000;
const RECOVERY_PATIENCE_MS = 60_000;
const QUIET_PATIENCE_MS = 60_000;
const RESOLVE_PATIENCE_MS = 60_000;
/** Unpaid orders expire, and their expiry takes its way. */
const EXPIRY_PATIENCE_MS = RESERVATION_SECONDS * 1_000 + 20_000;
const WATCH_PATIENCE_MS = 20_000;

/** A run, from an empty shop to all that can be known of it. */
export interface Played {
  readonly evidence: Evidence;
  readonly schedule: Schedule;
  readonly observer: Observer;
  readonly load: Load;
  /** Consumer groups that were made before the first fault. */
  readonly groupsBefore: number;
  readonly unknownAtFirst: number;
  readonly quietAfterMs: number;
  /** The numbers of partitions that there were, in their order. */
  readonly partitions: readonly number[];
}

interface Scene {
  readonly stage: Stage;
  readonly shop: Shop;
  readonly random: Random;
  readonly schedule: Schedule;
  readonly observer: Observer;
  readonly injections: Injections;
  readonly progress: Progress;
}

const faultsOf = ({ faults }: Options): ReadonlyMap<string, Fault> => {
  return new Map(faults.map((kind) => [kind, FAULTS[kind]]));
};

const recoverWith =
  (shop: Shop, { gateways, inventory }: Stage, random: Random) =>
  async (): Promise<number | null> => {
    const mayBeRefused = inventory !== null;
    const flight = {
      url: random.pick(gateways),
      history: shop.history,
      patienceMs: RECOVERY_PATIENCE_MS,
      mayBeRefused,
    };
    return flyCanary(flight).catch(() => null);
  };

const setScene = (stage: Stage, options: Options, random: Random): Omit<Scene, 'progress'> => {
  const { workload, rate } = options;
  const shop = new Shop({
    random: random.named('shop'),
    workload,
    rate,
    gateways: stage.gateways,
    inventory: stage.inventory?.process ?? null,
  });
  const injections = new Injections();
  const schedule = new Schedule({
    context: { stage, injections, random: random.named('faults') },
    faults: faultsOf(options),
    opening: openingOf(options.faults),
    recover: recoverWith(shop, stage, random.named('canaries')),
  });
  return { stage, shop, random, schedule, injections, observer: new Observer(stage) };
};

const describe = ({ shop, schedule, observer }: Omit<Scene, 'progress'>): string => {
  const { history } = shop;
  const unknown = history.commands.filter(isUnknown).length;
  const now = schedule.now.size > 0 ? `  now: ${[...schedule.now].join(', ')}` : '';
  return `${history.answeredMutations} answered, ${unknown} unknown  ${observer.duplicates} twice, ${observer.totals.claims} claims  ${schedule.struck.length} faults${now}`;
};

const healAll = async ({ stage }: Scene): Promise<void> => {
  for (const server of stage.databases.servers) server.thaw();
  for (const member of stage.members) {
    for (const link of member.options.links.databases) link.heal();
    member.options.links.redis.heal();
    member.setClock(0);
    member.resume();
  }
  await stage.inventory?.heal();
  await stage.redis.heal();
  await Promise.all(stage.members.map((member) => member.untilReady()));
};

const strike = async ({ schedule, progress }: Scene, minutes: number): Promise<void> => {
  const ending = AbortSignal.timeout(Math.round(minutes * 60_000));
  await schedule.run(ending);
  progress.say(`${schedule.struck.length} faults struck; everything is healed`);
};

/** Each gateway sells to the end: the last word on whether all is well again. */
const flyLast = async ({ stage, shop }: Scene): Promise<readonly string[]> => {
  const flights = stage.gateways.map(async (url) => {
    try {
      await flyCanary({ url, history: shop.history, patienceMs: RECOVERY_PATIENCE_MS, mayBeRefused: false });
      return [];
    } catch (error) {
      return [`canary through ${url}: ${error instanceof Error ? error.message : String(error)}`];
    }
  });
  return (await Promise.all(flights)).flat();
};

const storedEvents = async ({ databases }: Stage): Promise<number> => {
  const [row] = await databases.homes.audit.query<{ readonly events: number }>(
    'select count(*)::int as events from audit.event_store',
  );
  return row?.events ?? 0;
};

const untilStored = async (stage: Stage): Promise<void> => {
  while ((await storedEvents(stage)) === 0) await sleep(STORED_POLL_MS);
};

const comeToRest = async (scene: Scene): Promise<{ readonly ms: number; readonly left: readonly string[] }> => {
  const { stage, shop, progress } = scene;
  const grounded = await flyLast(scene);
  const { ms, left } = await untilQuiet(stage, QUIET_PATIENCE_MS);
  progress.say(left.length === 0 ? `at rest after ${(ms / 1_000).toFixed(1)} s` : `not at rest: ${left.join('; ')}`);
  const over = await untilOver(stage, EXPIRY_PATIENCE_MS);
  await shop.untilWatched({ events: await storedEvents(stage), ms: WATCH_PATIENCE_MS });
  return { ms, left: [...grounded, ...left, ...over.left] };
};

const measure = async ({ history }: Shop): Promise<number> => {
  history.takeRate();
  await sleep(MEASURE_MS);
  return history.takeRate();
};

const perform = async (scene: Scene, minutes: number): Promise<Played> => {
  const { stage, shop, random, schedule, observer, injections, progress } = scene;
  await shop.stock();
  await untilStored(stage);
  await shop.open();
  await sleep(WARM_UP_MS);
  const load = await raiseLoad(shop, () => measure(shop));
  progress.say(`${load.mutationsPerSecond.toFixed(0)} mutations/s with ${load.shoppers} shoppers`);
  const groupsBefore = observer.totals.groupsMade;
  await strike(scene, minutes);
  await shop.close();
  await healAll(scene);
  const deadlineMs = performance.now() + RESOLVE_PATIENCE_MS;
  const { history } = shop;
  const unknownAtFirst = await resolveUnknown({ history, gateways: stage.gateways, random, deadlineMs });
  progress.say(`${unknownAtFirst} unknown outcomes asked for again`);
  const { ms, left } = await comeToRest(scene);
  await observer.look();
  const gathering = {
    stage,
    injections,
    commands: history.commands,
    watches: shop.watchers,
    audited: shop.audited,
    probed: shop.probed,
    unrest: left,
  };
  return {
    evidence: await gather(gathering),
    schedule,
    observer,
    load,
    groupsBefore,
    unknownAtFirst,
    quietAfterMs: ms,
    partitions: stage.streams.history,
  };
};

/** Plays a whole run on a stage that is ready. */
export const play = async (stage: Stage, options: Options, random: Random): Promise<Played> => {
  const set = setScene(stage, options, random);
  await using progress = new Progress(() => describe(set));
  await using _bank = openBank({ query: (text) => stage.databases.homes.write.query(text) });
  const watching = new AbortController();
  const watched = set.observer.run(watching.signal);
  try {
    return await perform({ ...set, progress }, options.minutes);
  } finally {
    watching.abort();
    await watched;
  }
};
