import { type Clock, Cooldowns } from '../../platform/index.ts';
import type { OwnEvent, SweepStore } from './sweep-store.ts';

export interface SweepParts {
  readonly store: SweepStore;
  /** Whether the group has yet to read, or to acknowledge, something that was published so long ago. */
  readonly isBehind: (request: { readonly minAgeMs: number }) => Promise<boolean>;
  readonly clock: Clock;
  /** From its publication until an event that the group lacks counts as lost. */
  readonly afterMs: number;
  /** After this time no event can appear at a lower position any more: no transaction lasts so long. */
  readonly settledMs: number;
  /** How many events it looks through at once, before it lets others work. */
  readonly step?: number;
}

/** A way through the journal, a fixed time behind its end. */
interface Pass {
  readonly minAgeMs: number;
  upTo: bigint;
}

const STEP = 250;
const MAX_STEPS = 200;
const PAUSE_MS = 20;
/** So many that no more are looked for. */
const MOST_LACKING = 5_000;
const MOST_AT_ONCE = 500;
const MAX_PAUSE_MS = 600_000;
const NEVER = new AbortController().signal;

/**
 * Finds the events of a journal that vanished from their stream before a consumer group had them, and publishes them
 * again. It passes through the journal twice: soon behind its end, so that what is lost comes back within seconds; and
 * when nothing can appear at a lower position any more, for what was committed late. What the group lacks is asked about
 * until it has arrived. Each round begins at the checkpoint, below which everything has, whoever swept before. It goes by small
 * steps, with pauses: whoever waits for an order must not wait for it.
 *
 * One pass over all that may still appear, without memory, would look through two minutes of events every five seconds:
 * twenty times as much. Source: ADR-042, with what was measured.
 */
export class Sweep {
  readonly #parts: SweepParts;
  readonly #soon: Pass;
  readonly #settled: Pass;
  readonly #lacking = new Map<bigint, OwnEvent>();
  /** What does not arrive however often it is published must not fill the streams. */
  readonly #published: Cooldowns;

  constructor(parts: SweepParts) {
    const { clock, afterMs, settledMs } = parts;
    this.#parts = parts;
    this.#soon = { minAgeMs: afterMs, upTo: 0n };
    this.#settled = { minAgeMs: settledMs, upTo: 0n };
    this.#published = new Cooldowns(clock, { firstMs: afterMs, maxMs: MAX_PAUSE_MS, random: () => 1 });
  }

  /** One round; ends early when told to stop. Returns how many events were queued for publication again. */
  async round(signal: AbortSignal = NEVER): Promise<number> {
    const { store, isBehind, afterMs } = this.#parts;
    // What still waits is not lost: publishing it again would double the traffic of whoever cannot keep up as it is.
    if ((await store.isBacklogged()) || (await isBehind({ minAgeMs: afterMs }))) return 0;
    const checkpoint = await store.checkpoint();
    // Another process may have swept meanwhile.
    this.#settled.upTo = later(this.#settled.upTo, checkpoint);
    await this.#forgetArrived();
    // Who has all of history before it looks through it once: ahead of the pass that is settled it would do so again.
    if (await this.#look(this.#settled, signal)) {
      this.#soon.upTo = later(this.#soon.upTo, this.#settled.upTo);
      await this.#look(this.#soon, signal);
    }
    await this.#saveCheckpoint(checkpoint);
    return this.#publishAgain(signal);
  }

  async #forgetArrived(): Promise<void> {
    if (this.#lacking.size === 0) return;
    const lacking = await this.#parts.store.stillLacking([...this.#lacking.values()]);
    const positions = new Set(lacking.map(({ position }) => position));
    for (const position of this.#lacking.keys()) {
      if (positions.has(position)) continue;
      this.#lacking.delete(position);
      this.#published.end(String(position));
    }
  }

  /** Whether it came to the end, as far as events are of that age. */
  async #look(pass: Pass, signal: AbortSignal): Promise<boolean> {
    const { store, clock, step: limit = STEP } = this.#parts;
    for (let steps = 0; steps < MAX_STEPS && this.#lacking.size < MOST_LACKING && !signal.aborted; steps += 1) {
      const { upTo, lacking } = await store.look({ after: pass.upTo, minAgeMs: pass.minAgeMs, limit });
      if (upTo === null) return true;
      for (const event of lacking) this.#lacking.set(event.position, event);
      pass.upTo = upTo;
      await clock.sleep(PAUSE_MS, signal);
    }
    return false;
  }

  /** Below whatever is still undelivered: who starts there has to find it again. */
  async #saveCheckpoint(before: bigint): Promise<void> {
    const below = this.#lacking.keys().map((position) => position - 1n);
    const arrived = below.reduce(earlier, this.#settled.upTo);
    if (arrived > before) await this.#parts.store.advance(arrived);
  }

  /** As fast as a relay takes it, and no faster: what is new must not wait behind all that was lost. */
  async #publishAgain(signal: AbortSignal): Promise<number> {
    const { store, clock } = this.#parts;
    const waiting = new Set(this.#published.current());
    const due = [...this.#lacking.keys()].filter((position) => !waiting.has(String(position)));
    let queued = 0;
    for (let steps = 0; due.length > 0 && steps < MAX_STEPS && !signal.aborted; steps += 1) {
      if (steps > 0) await clock.sleep(PAUSE_MS, signal);
      if (!(await store.isBacklogged())) queued += await this.#publish(due.splice(0, MOST_AT_ONCE));
    }
    return queued;
  }

  async #publish(positions: readonly bigint[]): Promise<number> {
    const { store, afterMs } = this.#parts;
    const queued = await store.publishAgain({ positions, unlessWithinMs: afterMs });
    for (const position of positions) this.#published.start(String(position));
    return queued;
  }
}

const earlier = (one: bigint, other: bigint): bigint => (one < other ? one : other);
const later = (one: bigint, other: bigint): bigint => (one > other ? one : other);
