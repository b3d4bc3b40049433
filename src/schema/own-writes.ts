import { LRUCache } from 'lru-cache';
import { type Viewer, viewerKey } from '../access/index.ts';
import type { WrittenEvent } from '../commands/index.ts';

/** For how long a viewer's writes are remembered: within that, the read side has long taken them in, or is away. */
const REMEMBERED_MS = 10_000;
const MAX_VIEWERS = 10_000;
/** Things that one viewer has written to, the latest. */
const MAX_THINGS = 100;

/** What one command wrote: also to other things than the one that is asked for. */
interface Write {
  readonly events: readonly WrittenEvent[];
  readonly atMs: number;
}

/**
 * What viewers have written a moment ago through this process, by what it happened to, until they have read it: so that what
 * they read next is no older (ADR-061).
 */
export class OwnWrites {
  readonly #byViewer = new LRUCache<string, Map<string, Write>>({ max: MAX_VIEWERS, ttl: REMEMBERED_MS });

  /** Also of those who have read it since: what they read elsewhere next could be older. */
  readonly #wroteLately = new LRUCache<string, true>({ max: MAX_VIEWERS, ttl: REMEMBERED_MS });

  /** Whether the viewer has written anything of late. */
  areOf(viewer: Viewer): boolean {
    const key = viewerKey(viewer);
    return key !== null && this.#wroteLately.has(key);
  }

  note(viewer: Viewer, events: readonly WrittenEvent[]): void {
    const key = viewerKey(viewer);
    if (key === null || events.length === 0) return;
    this.#wroteLately.set(key, true);
    const things = this.#byViewer.get(key) ?? new Map<string, Write>();
    this.#byViewer.set(key, things);
    const write = { events: events.map(({ eventId, aggregateId }) => ({ eventId, aggregateId })), atMs: Date.now() };
    for (const { aggregateId } of write.events) {
      // Anew, and so behind all others: the first is the one that is dropped.
      things.delete(aggregateId);
      things.set(aggregateId, write);
    }
    for (const [id] of things) {
      if (things.size <= MAX_THINGS) break;
      things.delete(id);
    }
  }

  /** What the viewer has written of late to this. */
  to(viewer: Viewer, id: string): readonly WrittenEvent[] {
    const write = this.#thingsOf(viewer)?.get(id);
    return write !== undefined && write.atMs > Date.now() - REMEMBERED_MS ? write.events : [];
  }

  /** The same of all things that are meant. */
  toAll(viewer: Viewer, isMeant: (id: string) => boolean): readonly WrittenEvent[] {
    const things = this.#thingsOf(viewer);
    if (things === undefined) return [];
    const sinceMs = Date.now() - REMEMBERED_MS;
    const meant = [...things].filter(([id, { atMs }]) => atMs > sinceMs && isMeant(id));
    return [...new Set(meant.flatMap(([, { events }]) => events))];
  }

  /** These have been read, or waited for in vain. */
  forget(viewer: Viewer, events: readonly WrittenEvent[]): void {
    const things = this.#thingsOf(viewer);
    if (things === undefined) return;
    const done = new Set(events);
    for (const [id, write] of things) if (write.events.every((event) => done.has(event))) things.delete(id);
  }

  #thingsOf(viewer: Viewer): Map<string, Write> | undefined {
    const key = viewerKey(viewer);
    return key === null ? undefined : this.#byViewer.get(key);
  }
}
