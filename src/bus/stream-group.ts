/** An entry as the bus hands it over: its fields are names and values in turn; none when it was deleted. */
export interface StreamEntry {
  readonly stream: string;
  readonly id: string;
  readonly fields: readonly string[];
}

/** One member of a consumer group. */
export interface Membership {
  readonly group: string;
  readonly consumer: string;
}

export interface Pending {
  readonly id: string;
  /** Whom it was given to last. */
  readonly consumer: string;
  readonly deliveries: number;
}

/** What a member of a group can ask of the group's streams. Delivery is at least once; nothing stands still, and all may be lost. */
export interface StreamGroup {
  /**
   * Makes the consumer group, to read on after the entry id, unless it is there. Returns whether it was made.
   * @throws {StreamRefused} when the bus is there and will not have this stream read
   */
  ensureGroup(stream: string, afterId: string): Promise<boolean>;
  /**
   * New entries of all the streams for this consumer, up to `count` of each; waits up to `blockMs` for the first, or not at
   * all when it is null. Fails as a whole when one of the streams has no group.
   */
  readNew(request: {
    readonly streams: readonly string[];
    readonly count: number;
    readonly blockMs: number | null;
  }): Promise<readonly StreamEntry[]>;
  /**
   * Entries after `afterId` that this consumer was given before and has not acknowledged.
   * @throws {StreamRefused}
   */
  readOwnPending(request: {
    readonly stream: string;
    readonly count: number;
    readonly afterId: string;
  }): Promise<readonly StreamEntry[]>;
  /** Entries that nobody has acknowledged for `idleMs`, and how often each was delivered; those after `afterId`, if it is given. */
  listPending(request: {
    readonly stream: string;
    readonly idleMs: number;
    readonly count: number;
    readonly afterId?: string;
  }): Promise<readonly Pending[]>;
  /** Takes over pending entries of consumers that have left them for `idleMs`. Entries that are gone are left out. */
  claim(request: {
    readonly stream: string;
    readonly idleMs: number;
    readonly ids: readonly string[];
  }): Promise<readonly StreamEntry[]>;
  /** How often the entry has been delivered to the group so far. */
  deliveriesOf(entry: Pick<StreamEntry, 'stream' | 'id'>): Promise<number>;
  acknowledge(entries: readonly Pick<StreamEntry, 'stream' | 'id'>[]): Promise<void>;
  /**
   * What was delivered for reads of these streams and not handed over yet; a read of them that still waits is waited for so long.
   * Afterwards nothing more is delivered here until they are read again.
   */
  leave(request: { readonly streams: readonly string[]; readonly withinMs: number }): Promise<readonly StreamEntry[]>;
  /** Ends the connection, and every wait with it. */
  close(): void;
}

/** A stream that cannot be read while others can: it is no stream, or not for us. */
export class StreamRefused extends Error {
  override readonly name = 'StreamRefused';
}
