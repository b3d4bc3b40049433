import type { Envelope, Partitioning } from '../events/index.ts';
import type { FoundMark, Mark } from './mark.ts';

/** An event that waits to be published. */
export interface Queued {
  readonly position: string;
  readonly envelope: Envelope;
}

/** An event that waits to be published, and cannot be read. */
export interface Unreadable {
  readonly eventId: string;
  readonly aggregateId: string;
  readonly error: unknown;
}

export interface Waiting {
  /** Without what stands behind an unreadable event of its aggregate. */
  readonly queued: readonly Queued[];
  readonly unreadable: readonly Unreadable[];
}

/** What a relay leaves in the outbox for now. */
export interface Withheld {
  /** By their keys. */
  readonly streams: readonly string[];
  readonly aggregateIds: readonly string[];
  /** By which each event has its key; by default there are no partitions. */
  readonly partitioning?: Partitioning;
}

/** What was added to a stream at once, and the mark that it left. */
export interface Publication extends Mark {
  /** Its key: of a stream, or of a partition of one. */
  readonly stream: string;
  readonly positions: readonly string[];
}

/**
 * A session with the database that has a journal's outbox. With the session the lead ends. What it is asked for takes effect
 * in that order.
 */
export interface OutboxSession extends AsyncDisposable {
  /** Whether this session leads now. */
  tryToLead(): Promise<boolean>;
  /** The mark of the newest publication of each stream. */
  lastMarks(): Promise<Map<string, Mark>>;
  /** The oldest events, by position: a later version of an aggregate is recorded after the earlier one. */
  nextQueued(withheld: Withheld): Promise<Waiting>;
  /** Takes the events off the outbox and remembers the publications, so that they can be made again. */
  confirm(publications: readonly Publication[]): Promise<void>;
  /**
   * Puts the events of all publications that a stream with this mark may lack back into the outbox, and forgets these.
   * Returns how many events that are. It lacks what came after the mark. A mark that no publication left is that of an
   * attempt which nobody confirmed: where the publication before it is known, the stream lacks what came after that, and
   * else it may lack everything.
   */
  restoreLost(stream: string, found: FoundMark): Promise<number>;
}

export interface Addition {
  /** Its key: of a stream, or of a partition of one. */
  readonly stream: string;
  /** The mark that must stand beside the stream. */
  readonly after: Mark;
  readonly envelopes: readonly Envelope[];
}

export type Added =
  | { readonly type: 'Added'; readonly mark: Mark }
  /** Another mark was found: nothing was added. */
  | { readonly type: 'Refused'; readonly found: FoundMark }
  /**
   * Redis answered that this stream cannot be written: nothing was added. Or its master, one of several, did not answer: if it
   * was added nevertheless, the next addition is refused.
   */
  | { readonly type: 'Failed'; readonly error: Error };

/** The streams as a relay writes them: beside each stands a mark, which nothing can lose without losing the entries too. */
export interface MarkedStreams {
  /** Adds the events to the stream and moves its mark on, both or neither. */
  add(addition: Addition): Promise<Added>;
  /** A stream whose mark Redis cannot read, or not soon, is left out. */
  readMarks(streams: readonly string[]): Promise<ReadonlyMap<string, FoundMark>>;
  /** After so long one that still adds is left to itself, and the others go on; by default what one waits for is about all. */
  readonly patienceMs?: number;
}
