import { type Clock, type Logger, systemClock, Unavailable } from '../platform/index.ts';

/** Where a journal's mark stands beside a stream. */
export interface MarkPlace {
  readonly journal: string;
  readonly stream: string;
  readonly key: string;
}

/** A mark, and the events that the entries it names carry, as far as they are still there. */
export interface FoundPublication extends MarkPlace {
  readonly mark: string;
  readonly eventIds: readonly string[];
}

/** A Redis that is not to be read, acknowledged or published to. */
export class ForeignRedis extends Unavailable {}

export interface OwnershipParts {
  readonly databaseId: string;
  /** Those that there may be now: looked up anew whenever they are needed. */
  readonly marks: readonly MarkPlace[];
  /** Why what was published to a Redis cannot have come from this database; null when it can. */
  readonly objection: (found: readonly FoundPublication[]) => Promise<string | null>;
  readonly logger: Logger;
  /** By default the system's. */
  readonly clock?: Clock;
}

interface Noted {
  readonly problem: string;
  readonly atMs: number;
}

/** What one has not said again for so long, it does not look at any more: whoever does says it with each look. */
const STANDS_ALONE_MS = 10_000;

/** What all connections of a process know of whether their Redis is this database's (ADR-036). */
export class Ownership {
  readonly parts: OwnershipParts;
  /** By who found it: one that sees fewer marks finds nothing, and has no word against it. */
  readonly #noted: Map<Ownership, Noted>;

  constructor(parts: OwnershipParts, noted = new Map<Ownership, Noted>()) {
    this.parts = parts;
    this.#noted = noted;
  }

  /** The same for somebody who may look at these marks alone: what one finds, all know. */
  seenBy(marks: () => readonly MarkPlace[]): Ownership {
    const parts = {
      ...this.parts,
      get marks() {
        return marks();
      },
    };
    return new Ownership(parts, this.#noted);
  }

  /** Why Redis may not be used now; null when it may. */
  get problem(): string | null {
    for (const { problem } of this.#noted.values()) return problem;
    return null;
  }

  /** Notes what a connection found. Says it once, however many find it. */
  note(problem: string): void {
    const isKnown = [...this.#noted.values()].some((noted) => noted.problem === problem);
    this.#noted.set(this, { problem, atMs: this.#nowMs });
    if (isKnown) return;
    const { logger } = this.parts;
    logger.error({ problem }, 'Redis is not the one of this database: nothing is read from it or published to it');
  }

  /** Notes that a look at all of one's own marks found nothing. @throws {ForeignRedis} while what another one found stands. */
  clear(): void {
    const had = this.#noted.size > 0;
    for (const observer of this.#noted.keys()) if (this.#speaksFor(observer)) this.#noted.delete(observer);
    const { problem } = this;
    if (problem !== null) throw new ForeignRedis(problem);
    if (had) this.parts.logger.warn('Redis is the one of this database again: everything goes on');
  }

  /** For itself, and for who looks no more, as a consumer that has no partition any more, where it sees all that that one saw. */
  #speaksFor(observer: Ownership): boolean {
    if (observer === this) return true;
    const { atMs } = this.#noted.get(observer) ?? { atMs: 0 };
    if (this.#nowMs - atMs < STANDS_ALONE_MS) return false;
    const own = new Set(this.parts.marks.map(({ key }) => key));
    return observer.parts.marks.every(({ key }) => own.has(key));
  }

  get #nowMs(): number {
    return (this.parts.clock ?? systemClock).nowMs();
  }
}

/** The sentence for a Redis that carries another database's mark. */
export const belongsToAnother = (owner: string, own: string): string =>
  `This Redis belongs to another panier (its database is ${owner}, this one's is ${own}), and each would take the other's ` +
  "events: set REDIS_URL to a Redis of this panier's own, or PANIER_REDIS_PREFIX to a name that only this one uses.";
