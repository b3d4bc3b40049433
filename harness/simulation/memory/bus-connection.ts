import type { Actor } from '../engine/actor.ts';
import type { Blocked, Link, Scheduler } from '../engine/scheduler.ts';
import type { MemoryBus } from './bus.ts';

/** The way of one process to the bus. */
export class BusConnection {
  readonly bus: MemoryBus;
  readonly #actor: Actor;
  readonly #scheduler: Scheduler;
  readonly #link: Link;

  constructor(parts: {
    readonly actor: Actor;
    readonly bus: MemoryBus;
    readonly scheduler: Scheduler;
    readonly link: Link;
  }) {
    this.bus = parts.bus;
    this.#actor = parts.actor;
    this.#scheduler = parts.scheduler;
    this.#link = parts.link;
  }

  nowMs(): number {
    return this.#scheduler.nowMs;
  }

  command<T>(label: string, effect: () => T): Promise<T> {
    return this.#scheduler.request({ actor: this.#actor, label, link: this.#link, effect });
  }

  /** A command that waits for something to arrive. */
  wait<T>(
    label: string,
    { effect, ms, answer }: { readonly effect: () => T | Blocked; readonly ms: number; readonly answer: T },
  ): Promise<T> {
    return this.#scheduler.request({ actor: this.#actor, label, link: this.#link, effect, timeout: { ms, answer } });
  }
}
