import { areApart, type Db, type Standing, standingOf } from '../database/index.ts';
import type { Place, Positions } from '../events/index.ts';
import { eventsAt, headPositions } from '../projection/index.ts';

interface Placed extends Place {
  readonly envelope: { readonly eventId: string };
}

/** What is asked of the event store. */
export interface Followable {
  readonly heads: () => Promise<Positions>;
  /** In their order; of positions where nothing is, nothing. */
  readonly at: (positions: readonly bigint[]) => Promise<readonly Placed[]>;
  /** Null where it is not told. */
  readonly standing: () => Promise<Standing | null>;
}

export const followable = (db: Db): Followable => ({
  heads: () => headPositions(db),
  at: (positions) => eventsAt(db, positions),
  standing: () => standingOf(db),
});

/** The last event of each partition, as they were. */
type Last = readonly Placed[];

interface Seen {
  readonly nth: number;
  readonly last: Last;
}

/** How the event store is, beside how it was. */
export interface Look {
  readonly last: Last;
  readonly standing: Standing | null;
  /** The looks of before that it still holds. */
  readonly kept: readonly Seen[];
  /** As far as it surely holds what it held, or as it reaches where it holds no look; null: nothing was lost. */
  readonly keptTo: Positions | null;
}

/** Noted so, it would be held always, and at the next loss all of history would count as new. */
const whole = (last: Last, heads: Positions): Last => {
  if (last.length === heads.size) return last;
  throw new Error('The event store lacks what it was said to end with: it is to be looked at again.');
};

/** So many of each age: of those twice as old there is one for two. */
const DENSITY = 16;

const headsOf = (last: Last): Positions => new Map(last.map(({ partition, position }) => [partition, position]));

const textOf = (last: Last): string => last.map(({ position, envelope }) => `${position} ${envelope.eventId}`).join();

/** The first one always. Whoever is kept was kept before, for a number that a step divides is divided by each smaller one. */
const isKeptOn = ({ nth }: Seen, newest: number): boolean =>
  nth % 2 ** Math.floor(Math.log2(Math.max(1, (newest - nth) / DENSITY))) === 0;

/**
 * How the event store was, look by look. One that failed over to a standby that lagged, or was restored, has lost its end, and
 * gives the positions out again, to other events: by its last position alone that shows only until it has grown as far again.
 */
export class Trail {
  readonly #store: Followable;
  /** The oldest first. */
  #looks: readonly Seen[] = [];
  #standing: Standing | null = null;

  constructor(store: Followable) {
    this.#store = store;
  }

  /** Notes nothing: what it tells is told again until it is noted. @throws when what it ends with is not there */
  async look(): Promise<Look> {
    const before = await this.#store.standing();
    const heads = await this.#store.heads();
    const last = whole(await this.#store.at([...heads.values()]), heads);
    // Afterwards, too: asked before alone, what is new on another server would count as seen on the one before.
    const standing = await this.#store.standing();
    const kept = await this.#kept();
    // Each may be answered by another server for a while: connections to a former primary stay open.
    const isElsewhere = areApart(before, standing) || areApart(this.#standing, standing);
    if (kept.length === this.#looks.length && !isElsewhere) return { last, standing, kept, keptTo: null };
    return { last, standing, kept, keptTo: headsOf(kept.at(-1)?.last ?? last) };
  }

  note({ last, standing, kept }: Look): void {
    const newest = kept.at(-1);
    const nth = newest === undefined ? 0 : newest.nth + 1;
    const isNew = newest === undefined || textOf(newest.last) !== textOf(last);
    this.#looks = isNew ? [...kept.filter((look) => isKeptOn(look, nth)), { nth, last }] : kept;
    this.#standing = standing ?? this.#standing;
  }

  async #kept(): Promise<readonly Seen[]> {
    for (let count = this.#looks.length; count > 0; count -= 1)
      if (await this.#holds(this.#looks[count - 1]?.last ?? [])) return this.#looks.slice(0, count);
    return [];
  }

  async #holds(look: Last): Promise<boolean> {
    return textOf(await this.#store.at([...headsOf(look).values()])) === textOf(look);
  }
}
