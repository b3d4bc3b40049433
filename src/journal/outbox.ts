import type { Envelope } from '../events/index.ts';

/** An event that waits to be published. */
export interface Queued {
  readonly position: string;
  readonly envelope: Envelope;
}

/** What was added to a stream at once. Numbers of a stream count up from 1. */
export interface Publication {
  readonly stream: string;
  readonly number: bigint;
  readonly positions: readonly string[];
  readonly lastEntryId: string;
}

/** Publications above `mark` are lost; those from `below` on are not meant. */
export interface LostPublications {
  readonly stream: string;
  readonly mark: bigint;
  readonly below: bigint;
}

/** A session with the database that has a journal's outbox. With the session the lead ends. */
export interface OutboxSession extends AsyncDisposable {
  /** Whether this session leads now. */
  tryToLead(): Promise<boolean>;
  /** The number of the newest publication of each stream. */
  lastNumbers(): Promise<Map<string, bigint>>;
  /** The oldest events, by position: a later version of an aggregate is recorded after the earlier one. */
  nextQueued(): Promise<readonly Queued[]>;
  /** Takes the events off the outbox and remembers the publication, so that it can be made again. */
  confirm(publication: Publication): Promise<void>;
  /** Puts the events of lost publications back into the outbox, and forgets these. Returns how many events that are. */
  restoreLost(lost: LostPublications): Promise<number>;
}

export interface Addition {
  readonly stream: string;
  readonly number: bigint;
  readonly envelopes: readonly Envelope[];
}

/** The streams as a relay writes them: beside each stands a mark, which nothing can lose without losing the entries too. */
export interface MarkedStreams {
  /** Adds the events to the stream and sets its mark to the number, both or neither. `markBefore` is 0 without a mark. */
  add(addition: Addition): Promise<{ readonly lastEntryId: string; readonly markBefore: bigint }>;
  /** The marks beside the streams; 0 where there is none. */
  readMarks(streams: readonly string[]): Promise<ReadonlyMap<string, bigint>>;
}
