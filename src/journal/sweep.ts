import type { Envelope } from '../events/index.ts';
import type { Clock } from '../platform/index.ts';

/** What a consumer group has to know of an event, to say whether it has it. */
export type Sought = Pick<Envelope, 'eventId' | 'type' | 'aggregateType' | 'aggregateId'>;

/** An own event of a journal. */
export interface OwnEvent extends Sought {
  readonly position: bigint;
}

/** What the sweep for one group asks of a journal. Ages are by the database's clock. */
export interface SweepStore {
  /** The position up to which everything has arrived, as far as any process knows; 0 in the beginning. */
  checkpoint(): Promise<bigint>;
  /** Moves the checkpoint on; one that stands further stays. */
  advance(position: bigint): Promise<void>;
  /** Whether more events wait to be published than the relay takes at once. */
  isBacklogged(): Promise<boolean>;
  /** Own events behind a position, in order, up to the first that is not yet of that age; at most `limit`. */
  ownEventsAfter(request: {
    readonly after: bigint;
    readonly minAgeMs: number;
    readonly limit: number;
  }): Promise<readonly OwnEvent[]>;
  /** Queues events for publication again, but not those published within that time; returns the positions queued. */
  publishAgain(request: {
    readonly positions: readonly bigint[];
    readonly unlessWithinMs: number;
  }): Promise<ReadonlySet<bigint>>;
}

export interface SweepParts {
  readonly store: SweepStore;
  /** A question to the group: the ids of those events that it ought to have and lacks. */
  readonly missing: (events: readonly Sought[]) => Promise<readonly string[]>;
  /** Whether the group has yet to read, or to acknowledge, something that was published so long ago. */
  readonly isBehind: (request: { readonly minAgeMs: number }) => Promise<boolean>;
  readonly clock: Clock;
  /** From its publication until an event that the group lacks counts as lost. */
  readonly afterMs: number;
  /** After this time no event can appear at a lower position any more: no transaction lasts so long. */
  readonly settledMs: number;
}

interface Suspect {
  readonly event: OwnEvent;
  readonly dueAtMs: number;
  readonly pauseMs: number;
}

/** How far the questions have come in the journal. */
interface Cursor {
  position: bigint;
  readonly minAgeMs: number;
}

const WINDOW = 5_000;
const MAX_WINDOWS = 20;
const MAX_SUSPECTS = 5_000;
const MAX_AT_ONCE = 500;
const MAX_PAUSE_MS = 600_000;

/**
 * Finds the events of a journal that vanished from their stream before a consumer group had them, and publishes them
 * again. Each event is asked about when it is `afterMs` old, and once more when nothing can appear before it any more;
 * what the group lacks is asked about until the group has it. A process that starts begins at the checkpoint, below which
 * everything has arrived.
 */
export class Sweep {
  readonly #parts: SweepParts;
  readonly #suspects = new Map<string, Suspect>();
  readonly #settled: Cursor;
  readonly #asked: Cursor;
  #checkpoint: bigint | null = null;

  constructor(parts: SweepParts) {
    this.#parts = parts;
    this.#settled = { position: 0n, minAgeMs: parts.settledMs };
    this.#asked = { position: 0n, minAgeMs: parts.afterMs };
  }

  /** One round. Returns how many events were queued for publication again. */
  async round(): Promise<number> {
    const { store, isBehind, afterMs } = this.#parts;
    // What still waits is not lost: publishing it again would double the traffic of whoever cannot keep up as it is.
    if ((await store.isBacklogged()) || (await isBehind({ minAgeMs: afterMs }))) return 0;
    this.#checkpoint ??= await this.#resume();
    await this.#forgetArrived();
    if (await this.#scan(this.#settled)) {
      this.#asked.position = later(this.#settled.position, this.#asked.position);
      await this.#scan(this.#asked);
    }
    await this.#saveCheckpoint(this.#checkpoint);
    return this.#publishDue();
  }

  async #resume(): Promise<bigint> {
    const checkpoint = await this.#parts.store.checkpoint();
    this.#settled.position = checkpoint;
    return checkpoint;
  }

  /** Below whatever is still missing: who starts there has to find it again. */
  async #saveCheckpoint(before: bigint): Promise<void> {
    const arrived = this.#suspects
      .values()
      .reduce((lowest, { event }) => earlier(lowest, event.position - 1n), this.#settled.position);
    if (arrived <= before) return;
    await this.#parts.store.advance(arrived);
    this.#checkpoint = arrived;
  }

  async #forgetArrived(): Promise<void> {
    const missing = await this.#missingOf([...this.#suspects.values()].map(({ event }) => event));
    for (const eventId of this.#suspects.keys()) if (!missing.has(eventId)) this.#suspects.delete(eventId);
  }

  /** Asks about what lies behind the cursor and has its age, and moves it on; whether it has come to the end. */
  async #scan(cursor: Cursor): Promise<boolean> {
    const { store } = this.#parts;
    for (let windows = 0; windows < MAX_WINDOWS && this.#suspects.size < MAX_SUSPECTS; windows += 1) {
      const request = { after: cursor.position, minAgeMs: cursor.minAgeMs, limit: WINDOW };
      const events = await store.ownEventsAfter(request);
      await this.#suspectMissing(events);
      cursor.position = events.at(-1)?.position ?? cursor.position;
      if (events.length < WINDOW) return true;
    }
    return false;
  }

  async #suspectMissing(events: readonly OwnEvent[]): Promise<void> {
    const missing = await this.#missingOf(events);
    const { clock, afterMs } = this.#parts;
    for (const event of events) {
      if (!missing.has(event.eventId) || this.#suspects.has(event.eventId)) continue;
      this.#suspects.set(event.eventId, { event, dueAtMs: clock.nowMs(), pauseMs: afterMs });
    }
  }

  async #missingOf(events: readonly OwnEvent[]): Promise<ReadonlySet<string>> {
    if (events.length === 0) return new Set();
    return new Set(await this.#parts.missing(events));
  }

  /** With growing pauses: what does not arrive however often it is published must not fill the streams. */
  async #publishDue(): Promise<number> {
    const { store, clock, afterMs } = this.#parts;
    const nowMs = clock.nowMs();
    const due = [...this.#suspects.values()].filter(({ dueAtMs }) => dueAtMs <= nowMs).slice(0, MAX_AT_ONCE);
    if (due.length === 0) return 0;
    const positions = due.map(({ event }) => event.position);
    const queued = await store.publishAgain({ positions, unlessWithinMs: afterMs });
    for (const { event, pauseMs } of due.filter((each) => queued.has(each.event.position))) {
      const next = { event, dueAtMs: nowMs + pauseMs, pauseMs: Math.min(2 * pauseMs, MAX_PAUSE_MS) };
      this.#suspects.set(event.eventId, next);
    }
    return queued.size;
  }
}

const earlier = (one: bigint, other: bigint): bigint => (one < other ? one : other);
const later = (one: bigint, other: bigint): bigint => (one > other ? one : other);
