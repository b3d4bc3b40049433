import { hasSeen, type Positions } from '../../events/index.ts';

interface Seen {
  readonly atMs: number;
  readonly heads: Positions;
}

/** So many looks back: what is behind all of them is too far behind for anybody. */
const KEPT = 100;

/** How far the event store was, and when: by it one tells as of when a copy of it is. */
export class Progress {
  readonly #seen: Seen[] = [];

  /** The store had got as far as that by then, or further. */
  note(seen: Seen): void {
    this.#seen.push(seen);
    if (this.#seen.length > KEPT) this.#seen.shift();
  }

  /** The latest time of which a copy that has got as far lacks nothing; null when it lacks what all looks saw. */
  asOfMs(heads: Positions): number | null {
    return this.#seen.findLast((seen) => hasSeen(heads, seen.heads))?.atMs ?? null;
  }
}
