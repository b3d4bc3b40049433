import { type PanierProcess, startProcess } from './process.ts';
import type { World } from './world.ts';

/** How long a session may be silent inside a transaction, and how long a leading relay's may be at all. */
const IDLE_IN_TRANSACTION_MS = 5_000;

/** The processes of panier: they die, come back under their number, and freeze. */
export class Fleet {
  readonly #world: World;
  readonly #running: (PanierProcess | null)[];
  readonly #lives: number[];

  constructor(world: World) {
    this.#world = world;
    this.#lives = Array.from({ length: world.swarm.processes }, () => 1);
    this.#running = this.#lives.map((life, index) => startProcess(world, index + 1, life));
  }

  get running(): readonly PanierProcess[] {
    return this.#running.filter((process) => process !== null);
  }

  /** Kills a process, if any runs, and starts its successor after a while. */
  crash(restartAfterMs: number): void {
    const { random, scheduler } = this.#world;
    const victim = this.running.length === 0 ? null : random.pick(this.running);
    if (victim === null) return;
    const index = this.#running.indexOf(victim);
    this.#running[index] = null;
    victim.actor.die();
    const { actor } = this.#world;
    const run = (): void => this.#start(index);
    scheduler.at(scheduler.nowMs + restartAfterMs, { actor, label: 'restart', run });
  }

  /** Stops a process for a while; what it holds in the database is taken from it when that lasts. */
  freeze(ms: number): void {
    const { random, scheduler, actor } = this.#world;
    if (this.running.length === 0) return;
    const victim = random.pick(this.running);
    const untilMs = scheduler.nowMs + ms;
    victim.actor.frozenUntilMs = untilMs;
    if (ms <= IDLE_IN_TRANSACTION_MS) return;
    const run = (): void => victim.connection.lose();
    scheduler.at(scheduler.nowMs + IDLE_IN_TRANSACTION_MS, { actor, label: 'sessions time out', run });
  }

  /** Everybody goes on, and who is dead starts at once. */
  heal(): void {
    for (const { actor } of this.running) actor.frozenUntilMs = 0;
    for (const [index, process] of this.#running.entries()) if (process === null) this.#start(index);
  }

  #start(index: number): void {
    if (this.#running[index] !== null) return;
    const life = (this.#lives[index] ?? 0) + 1;
    this.#lives[index] = life;
    this.#running[index] = startProcess(this.#world, index + 1, life);
  }
}
