import { systemClock } from '../../platform/index.ts';
import type { Holding } from '../claim.ts';
import type { MarkPlace, Ownership } from '../ownership.ts';
import { ANYWHERE, holdingsOf, slotOfKey } from './slots.ts';

/** As long as a connection is sure of what it asked itself. */
const SURE_FOR_MS = 2_000;

type Examine = (holding: Holding, slot: number) => Promise<void>;

/** What a panier has in a cluster, by slot, and when it was last asked for as a whole. */
export class Holdings {
  readonly #ownership: Ownership;
  readonly #prefix: string;
  #examine: Examine = async () => undefined;
  #of: readonly MarkPlace[] = [];
  #bySlot: ReadonlyMap<number, Holding> = new Map();
  #sureUntil = 0;
  #asking: Promise<void> | null = null;

  constructor(ownership: Ownership, prefix: string) {
    this.#ownership = ownership;
    this.#prefix = prefix;
  }

  /** How to look whose a holding is. */
  askBy(examine: Examine): void {
    this.#examine = examine;
  }

  /** What stands in the slot of a stream, and is asked for on the very connection that a command goes by. */
  beside(slot: number | null): Holding | null {
    return slot === null ? null : (this.#all.get(slot) ?? null);
  }

  /** Null when a command to the slot, or to none, may go: what is beside a stream is asked for by its node. */
  toBeSure(slot: number | null): Promise<void> | null {
    if (this.beside(slot) !== null) return null;
    if (this.#ownership.problem === null && systemClock.nowMs() < this.#sureUntil) return null;
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = null;
    });
    return this.#asking;
  }

  /** @throws {ForeignRedis} */
  async examineAll(journal?: string): Promise<void> {
    const besides = [...this.#all].map(([slot, holding]) => this.#examine({ ...holding, journal }, slot));
    await Promise.all([this.#examineRest(), ...besides]);
    if (journal === undefined) this.#ownership.clear();
  }

  async #ask(): Promise<void> {
    if (this.#ownership.problem === null) await this.#examineRest();
    else await this.examineAll();
    this.#sureUntil = systemClock.nowMs() + SURE_FOR_MS;
  }

  #examineRest(): Promise<void> {
    return this.#examine(ANYWHERE, slotOfKey(`${this.#prefix}${ANYWHERE.identityKey}`));
  }

  get #all(): ReadonlyMap<number, Holding> {
    const { marks } = this.#ownership.parts;
    if (marks === this.#of) return this.#bySlot;
    this.#of = marks;
    this.#bySlot = holdingsOf(marks, this.#prefix);
    return this.#bySlot;
  }
}
