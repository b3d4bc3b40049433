import { sleep } from '../../../src/platform/index.ts';
import type { Random } from '../../support/random.ts';
import type { Fault, FaultContext } from './fault.ts';

/** A fault that took place. */
export interface Struck {
  readonly kind: string;
  readonly what: string;
  /** From its healing until an order, begun then, was confirmed; null when that took too long. */
  readonly recoveredAfterMs: number | null;
  /** Whether no other fault was under way for a good while when that was known. */
  readonly wasCalm: boolean;
}

/** A fault that could not be injected, or not be healed. */
export interface Failed {
  readonly kind: string;
  readonly message: string;
  readonly wasCalm: boolean;
}

export interface ScheduleOptions {
  readonly context: FaultContext;
  readonly faults: ReadonlyMap<string, Fault>;
  /** Those that come first. */
  readonly opening: ReadonlyMap<string, Fault>;
  /** Measures how long an order takes now; null when it takes too long. */
  readonly recover: () => Promise<number | null>;
}

type Entry = readonly [kind: string, fault: Fault];

const PAUSE_MS = 3_000;
/** Longer than any lease, lead or delivery outlasts its holder: what is not well after so long is not by another fault. */
const CALM_MS = 45_000;
const SLOTS = 2;

/** Faults one after another, in two slots that keep off each other's places. */
export class Schedule {
  readonly struck: Struck[] = [];
  readonly failures: Failed[] = [];
  /** The kinds that had nothing to hit, as often as they had not. */
  readonly missed: string[] = [];
  readonly now = new Set<string>();
  readonly #options: ScheduleOptions;
  readonly #places = new Set<string>();
  /** By the kind that strikes or struck, until when; infinity while it does. */
  readonly #until = new Map<string, number>();
  #bag: readonly Entry[] = [];

  constructor(options: ScheduleOptions) {
    this.#options = options;
    this.#bag = [...options.opening];
  }

  async run(signal: AbortSignal): Promise<void> {
    const { faults, opening, context } = this.#options;
    if (faults.size === 0) return sleep(2 ** 31 - 1, signal);
    const slots = Math.min(SLOTS, new Set([...opening.values(), ...faults.values()].map(({ place }) => place)).size);
    const slot = (index: number) => this.#slot(signal, context.random.named(`lane ${index}`));
    await Promise.all(Array.from({ length: slots }, (_, index) => slot(index)));
  }

  async #slot(signal: AbortSignal, random: Random): Promise<void> {
    while (!signal.aborted) {
      const next = this.#next(random);
      if (next !== null) await this.#strike(next, random.named(`${this.struck.length}`));
      await sleep(random.between(0.3, 1.7) * PAUSE_MS, signal);
    }
  }

  /** Every kind comes once before any comes again. */
  #next(random: Random): Entry | null {
    if (this.#bag.length === 0) this.#bag = random.shuffle([...this.#options.faults]);
    const next = this.#bag.find(([, { place }]) => !this.#places.has(place));
    if (next === undefined) return null;
    this.#bag = this.#bag.filter((each) => each !== next);
    return next;
  }

  async #strike([kind, fault]: Entry, random: Random): Promise<void> {
    const { context, recover } = this.#options;
    this.#places.add(fault.place);
    this.now.add(kind);
    this.#until.set(kind, Number.POSITIVE_INFINITY);
    try {
      const what = await fault.strike({ ...context, random }).finally(() => this.#until.set(kind, performance.now()));
      const recoveredAfterMs = await recover();
      if (what === null) this.missed.push(kind);
      else this.struck.push({ kind, what, recoveredAfterMs, wasCalm: this.#isCalmBut(kind) });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.failures.push({ kind, message, wasCalm: this.#isCalmBut(kind) });
    } finally {
      this.#places.delete(fault.place);
      this.now.delete(kind);
    }
  }

  /** Whether no other fault has been under way lately. */
  #isCalmBut(kind: string): boolean {
    const since = performance.now() - CALM_MS;
    return [...this.#until].every(([other, until]) => other === kind || until < since);
  }
}
