import type { Random } from '../../support/random.ts';

/** Something an answer told, by the field that told it, and the nearest thing around it that has an id. */
export interface Told {
  /** As `Cart.id`. */
  readonly field: string;
  readonly value: string;
  readonly owner: string | null;
}

/** Enough to go deep, few enough that the same things are met again and again. */
const MAX_PER_FIELD = 60;

/** What earlier answers of the run told: ids, cursors, tokens, versions, by the fields that told them. */
export class Pool {
  readonly #told = new Map<string, Told[]>();

  add(told: Told): void {
    const known = this.#told.get(told.field) ?? [];
    this.#told.set(told.field, known);
    if (known.some(({ value, owner }) => value === told.value && owner === told.owner)) return;
    known.push(told);
    if (known.length > MAX_PER_FIELD) known.shift();
  }

  /** Draws exactly one number, whatever the pool holds: else what answers said would change which operations are made. */
  pick(fields: readonly string[], random: Random, owner: string | null = null): string | null {
    // What is new is still under way: it is met more often.
    const luck = Math.sqrt(random.next());
    const known = fields.flatMap((field) => this.#told.get(field) ?? []);
    const owned = owner === null ? known : known.filter((told) => told.owner === owner);
    const candidates = owned.length > 0 ? owned : known;
    return candidates[Math.floor(luck * candidates.length)]?.value ?? null;
  }

  /** The fields whose name satisfies the question. */
  fields(matches: (field: string) => boolean): readonly string[] {
    return [...this.#told.keys()].filter(matches);
  }
}
