import type { Db } from '../../database/index.ts';
import { lastPosition, ownersAfter } from '../../projection/index.ts';
import { type AnnouncementPart, UPKEEP } from './announcement.ts';
import { concernedBy } from './topics.ts';
import type { Watches } from './watches.ts';

/** More than this behind, it is cheaper to wake everybody than to read what changed. */
const MAX_MISSED = 10_000n;

/**
 * Wakes those whose topics changed. Announcements tell what changed; polls of the event store's last position find what
 * no announcement told of. `seen`: all that the events up to this position changed was woken.
 */
export class Feed {
  readonly #db: Db;
  readonly #watches: Watches;
  /** Null before the first poll, and after a failed one. */
  #seen: bigint | null = null;
  #headAtLastPoll = 0n;
  #partsHeard = { position: 0n, count: 0 };

  constructor(db: Db, watches: Watches) {
    this.#db = db;
    this.#watches = watches;
  }

  receive(announcement: AnnouncementPart): void {
    const { advances, changes } = announcement;
    for (const [name, ids] of Object.entries(changes)) this.#watches.wake(name, ids);
    const [advance] = advances;
    // What is at no position is no event.
    if (advance === undefined) return;
    const { after, position } = advance;
    this.#watches.wakeEvents();
    const isWhole = this.#hasHeardAllParts(announcement);
    // One that does not join on to what was seen leaves a gap: the next poll but one reads it.
    if (isWhole && this.#seen !== null && after <= this.#seen && position > this.#seen) this.#seen = position;
  }

  /** Anything may have been missed: wakes everybody, and begins anew with the next poll. */
  loseTrack(): void {
    this.#seen = null;
  }

  /** Catches up with what was there at the last poll already and was not announced since. @throws when the database is away. */
  async poll(): Promise<void> {
    const claimed = this.#seen;
    const head = await lastPosition(this.#db);
    // No event tells of these, so none tells that an announcement was missed, nor that the process of a run is gone.
    this.#watches.wakeAll(UPKEEP);
    // Anybody may publish on the channel: what was announced before we asked, and is not there, never was.
    const isLie = claimed !== null && claimed > head;
    if (this.#seen === null || isLie || head - this.#seen > MAX_MISSED) this.#beginAt(head);
    else if (this.#headAtLastPoll > this.#seen) await this.#catchUp(this.#seen, head);
    this.#headAtLastPoll = head;
  }

  #beginAt(head: bigint): void {
    this.#seen = head;
    this.#watches.wakeEverybody();
  }

  async #catchUp(seen: bigint, head: bigint): Promise<void> {
    for await (const owners of ownersAfter(this.#db, seen, head)) {
      for (const { name, ids, any } of concernedBy(owners)) {
        if (any) this.#watches.wakeAll(name);
        else this.#watches.wake(name, ids);
      }
    }
    this.#watches.wakeEvents();
    if (this.#seen !== null && head > this.#seen) this.#seen = head;
  }

  #hasHeardAllParts({ advances, part, parts }: AnnouncementPart): boolean {
    const position = advances[0]?.position ?? 0n;
    const before = this.#partsHeard.position === position ? this.#partsHeard.count : 0;
    this.#partsHeard = { position, count: part === before + 1 ? part : 0 };
    return this.#partsHeard.count === parts;
  }
}
