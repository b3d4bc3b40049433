import { type Logger, Unavailable } from '../platform/index.ts';

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
}

/** What all connections of a process know of whether their Redis is this database's (ADR-036). */
export class Ownership {
  readonly parts: OwnershipParts;
  readonly #found: { problem: string | null };

  constructor(parts: OwnershipParts, found: { problem: string | null } = { problem: null }) {
    this.parts = parts;
    this.#found = found;
  }

  /** The same for somebody who may look at these marks alone: what one finds, all know. */
  seenBy(marks: () => readonly MarkPlace[]): Ownership {
    const parts = {
      ...this.parts,
      get marks() {
        return marks();
      },
    };
    return new Ownership(parts, this.#found);
  }

  /** Why Redis may not be used now; null when it may. */
  get problem(): string | null {
    return this.#found.problem;
  }

  /** Notes what a connection found. Says it once, when it has changed. */
  note(problem: string | null): void {
    if (problem === this.#found.problem) return;
    this.#found.problem = problem;
    const { logger } = this.parts;
    if (problem === null) logger.warn('Redis is the one of this database again: everything goes on');
    else logger.error({ problem }, 'Redis is not the one of this database: nothing is read from it or published to it');
  }
}

/** The sentence for a Redis that carries another database's mark. */
export const belongsToAnother = (owner: string, own: string): string =>
  `This Redis belongs to another panier (its database is ${owner}, this one's is ${own}), and each would take the other's ` +
  "events: set REDIS_URL to a Redis of this panier's own, or PANIER_REDIS_PREFIX to a name that only this one uses.";
