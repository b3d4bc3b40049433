import type { Tx } from '../database/index.ts';
import type { DomainEvent, Recorded } from '../events/index.ts';

/** An event of the event store, decoded. */
export interface StoredRecorded<E extends DomainEvent = DomainEvent> extends Recorded<E> {
  /** Positions grow in the order of commits. */
  readonly position: bigint;
  /** When the event store took it in, by the database's clock; RFC 3339, UTC. Not always later at a higher position. */
  readonly recordedAt: string;
}

/** The ids of what a batch changed, by the name of the read model; one that is not named changed nothing. */
export type Changes = Readonly<Record<string, readonly string[]>>;

/** So far a batch took a partition: the events of it at positions above `after`, up to `position`, are the batch's. */
export interface Advance {
  readonly partition: number;
  /** Of the partition's last event before; 0 when there was none. */
  readonly after: bigint;
  readonly position: bigint;
}

/** What events changed, and which those are: one advance for each of their partitions, by number; none where it was no event. */
export interface Announcement {
  readonly advances: readonly Advance[];
  readonly changes: Changes;
}

export type Announce = (announcement: Announcement) => Promise<void>;

/** The ids of what a fold changed that somebody may wait for, and the writing of it, which need not be waited for: the commit tells whether it went well. */
export interface Folded {
  readonly changed: readonly string[];
  readonly written: Promise<unknown>;
  /**
   * Writes rows that batches of other aggregates write, too. It comes behind all that is the batch's own, and as late as can be:
   * so who waits for such a row waits for a moment, and holds nothing that its holder waits for.
   */
  readonly share?: () => Promise<readonly Promise<unknown>[]>;
  /** Tells of what happened, for whoever counts; called once it is committed, and never of a rebuild. */
  readonly tell?: () => void;
}

/** Whether a batch is the only one at work, or others are on other aggregates. */
export type Writers = 'One' | 'Several';

/** A batch of which some may turn out to be known, and the position below which everything was stored before it. */
export interface Upcoming {
  readonly batch: readonly Recorded[];
  readonly below: bigint;
  readonly writers: Writers;
}

/**
 * Settles what batches that were at work at the same time could not see of each other: in a transaction of its own, after that of
 * the batch. Returns the ids of what it changed.
 */
export type Settle<T = Tx> = (tx: T) => Promise<readonly string[]>;

/** Above all positions: everything that is stored when it is asked for. */
export const EVERYTHING = 2n ** 63n - 1n;

/** Folds events that are new to the event store, in its order. It refuses none: a recorded event is a fact. */
export type Fold = (events: readonly StoredRecorded[]) => Promise<Folded>;

/**
 * Builds a read model. `prepare` asks at once for what a batch may concern; its fold is called once, and never gets an
 * event that another fold got. From the first question to the last write no other batch is at work on the same aggregates.
 */
export interface Projection<T = Tx> {
  readonly name: string;
  /** Of what its rows say; rows of another version are built anew. */
  readonly version: number;
  readonly prepare: (tx: T, upcoming: Upcoming) => Promise<Fold>;
  /** Null where there is nothing of that kind in the batch. */
  readonly settling?: (batch: readonly Recorded[]) => Settle<T> | null;
}

/** What a fold changed, and the writes that it asked for. */
export const folded = (changed: readonly string[] = [], ...writes: readonly Promise<void>[]): Folded => {
  const written = Promise.all(writes);
  // Whoever commits looks at it later than it may fail.
  written.catch(() => {});
  return { changed, written };
};

/** One after the other: so all batches come to what they share in the same order. */
const shareAll = async (all: readonly Folded[]): Promise<readonly Promise<unknown>[]> => {
  const writes: Promise<unknown>[] = [];
  for (const { share } of all) {
    for (const write of (await share?.()) ?? []) {
      // Whoever commits looks at it later than it may fail.
      write.catch(() => {});
      writes.push(write);
    }
  }
  return writes;
};

/** Prepares all read models for a batch; to be called, like each fold, once. */
export const prepareAll = async <T>(
  tx: T,
  projections: readonly Projection<T>[],
  upcoming: Upcoming,
): Promise<
  (events: readonly StoredRecorded[]) => Promise<{
    readonly changes: Changes;
    readonly written: Promise<unknown>;
    readonly tell: () => void;
  }>
> => {
  const folds = await Promise.all(
    projections.map(async ({ name, prepare }) => [name, await prepare(tx, upcoming)] as const),
  );
  return async (events) => {
    const all = await Promise.all(folds.map(async ([name, fold]) => ({ name, ...(await fold(events)) })));
    const shared = await shareAll(all);
    const written = Promise.all([...all.map((each) => each.written), ...shared]);
    written.catch(() => {});
    return {
      changes: Object.fromEntries(all.flatMap(({ name, changed }) => (changed.length === 0 ? [] : [[name, changed]]))),
      written,
      tell: () => {
        for (const each of all) each.tell?.();
      },
    };
  };
};
