import { Actor } from '../../harness/simulation/engine/actor.ts';
import { Scheduler } from '../../harness/simulation/engine/scheduler.ts';
import { Trace } from '../../harness/simulation/engine/trace.ts';
import { BusConnection } from '../../harness/simulation/memory/bus-connection.ts';
import { Connection } from '../../harness/simulation/memory/connection.ts';
import { drawSwarm } from '../../harness/simulation/system/swarm.ts';
import { World } from '../../harness/simulation/system/world.ts';
import { Random } from '../../harness/support/random.ts';

const HEARTBEAT_MS = 5;

/** The servers of the simulation, at work without faults until disposed. */
export interface MemoryStage extends AsyncDisposable {
  readonly world: World;
  /** Of a process of its own. */
  readonly connect: () => { readonly database: Connection; readonly bus: BusConnection };
}

/** Somebody always has something to do: the scheduler takes a world in which nobody has for one that is stuck. */
const keepAlive = (scheduler: Scheduler): void => {
  const actor = new Actor('heart');
  const beat = (): void => void scheduler.at(scheduler.nowMs + HEARTBEAT_MS, { actor, label: 'beat', run: beat });
  beat();
};

export const openMemoryStage = (): MemoryStage => {
  const random = new Random(1);
  const scheduler = new Scheduler(random.fork(), new Trace({ keepsLines: false }));
  const world = new World(scheduler, random.fork(), drawSwarm(random.fork()));
  world.isHealed = true;
  keepAlive(scheduler);
  let isOver = false;
  const finished = scheduler.run(() => isOver);
  return {
    world,
    connect: () => {
      const { database, bus, databaseLink, busLink } = world;
      const actor = new Actor('process');
      return {
        database: new Connection({ actor, database, scheduler, link: databaseLink }),
        bus: new BusConnection({ actor, bus, scheduler, link: busLink }),
      };
    },
    [Symbol.asyncDispose]: () => {
      isOver = true;
      return finished;
    },
  };
};
