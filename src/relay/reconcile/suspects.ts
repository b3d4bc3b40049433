import type { OwnEvent } from './sweep-store.ts';

interface Suspect {
  readonly event: OwnEvent;
  readonly dueAtMs: number;
  readonly pauseMs: number;
}

const MOST = 5_000;
const MOST_AT_ONCE = 500;
const MAX_PAUSE_MS = 600_000;

/**
 * Events that a group lacks, until it has them. They are due again after growing pauses: what does not arrive however
 * often it is published must not fill the streams.
 */
export class Suspects {
  readonly #firstPauseMs: number;
  readonly #byId = new Map<string, Suspect>();

  constructor(firstPauseMs: number) {
    this.#firstPauseMs = firstPauseMs;
  }

  /** Whether there are so many that no more are to be looked for. */
  get areMany(): boolean {
    return this.#byId.size >= MOST;
  }

  get events(): readonly OwnEvent[] {
    return [...this.#byId.values()].map(({ event }) => event);
  }

  /** One that is known already keeps its pause. */
  add(event: OwnEvent, nowMs: number): void {
    if (!this.#byId.has(event.eventId))
      this.#byId.set(event.eventId, { event, dueAtMs: nowMs, pauseMs: this.#firstPauseMs });
  }

  keepOnly(eventIds: ReadonlySet<string>): void {
    for (const eventId of this.#byId.keys()) if (!eventIds.has(eventId)) this.#byId.delete(eventId);
  }

  /** Those that are to be published now. */
  due(nowMs: number): readonly OwnEvent[] {
    const due = [...this.#byId.values()].filter(({ dueAtMs }) => dueAtMs <= nowMs);
    return due.slice(0, MOST_AT_ONCE).map(({ event }) => event);
  }

  published(events: readonly OwnEvent[], nowMs: number): void {
    for (const { eventId } of events) {
      const suspect = this.#byId.get(eventId);
      if (suspect === undefined) continue;
      const { event, pauseMs } = suspect;
      const next = { event, dueAtMs: nowMs + pauseMs, pauseMs: Math.min(2 * pauseMs, MAX_PAUSE_MS) };
      this.#byId.set(eventId, next);
    }
  }
}
