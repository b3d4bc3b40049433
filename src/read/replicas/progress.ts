import { hasSeen, NO_POSITIONS, type Positions } from '../../events/index.ts';

interface Seen {
  readonly atMs: number;
  readonly heads: Positions;
}

/** So many looks back: what is behind all of them is too far behind for anybody. */
const KEPT = 100;

/** How far the event store was, and when: by it one tells as of when a copy of it is. */
export class Progress {
  readonly #seen: Seen[] = [];
  #copied = NO_POSITIONS;
  #isCopy = true;

  /** The store had got as far as that by then, or further. */
  note(seen: Seen): void {
    // What had more than the store has later has it from elsewhere, as from a former primary: it is no copy of this one.
    this.#isCopy = hasSeen(seen.heads, this.#copied);
    this.#seen.push(seen);
    if (this.#seen.length > KEPT) this.#seen.shift();
  }

  /**
   * The latest time of which a copy that has got as far lacks nothing; null when it lacks what all looks saw. Of no time at
   * all (-Infinity) while it is no copy: while the store, at its last look, had less than the copy had before.
   */
  asOfMs(heads: Positions): number | null {
    this.#copied = heads;
    if (!this.#isCopy) return Number.NEGATIVE_INFINITY;
    return this.#seen.findLast((seen) => hasSeen(heads, seen.heads))?.atMs ?? null;
  }
}
