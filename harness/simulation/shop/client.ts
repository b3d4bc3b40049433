import type { Rejection } from '../../../src/events/index.ts';
import { Conflict, type Result, Unavailable } from '../../../src/platform/index.ts';
import type { Random } from '../../support/random.ts';
import { Actor } from '../engine/actor.ts';
import type { Fleet } from '../system/fleet.ts';
import type { PanierProcess } from '../system/process.ts';
import type { World } from '../system/world.ts';
import type { Asked, History, Shown } from './history.ts';

export interface Command<T extends Shown> {
  readonly name: string;
  readonly asked: Asked;
  readonly run: (process: PanierProcess, key: string) => Promise<Result<T, Rejection>>;
}

const PATIENCE_MS = 4_000;
const MAX_PAUSE_MS = 300;
const CHANCE_OF_DOUBLE_CLICK = 0.15;
const NO_ANSWER = 'no answer';

/** One who commands over a network: asks again under the same key until there is an answer, and sometimes twice at once. */
export class Client {
  readonly actor: Actor;
  readonly random: Random;
  readonly #parts: { readonly world: World; readonly fleet: Fleet; readonly history: History };
  #commands = 0;

  constructor(name: string, parts: { readonly world: World; readonly fleet: Fleet; readonly history: History }) {
    this.actor = new Actor(name);
    this.random = parts.world.random.fork();
    this.#parts = parts;
  }

  /** The time between two clicks. */
  pause(maxMs: number): Promise<void> {
    return this.#parts.world.scheduler.sleep(this.actor, this.random.next() * maxMs);
  }

  async command<T extends Shown>(command: Command<T>): Promise<Result<T, Rejection>> {
    this.#commands += 1;
    const key = `${this.actor.name}:${this.#commands}`;
    const { unanswered } = this.#parts.history;
    unanswered.set(key, command.name);
    const once = (): Promise<Result<T, Rejection>> => this.#untilAnswered(command, key);
    const isDoubled = this.random.chance(CHANCE_OF_DOUBLE_CLICK);
    const [first] = await Promise.all([once(), ...(isDoubled ? [once()] : [])]);
    unanswered.delete(key);
    return first;
  }

  /** The provider's own page, which no fault of panier's reaches. */
  get provider(): World['provider'] {
    return this.#parts.world.provider;
  }

  /** What one process shows; null when none runs, it dies, or it cannot say. */
  async see<T>(look: (process: PanierProcess) => Promise<T>): Promise<T | null> {
    const { running } = this.#parts.fleet;
    if (running.length === 0) return null;
    const { promise, resolve } = Promise.withResolvers<T | null>();
    const process = this.random.pick(running);
    process.actor.atDeath(() => resolve(null));
    look(process).then(resolve, () => resolve(null));
    return promise;
  }

  async #untilAnswered<T extends Shown>(command: Command<T>, key: string): Promise<Result<T, Rejection>> {
    const { history } = this.#parts;
    for (;;) {
      try {
        const result = await this.#ask(command, key);
        history.answered({ key, command: command.name, asked: command.asked }, result);
        return result;
      } catch (error) {
        history.unknown += 1;
        if (!isExpected(error)) history.defects.push(`${command.name} ${key}: ${String(error)}`);
      }
      await this.pause(MAX_PAUSE_MS);
    }
  }

  #ask<T extends Shown>({ name, run }: Command<T>, key: string): Promise<Result<T, Rejection>> {
    const { scheduler } = this.#parts.world;
    const { running } = this.#parts.fleet;
    if (running.length === 0) return Promise.reject(new Unavailable(NO_ANSWER));
    const process = this.random.pick(running);
    const { promise, resolve, reject } = Promise.withResolvers<Result<T, Rejection>>();
    const reply = (settle: () => void): void =>
      scheduler.enqueue({ actor: this.actor, label: `${name} ←`, run: settle });
    const work = (): void =>
      void run(process, key).then(
        (result) => reply(() => resolve(result)),
        (error: unknown) => reply(() => reject(error instanceof Error ? error : new Error(String(error)))),
      );
    const lost = (): void => reject(new Unavailable(NO_ANSWER));
    scheduler.enqueue({ actor: process.actor, label: `${name} ${key}`, run: work });
    process.actor.atDeath(() => reply(lost));
    scheduler.at(scheduler.nowMs + PATIENCE_MS, { actor: this.actor, label: 'loses patience', run: lost });
    return promise;
  }
}

const isExpected = (error: unknown): boolean => error instanceof Unavailable || error instanceof Conflict;
