import type { EventRef } from '../../events/index.ts';

/** An own event of a journal. */
export interface OwnEvent extends EventRef {
  readonly position: bigint;
}

/** The own events behind one position, up to another and with it. */
export interface Stretch {
  readonly after: bigint;
  readonly upTo: bigint;
}

/** What the sweep for one group asks of a journal. Ages are by the database's clock. */
export interface SweepStore {
  /** The position up to which everything has arrived, as far as any process knows; 0 in the beginning. */
  checkpoint(): Promise<bigint>;
  /** Moves the checkpoint on; one that stands further stays. */
  advance(position: bigint): Promise<void>;
  /** Whether more events wait to be published than the relay takes at once. */
  isBacklogged(): Promise<boolean>;
  /** Own events behind a position, in order, up to the first that is not yet of that age; at most `limit`. */
  ownEventsAfter(request: {
    readonly after: bigint;
    readonly minAgeMs: number;
    readonly limit: number;
  }): Promise<readonly OwnEvent[]>;
  /** How many events a stretch has; null while one of them is not yet of that age. */
  countOwnEvents(request: Stretch & { readonly minAgeMs: number }): Promise<number | null>;
  /** Queues events for publication again, but not those published within that time; returns the positions queued. */
  publishAgain(request: {
    readonly positions: readonly bigint[];
    readonly unlessWithinMs: number;
  }): Promise<ReadonlySet<bigint>>;
}
