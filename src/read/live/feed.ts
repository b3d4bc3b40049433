import type { Db } from '../../database/index.ts';
import { furthest, hasSeen, movedTo, NO_POSITIONS, type Positions, positionIn } from '../../events/index.ts';
import { type Advance, headPositions, type Owned, ownersAfter } from '../../projection/index.ts';
import { type AnnouncementPart, UPKEEP } from './announcement.ts';
import { concernedBy } from './topics.ts';
import type { Watches } from './watches.ts';

/** More than this behind in a partition, it is cheaper to wake everybody than to read what changed. */
const MAX_MISSED = 10_000n;

/** One that does not join on to what was seen leaves a gap: the next poll but one reads it. */
const joined = (seen: Positions, { partition, after, position }: Advance): Positions => {
  const known = positionIn(seen, partition);
  return after <= known && position > known ? movedTo(seen, { partition, position }) : seen;
};

/** The heads of the partitions that are not seen as far as that. */
const unseen = (heads: Positions, seen: Positions): Positions =>
  new Map([...heads].filter(([partition, position]) => position > positionIn(seen, partition)));

const isFarBehind = (seen: Positions, heads: Positions): boolean =>
  [...heads].some(([partition, position]) => position - positionIn(seen, partition) > MAX_MISSED);

/**
 * Wakes those whose topics changed. Announcements tell what changed; polls of the last positions of the event store find what
 * no announcement told of. `seen`: all that the events up to these positions changed was woken.
 */
export class Feed {
  readonly #db: Db;
  readonly #watches: Watches;
  /** Null before the first poll, and after a failed one. */
  #seen: Positions | null = null;
  #headsAtLastPoll = NO_POSITIONS;
  #partsHeard = { of: '', count: 0 };

  constructor(db: Db, watches: Watches) {
    this.#db = db;
    this.#watches = watches;
  }

  receive(announcement: AnnouncementPart): void {
    const { advances, changes } = announcement;
    for (const [name, ids] of Object.entries(changes)) this.#watches.wake(name, ids);
    // What is at no position is no event.
    if (advances.length === 0) return;
    this.#watches.wakeEvents();
    const isWhole = this.#hasHeardAllParts(announcement);
    if (isWhole && this.#seen !== null) this.#seen = advances.reduce(joined, this.#seen);
  }

  /** Anything may have been missed: wakes everybody, and begins anew with the next poll. */
  loseTrack(): void {
    this.#seen = null;
  }

  /** Catches up with what was there at the last poll already and was not announced since. @throws when the database is away. */
  async poll(): Promise<void> {
    const claimed = this.#seen;
    const heads = await headPositions(this.#db);
    // No event tells of these, so none tells that an announcement was missed, nor that the process of a run is gone.
    this.#watches.wakeAll(UPKEEP);
    // Anybody may publish on the channel: what was announced before we asked, and is not there, never was.
    const isLie = claimed !== null && !hasSeen(heads, claimed);
    if (this.#seen === null || isLie || isFarBehind(this.#seen, heads)) this.#beginAt(heads);
    else await this.#catchUp(unseen(this.#headsAtLastPoll, this.#seen), heads);
    this.#headsAtLastPoll = heads;
  }

  #beginAt(heads: Positions): void {
    this.#seen = heads;
    this.#watches.wakeEverybody();
  }

  async #catchUp(missed: Positions, heads: Positions): Promise<void> {
    if (missed.size === 0) return;
    const seen = this.#seen ?? heads;
    for (const partition of missed.keys()) {
      const from = { partition, position: positionIn(seen, partition) };
      for await (const owners of ownersAfter(this.#db, from, positionIn(heads, partition))) this.#wake(owners);
    }
    this.#watches.wakeEvents();
    const caughtUp = new Map([...missed.keys()].map((partition) => [partition, positionIn(heads, partition)]));
    if (this.#seen !== null) this.#seen = furthest(this.#seen, caughtUp);
  }

  #wake(owners: readonly Owned[]): void {
    for (const { name, ids, any } of concernedBy(owners)) {
      if (any) this.#watches.wakeAll(name);
      else this.#watches.wake(name, ids);
    }
  }

  #hasHeardAllParts({ advances, part, parts }: AnnouncementPart): boolean {
    const of = advances.map(({ partition, position }) => `${partition} ${position}`).join();
    const before = this.#partsHeard.of === of ? this.#partsHeard.count : 0;
    this.#partsHeard = { of, count: part === before + 1 ? part : 0 };
    return this.#partsHeard.count === parts;
  }
}
