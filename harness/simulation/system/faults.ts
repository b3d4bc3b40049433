import { STREAMS } from '../../../src/events/index.ts';
import { Connection } from '../memory/connection.ts';
import { dividing } from '../memory/event-store.ts';
import { connectionFailure } from '../memory/transaction.ts';
import { meddle } from '../shop/stranger.ts';
import type { Fleet } from './fleet.ts';
import type { FaultKind } from './swarm.ts';
import type { World } from './world.ts';

/** An event type that is in no catalogue. */
export const POISON = 'Nonsense';

/** By an operator, whose way to the database is a good one. */
const divideAnew = async ({ actor, database, scheduler, random }: World): Promise<void> => {
  const link = { fault: () => null, failure: connectionFailure };
  const connection = new Connection({ actor, database, scheduler, link });
  const partitions = random.pick([1, 1, 2, 3, 4, 8]);
  await connection.transaction(
    (tx) => tx,
    (tx) => connection.queryIn(tx, `divide by ${partitions}`, dividing(connection, tx, partitions)),
  );
};

type Injection = (world: World, fleet: Fleet) => void;

const INJECTIONS: Readonly<Record<FaultKind, Injection>> = {
  crash: ({ random }, fleet) => fleet.crash(random.integer(0, 3_000)),
  freeze: ({ random }, fleet) =>
    fleet.freeze(random.chance(0.2) ? random.integer(5_000, 12_000) : random.integer(10, 3_000)),
  flush: ({ bus }) => bus.flush(),
  loseTail: ({ bus }) => bus.loseTail(),
  destroyGroup: ({ bus, random }) => bus.destroyGroup(random),
  repeat: ({ bus, random }) => bus.repeat(random),
  deleteEntries: ({ bus, random }) => (random.chance(0.5) ? bus.deleteEntries(random) : bus.doomNext(random)),
  skipGroup: ({ bus, random }) => bus.skipGroup(random),
  deleteConsumer: ({ bus, random }) => bus.deleteConsumer(random),
  strangers: (world) => meddle(world, world.random),
  divide: (world) => void divideAnew(world),
  poison: ({ bus, random }) =>
    void bus.add(random.pick(Object.values(STREAMS)), ['event_id', 'event_x', 'event_type', POISON]),
};

const MAX_FAULTS = 40;

/** Injects the seed's faults, one after the other, until the world is healed. Now and then Redis writes to its disk. */
export const injectFaults = async (world: World, fleet: Fleet, count: (kind: FaultKind) => void): Promise<void> => {
  const { random, scheduler, swarm, actor } = world;
  for (let faults = 0; !world.isHealed && swarm.faults.length > 0 && faults < MAX_FAULTS; faults += 1) {
    await scheduler.sleep(actor, random.next() * 2 * swarm.faultEveryMs);
    if (random.chance(0.5)) world.bus.save();
    if (world.isHealed) return;
    const kind = random.pick(swarm.faults);
    INJECTIONS[kind](world, fleet);
    count(kind);
  }
};
