import type { EventRef } from '../../events/index.ts';
import type { Clock } from '../../platform/index.ts';
import { Suspects } from './suspects.ts';
import type { OwnEvent, Stretch, SweepStore } from './sweep-store.ts';

export interface SweepParts {
  readonly store: SweepStore;
  /** A question to the group: the ids of those events that it ought to have and lacks. */
  readonly missing: (events: readonly EventRef[]) => Promise<readonly string[]>;
  /** Whether the group has yet to read, or to acknowledge, something that was published so long ago. */
  readonly isBehind: (request: { readonly minAgeMs: number }) => Promise<boolean>;
  readonly clock: Clock;
  /** From its publication until an event that the group lacks counts as lost. */
  readonly afterMs: number;
  /** After this time no event can appear at a lower position any more: no transaction lasts so long. */
  readonly settledMs: number;
  /** How many events it asks about at once, before it lets others work. */
  readonly step?: number;
}

/** A stretch of the journal that was asked about, and how many events it had then. */
interface Asked extends Stretch {
  readonly count: number;
}

const STEP = 250;
const MAX_STEPS = 200;
const PAUSE_MS = 20;
const NEVER = new AbortController().signal;

/**
 * Finds the events of a journal that vanished from their stream before a consumer group had them, and publishes them
 * again. Each event is asked about when it is `afterMs` old. When nothing can appear before it any more, what was asked about
 * is counted again, and asked about again if there is more of it; what the group lacks is asked about until the group has
 * it. A process that starts begins at the checkpoint, below which everything has arrived. It goes by small steps, with
 * pauses: whoever waits for an order must not wait for it.
 */
export class Sweep {
  readonly #parts: SweepParts;
  readonly #suspects: Suspects;
  /** Those in which something may still appear, in order. */
  readonly #unsettled: Asked[] = [];
  #checkpoint: bigint | null = null;
  #askedUpTo = 0n;
  #settledUpTo = 0n;

  constructor(parts: SweepParts) {
    this.#parts = parts;
    this.#suspects = new Suspects(parts.afterMs);
  }

  /** One round; ends early when told to stop. Returns how many events were queued for publication again. */
  async round(signal: AbortSignal = NEVER): Promise<number> {
    const { store, isBehind, afterMs } = this.#parts;
    // What still waits is not lost: publishing it again would double the traffic of whoever cannot keep up as it is.
    if ((await store.isBacklogged()) || (await isBehind({ minAgeMs: afterMs }))) return 0;
    this.#checkpoint ??= await this.#resume();
    this.#suspects.keepOnly(await this.#missingOf(this.#suspects.events));
    await this.#ask(signal);
    await this.#settle(signal);
    await this.#saveCheckpoint(this.#checkpoint);
    return this.#publishDue();
  }

  async #resume(): Promise<bigint> {
    const checkpoint = await this.#parts.store.checkpoint();
    this.#askedUpTo = this.#settledUpTo = checkpoint;
    return checkpoint;
  }

  /** Below whatever is still missing: who starts there has to find it again. */
  async #saveCheckpoint(before: bigint): Promise<void> {
    const arrived = this.#suspects.events.reduce(
      (lowest, { position }) => earlier(lowest, position - 1n),
      this.#settledUpTo,
    );
    if (arrived <= before) return;
    await this.#parts.store.advance(arrived);
    this.#checkpoint = arrived;
  }

  /** Asks about what nobody has asked about yet, as far as it has its age. */
  async #ask(signal: AbortSignal): Promise<void> {
    const { afterMs: minAgeMs, step: limit = STEP } = this.#parts;
    for (let steps = 0; steps < MAX_STEPS && !this.#suspects.areMany && !signal.aborted; steps += 1) {
      const after = this.#askedUpTo;
      const events = await this.#askStep({ after, minAgeMs, limit });
      const last = events.at(-1);
      if (last === undefined) return;
      this.#unsettled.push({ after, upTo: last.position, count: events.length });
      this.#askedUpTo = last.position;
      if (events.length < limit) return;
      await this.#parts.clock.sleep(PAUSE_MS, signal);
    }
  }

  /** Moves on over all stretches in which nothing can appear any more. */
  async #settle(signal: AbortSignal): Promise<void> {
    const { store, settledMs: minAgeMs } = this.#parts;
    for (let asked = this.#unsettled[0]; asked !== undefined; asked = this.#unsettled[0]) {
      if (this.#suspects.areMany || signal.aborted) return;
      const count = await store.countOwnEvents({ ...asked, minAgeMs });
      if (count === null) return;
      // A journal keeps what it has: as many events are the same events.
      if (count > asked.count) await this.#askStep({ after: asked.after, minAgeMs, limit: count });
      this.#settledUpTo = asked.upTo;
      this.#unsettled.shift();
    }
  }

  async #askStep(request: Parameters<SweepStore['ownEventsAfter']>[0]): Promise<readonly OwnEvent[]> {
    const events = await this.#parts.store.ownEventsAfter(request);
    const missing = await this.#missingOf(events);
    const nowMs = this.#parts.clock.nowMs();
    for (const event of events) if (missing.has(event.eventId)) this.#suspects.add(event, nowMs);
    return events;
  }

  async #missingOf(events: readonly OwnEvent[]): Promise<ReadonlySet<string>> {
    if (events.length === 0) return new Set();
    return new Set(await this.#parts.missing(events));
  }

  async #publishDue(): Promise<number> {
    const { store, clock, afterMs } = this.#parts;
    const nowMs = clock.nowMs();
    const due = this.#suspects.due(nowMs);
    if (due.length === 0) return 0;
    const positions = due.map(({ position }) => position);
    const queued = await store.publishAgain({ positions, unlessWithinMs: afterMs });
    this.#suspects.published(
      due.filter(({ position }) => queued.has(position)),
      nowMs,
    );
    return queued.size;
  }
}

const earlier = (one: bigint, other: bigint): bigint => (one < other ? one : other);
