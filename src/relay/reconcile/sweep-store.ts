import type { Envelope } from '../../events/index.ts';

/** An own event of a journal. */
export interface OwnEvent {
  readonly position: bigint;
  readonly envelope: Envelope;
}

/** What was found in a stretch of a journal. */
export interface Stretch {
  /** Its last position; null when there is nothing of that age. */
  readonly upTo: bigint | null;
  /** Its events that the group lacks. */
  readonly lacking: readonly OwnEvent[];
}

/** What the sweep for one group asks of a journal, and of the group. Ages are by the database's clock. */
export interface SweepStore {
  /** The position up to which everything has arrived, as far as any process knows; 0 in the beginning. */
  checkpoint(): Promise<bigint>;
  /** Moves the checkpoint on; one that stands further stays. */
  advance(position: bigint): Promise<void>;
  /** Whether more events wait to be published than the relay takes at once. */
  isBacklogged(): Promise<boolean>;
  /** Looks through the next `limit` own events behind a position, as far as they are of that age. */
  look(request: { readonly after: bigint; readonly minAgeMs: number; readonly limit: number }): Promise<Stretch>;
  /** Those of the events that the group lacks. */
  stillLacking(events: readonly OwnEvent[]): Promise<readonly OwnEvent[]>;
  /** Queues events for publication again, but none published within that time; returns how many. */
  publishAgain(request: { readonly positions: readonly bigint[]; readonly unlessWithinMs: number }): Promise<number>;
}
