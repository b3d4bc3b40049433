import { streamKeys } from '../../src/events/index.ts';
import { isSameMark } from '../../src/relay/index.ts';
import { Random } from '../support/random.ts';
import { seedChance } from './engine/determinism.ts';
import { Scheduler } from './engine/scheduler.ts';
import { Trace } from './engine/trace.ts';
import {
  allForeign,
  allTold,
  ghostHoldOf,
  ordersOf,
  outcomeOf,
  type Violation,
  violationsOf,
} from './invariants/index.ts';
import { lastMarks } from './memory/outbox.ts';
import { Client } from './shop/client.ts';
import { follow } from './shop/follower.ts';
import { History } from './shop/history.ts';
import { stockShop } from './shop/merchant.ts';
import { shop } from './shop/shopper.ts';
import { sayAllAgain } from './shop/stranger.ts';
import { injectFaults } from './system/faults.ts';
import { Fleet } from './system/fleet.ts';
import { GROUPS } from './system/process.ts';
import { drawSwarm, type FaultKind, type Swarm } from './system/swarm.ts';
import { World } from './system/world.ts';

export interface SeedOptions {
  readonly seed: number;
  readonly keepsTrace: boolean;
  /** In place of what the seed would draw. */
  readonly swarm?: Partial<Swarm>;
  /** Faults that are left out of it. */
  readonly without?: readonly FaultKind[];
}

export interface SeedResult {
  readonly seed: number;
  readonly violations: readonly Violation[];
  readonly steps: number;
  readonly digest: string;
  readonly trace: readonly string[];
  readonly faults: ReadonlyMap<FaultKind, number>;
  readonly outcomes: ReadonlyMap<string, number>;
  /** What happened how often; a run in which it never does proves nothing. */
  readonly counts: ReadonlyMap<string, number>;
  readonly swarm: Swarm;
  /** The events of an aggregate, for the story of a violation. */
  readonly storyOf: (aggregateId: string) => readonly string[];
}

/** How long everything may take to come to rest once nothing fails any more. */
const PATIENCE_MS = 60_000;
const LOOK_EVERY = 64;
/** How long it is to rest: enough for whoever follows to see the end. */
const LAST_LOOK_MS = 150;
/** How long the trade may take while faults are injected. */
const MAX_TRADE_MS = 120_000;

const everythingIsRead = ({ bus, database }: World): boolean =>
  [...GROUPS].every(([group, names]) =>
    names
      .flatMap((name) => streamKeys(name, database.partitioning))
      .every((stream) => {
        const state = bus.streams.get(stream);
        const reader = state?.groups.get(group);
        if (state === undefined || reader === undefined) return false;
        return reader.pending.size === 0 && reader.lastOrder >= (state.entries.at(-1)?.order ?? 0);
      }),
  );

/** While Redis lacks something that was published, it has yet to be published again. */
const nothingIsLost = ({ database, bus }: World): boolean =>
  [database.write, database.saga].every((journal) =>
    [...lastMarks(journal)].every(([stream, mark]) => {
      const found = bus.marks.get(`${stream} ${journal.name}`);
      return found !== undefined && isSameMark(found, mark);
    }),
  );

const isAtRest = (world: World): boolean => {
  const { write, saga, tasks, remoteTasks, events } = world.database;
  const waiting = [write.outbox, saga.outbox, tasks, remoteTasks];
  if (waiting.some(({ committed }) => committed.size > 0)) return false;
  if (!everythingIsRead(world) || !nothingIsLost(world)) return false;
  const told = allTold(world.database);
  if (told.length + allForeign(world.database).length > events.committed.size) return false;
  return ordersOf(told).every((story) => outcomeOf(story) !== 'OPEN' && ghostHoldOf(story, world.database) === null);
};

const everySoOften = (look: () => boolean): (() => boolean) => {
  let steps = 0;
  return () => {
    steps += 1;
    return steps % LOOK_EVERY === 0 && look();
  };
};

interface Parts {
  readonly world: World;
  readonly fleet: Fleet;
  readonly history: History;
  readonly followed: Set<string>;
}

/** All that shoppers and the merchant do; ends when they are done. */
const trade = async (parts: Parts): Promise<void> => {
  const { swarm } = parts.world;
  const products = Array.from({ length: swarm.products }, (_, index) => `prod_${index + 1}`);
  await stockShop(new Client('merchant', parts), products, parts.world);
  const shoppers = Array.from({ length: swarm.shoppers }, (_, index) => new Client(`shopper-${index + 1}`, parts));
  await Promise.all(shoppers.map((client) => shop(client, products)));
};

const play = async (parts: Parts, faults: Map<FaultKind, number>): Promise<void> => {
  const { world, fleet } = parts;
  let isTraded = false;
  void trade(parts).then(() => (isTraded = true));
  void follow(world, parts.followed);
  void injectFaults(world, fleet, (kind) => faults.set(kind, (faults.get(kind) ?? 0) + 1));
  await world.scheduler.run(() => isTraded || world.scheduler.nowMs > MAX_TRADE_MS);
  world.isHealed = true;
  fleet.heal();
  sayAllAgain(world);
  const giveUpAtMs = world.scheduler.nowMs + PATIENCE_MS;
  let restsSinceMs: number | null = null;
  // What nobody waits for any more may vanish, too: then a sweep disturbs the rest once more.
  const hasRested = (): boolean => {
    restsSinceMs = isTraded && isAtRest(world) ? (restsSinceMs ?? world.scheduler.nowMs) : null;
    return restsSinceMs !== null && world.scheduler.nowMs > restsSinceMs + LAST_LOOK_MS;
  };
  await world.scheduler.run(everySoOften(() => hasRested() || world.scheduler.nowMs > giveUpAtMs));
};

const countsOf = (
  { database, inventory, counts }: World,
  history: History,
  told: ReturnType<typeof allTold>,
): ReadonlyMap<string, number> =>
  new Map([
    ...counts,
    ...database.counts,
    ['calls that took effect', inventory.changes.length],
    ['answers', history.answers.length],
    ['no answer', history.unknown],
    ['dead letters', database.deadLetters.size],
    ['pending charges', told.filter(({ envelope }) => envelope.type === 'PaymentPending').length],
    ['compensations', told.filter(({ envelope }) => envelope.type === 'StockCompensated').length],
  ]);

/** Runs one seed from an empty shop to rest, and looks at what is left. */
export const runSeed = async ({ seed, keepsTrace, swarm: given, without = [] }: SeedOptions): Promise<SeedResult> => {
  const random = new Random(seed);
  const trace = new Trace({ keepsLines: keepsTrace });
  const scheduler = new Scheduler(random.fork(), trace);
  using _chance = seedChance(random.fork(), () => scheduler.nowMs);
  const luck = random.fork();
  const swarm = { ...drawSwarm(random.fork()), ...given };
  const faults = swarm.faults.filter((kind) => !without.includes(kind));
  const world = new World(scheduler, luck, { ...swarm, faults });
  const parts = { world, fleet: new Fleet(world), history: new History(), followed: new Set<string>() };
  const struck = new Map<FaultKind, number>();
  await play(parts, struck);
  const { database, bus, provider, inventory } = world;
  const { history, followed } = parts;
  const told = allTold(database);
  const outcomes = Map.groupBy(ordersOf(told), outcomeOf);
  return {
    seed,
    violations: violationsOf({ database, bus, provider, inventory, history, followed }),
    steps: trace.steps,
    digest: trace.digest,
    trace: trace.lines,
    faults: struck,
    outcomes: new Map([...outcomes].map(([outcome, orders]) => [outcome, orders.length])),
    counts: countsOf(world, history, told),
    swarm: world.swarm,
    storyOf: (aggregateId) =>
      told
        .filter(({ envelope }) => envelope.aggregateId === aggregateId)
        .map(({ envelope }) => `${envelope.occurredAt} ${envelope.producer} ${envelope.version} ${envelope.type}`),
  };
};
