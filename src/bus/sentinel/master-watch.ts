import { ignored, repeat, type ServerAddress, sleep, systemClock } from '../../platform/index.ts';
import type { MasterPlace } from './master-place.ts';
import { Sentinel, type Told } from './sentinel.ts';

const ASK_EVERY_MS = 500;
/** How much longer than the first Sentinel the others may take to say that they know better. */
const OTHERS_MS = 200;

/** No Sentinel says who is master. */
export class MasterUnknown extends Error {}

const reasonsOf = (ends: readonly PromiseSettledResult<Told>[]): string =>
  ends.flatMap((end) => (end.status === 'rejected' ? [(end.reason as Error).message] : [])).join('; ');

/** Asks all Sentinels who is master, again and again until disposed: a master that is frozen tells nobody that it is none. */
export class MasterWatch implements Disposable {
  readonly #place: MasterPlace;
  readonly #onTold: () => void;
  readonly #sentinels: readonly Sentinel[];
  readonly #rounds: readonly AsyncDisposable[];
  readonly #told = new Map<Sentinel, Told>();

  constructor(place: MasterPlace, onTold: () => void) {
    this.#place = place;
    this.#onTold = onTold;
    this.#sentinels = place.url.sentinels.map((address) => new Sentinel(address, place));
    // Each by itself: one that does not answer holds up no other's word.
    this.#rounds = this.#sentinels.map((sentinel) =>
      repeat(() => this.#ask(sentinel).then(ignored), {
        everyMs: ASK_EVERY_MS,
        clock: systemClock,
        onFailure: ignored,
      }),
    );
  }

  /** As the Sentinels said when they were last asked; null when none did. A frozen one that wakes up knows less than the others. */
  get current(): ServerAddress | null {
    const newest = [...this.#told.values()].toSorted((one, other) => other.epoch - one.epoch)[0];
    return newest?.address ?? null;
  }

  /** Who is master now. @throws {MasterUnknown} */
  async find(): Promise<ServerAddress> {
    const asked = this.#sentinels.map((sentinel) => this.#ask(sentinel));
    const all = Promise.allSettled(asked);
    await Promise.any(asked).then(() => Promise.race([all, sleep(OTHERS_MS)]), ignored);
    const { current } = this;
    if (current !== null) return current;
    const reasons = reasonsOf(await all);
    throw new MasterUnknown(`No Sentinel says which Redis is master of ${this.#place.url.master}: ${reasons}`);
  }

  [Symbol.dispose](): void {
    for (const round of this.#rounds) round[Symbol.asyncDispose]().then(ignored, ignored);
    for (const sentinel of this.#sentinels) sentinel[Symbol.dispose]();
  }

  async #ask(sentinel: Sentinel): Promise<Told> {
    try {
      const told = await sentinel.ask();
      this.#told.set(sentinel, told);
      this.#onTold();
      return told;
    } catch (error) {
      this.#told.delete(sentinel);
      throw error;
    }
  }
}
