import { systemClock, Unavailable } from '../../platform/index.ts';
import type { Holding } from '../claim.ts';
import type { MarkPlace, Ownership } from '../ownership.ts';
import { endsSoon } from './ends-soon.ts';
import { ANYWHERE, holdingsOf, slotOfKey } from './slots.ts';

/** As long as a connection is sure of what it asked itself. */
const SURE_FOR_MS = 2_000;

type Examine = (holding: Holding, slot: number) => Promise<void>;

interface Placed {
  readonly holding: Holding;
  readonly slot: number;
}

const keyOf = ({ holding: { journal }, slot }: Placed): string => `${slot} ${journal}`;

/** What is to end it: one that is about all, or that nothing could be looked at. */
const failureOf = (ends: Awaited<ReturnType<typeof endsSoon>>): Error | null => {
  const reasons = ends.flatMap((end) => (end?.status === 'rejected' ? [end.reason as Error] : []));
  const ofAll = reasons.find((reason) => reason instanceof Unavailable);
  return ofAll ?? (reasons.length === ends.length ? (reasons[0] ?? null) : null);
};

/** What a panier has in a cluster, by slot, and when it was last asked for as a whole. */
export class Holdings {
  readonly #ownership: Ownership;
  readonly #prefix: string;
  #examine: Examine = async () => undefined;
  #of: readonly MarkPlace[] = [];
  #bySlot: ReadonlyMap<number, Holding> = new Map();
  /** What could not be looked at when all was: its master was away. */
  readonly #missed = new Map<string, Placed>();
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
    if (this.beside(slot) !== null) return this.#catchUp(slot);
    if (this.#ownership.problem === null && systemClock.nowMs() < this.#sureUntil) return null;
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = null;
    });
    return this.#asking;
  }

  /** @throws {ForeignRedis} */
  async examineAll(): Promise<void> {
    const besides = [...this.#all].map(([slot, holding]) => this.#examine(holding, slot));
    await Promise.all([this.#examineRest(), ...besides]);
    this.#ownership.clear();
  }

  /**
   * Looks at what one journal published, as far as the masters are there: the rest is looked at before anything is sent to it.
   * @throws {ForeignRedis}
   */
  async examineOf(journal: string): Promise<void> {
    const besides = [...this.#all].map(([slot, holding]) => this.#look({ holding: { ...holding, journal }, slot }));
    const looks = [this.#examineRest(), ...besides];
    // While it is known to be another's nothing is passed over.
    if (this.#ownership.problem !== null) return void (await Promise.all(looks));
    const failure = failureOf(await endsSoon(looks));
    if (failure !== null) throw failure;
  }

  #catchUp(slot: number | null): Promise<void> | null {
    if (this.#missed.size === 0) return null;
    const missed = [...this.#missed.values()].filter((each) => each.slot === slot);
    return missed.length === 0 ? null : Promise.all(missed.map((each) => this.#look(each))).then(() => undefined);
  }

  async #look(placed: Placed): Promise<void> {
    // Before its answer: what is sent meanwhile is not to overtake the look.
    this.#missed.set(keyOf(placed), placed);
    await this.#examine(placed.holding, placed.slot);
    this.#missed.delete(keyOf(placed));
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
