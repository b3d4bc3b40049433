import type { Stream } from '../events/index.ts';

/** An entry as the bus hands it over: its id, and its fields, name and value in turn; none when it was deleted. */
export interface StreamEntry {
  readonly id: string;
  readonly fields: readonly string[];
}

/** One member of a consumer group on one stream. */
export interface Membership {
  readonly stream: Stream;
  readonly group: string;
  readonly consumer: string;
}

export interface Pending {
  readonly id: string;
  readonly deliveries: number;
}

/** What a member of a group can ask of its stream. Delivery is at least once; nothing stands still, and all may be lost. */
export interface StreamGroup {
  /** Makes the consumer group, to read on after the entry id, unless it is there. Returns whether it was made. */
  ensureGroup(afterId: string): Promise<boolean>;
  /** New entries for this consumer; waits up to `blockMs` for the first, or not at all when it is null. */
  readNew(request: { readonly count: number; readonly blockMs: number | null }): Promise<readonly StreamEntry[]>;
  /** Entries after `afterId` that this consumer was given before and has not acknowledged. */
  readOwnPending(request: { readonly count: number; readonly afterId: string }): Promise<readonly StreamEntry[]>;
  /** Entries that nobody has acknowledged for `idleMs`, and how often each was delivered. */
  listPending(request: { readonly idleMs: number; readonly count: number }): Promise<readonly Pending[]>;
  /** Takes over pending entries of consumers that have left them for `idleMs`. Entries that are gone are left out. */
  claim(request: { readonly idleMs: number; readonly ids: readonly string[] }): Promise<readonly StreamEntry[]>;
  /** How often the entry has been delivered to the group so far. */
  deliveriesOf(id: string): Promise<number>;
  acknowledge(ids: readonly string[]): Promise<void>;
  /** Ends the connection, and every wait with it. */
  close(): void;
}
