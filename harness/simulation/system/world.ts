import { openLogger } from '../../../src/platform/index.ts';
import type { Random } from '../../support/random.ts';
import { Actor } from '../engine/actor.ts';
import type { Link, LinkFault, Scheduler } from '../engine/scheduler.ts';
import { MemoryBus } from '../memory/bus.ts';
import { MemoryDatabase } from '../memory/database.ts';
import { type CallFault, InventoryLedger } from '../memory/inventory.ts';
import { ProviderLedger } from '../memory/provider.ts';
import { connectionFailure } from '../memory/transaction.ts';
import type { Swarm } from './swarm.ts';

/** What stands outside of every process of panier, and survives each of them. */
export class World {
  readonly scheduler: Scheduler;
  readonly random: Random;
  readonly swarm: Swarm;
  readonly database: MemoryDatabase;
  readonly bus: MemoryBus;
  readonly provider = new ProviderLedger();
  readonly inventory = new InventoryLedger();
  /** What others than panier have added to the streams. */
  readonly said: { readonly stream: string; readonly entry: readonly string[] }[] = [];
  /** Whoever does what nobody of panier does. */
  readonly actor = new Actor('world');
  readonly logger = openLogger('silent');
  /** What happened how often. */
  readonly counts = new Map<string, number>();
  /** Once healed, nothing fails any more. */
  isHealed = false;
  readonly #luck: Random;

  constructor(scheduler: Scheduler, random: Random, swarm: Swarm) {
    this.scheduler = scheduler;
    this.random = random;
    this.swarm = swarm;
    this.#luck = random.fork();
    this.database = new MemoryDatabase(scheduler);
    if (swarm.partitions > 1) this.database.divide(swarm.partitions);
    this.bus = new MemoryBus(
      () => scheduler.nowMs,
      (what) => this.count(what),
    );
  }

  readonly databaseLink: Link = { fault: () => this.faultOf('database'), failure: connectionFailure };
  readonly busLink: Link = { fault: () => this.faultOf('bus'), failure: () => new Error('Connection is closed.') };

  count(what: string, times = 1): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + times);
  }

  /** What befalls a call to the inventory. */
  callFault(): CallFault {
    if (this.isHealed || !this.#luck.chance(this.swarm.callFaults)) return null;
    const fault = this.#luck.pick(['Doubled', 'Delayed', 'TurnedAway'] as const);
    this.count(`calls ${fault}`);
    return fault;
  }

  faultOf(server: keyof Swarm['links']): LinkFault {
    if (this.isHealed || !this.#luck.chance(this.swarm.links[server])) return null;
    const fault = this.#luck.chance(0.5) ? 'LostRequest' : 'LostReply';
    this.count(`${server} ${fault}`);
    return fault;
  }
}
