import type { Random } from '../../support/random.ts';
import type { Stage } from '../stage/index.ts';

/** What was put onto the streams by hand, for the verdict to tell it apart. */
export class Injections {
  /** Poison carries one of these as its `event_id`. */
  readonly poison = new Set<string>();
  /** Ids of events that another service might have written. */
  readonly forged = new Set<string>();
  duplicates = 0;
}

export interface FaultContext {
  readonly stage: Stage;
  readonly random: Random;
  readonly injections: Injections;
}

export interface Fault {
  /** Two faults of one place never overlap. */
  readonly place: 'processes' | 'redis' | 'postgres' | 'links' | 'clients' | 'inventory' | 'operator';
  /** Breaks something, waits, and heals it. Returns what it did, in a few words; null when there was nothing to hit. */
  readonly strike: (context: FaultContext) => Promise<string | null>;
}

export const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;
