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
interface Look {
  readonly last: Last;
  readonly standing: Standing | null;
  /** The looks of before that it still holds. */
  readonly kept: readonly Seen[];
  /** As far as it surely holds what it held; null: nothing was lost. */
  readonly keptTo: Positions | null;
}

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

  /** Notes nothing: what it tells is told again until it is noted. */
  async look(): Promise<Look> {
    const last = await this.#store.at([...(await this.#store.heads()).values()]);
    // Afterwards: asked before, it could be of the server before, and what is new there would count as seen on that one.
    const standing = await this.#store.standing();
    const kept = await this.#kept();
    if (kept.length === this.#looks.length && !areApart(this.#standing, standing))
      return { last, standing, kept, keptTo: null };
    // Where it was restored to before anybody looked, it is all new.
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
