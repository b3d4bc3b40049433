import type { DomainEvent, Recorded } from '../events/index.ts';
import type { Journaled, Task, TaskKey } from '../journal/index.ts';

/** How a kind of aggregate comes out of its events. */
export interface Aggregate<State> {
  readonly initialState: State;
  // A method, for its parameter is bivariant: a decision founds aggregates of any kind as Aggregate<unknown>.
  evolve(state: State, recorded: Recorded): State;
}

/** An aggregate as its journal tells it, up to `sequence`. */
export interface Loaded<State> {
  readonly id: string;
  readonly state: State;
  /** Events in the journal, own and heard. */
  readonly sequence: number;
  /** Own events. */
  readonly version: number;
  /** RFC 3339; null before the first event. */
  readonly createdAt: string | null;
  readonly updatedAt: string | null;
  /** Ids of the events heard from other services. */
  readonly heard: ReadonlySet<string>;
}

/** The first events of a new aggregate. */
export interface Founding {
  readonly aggregate: Aggregate<unknown>;
  readonly aggregateId: string;
  readonly events: readonly DomainEvent[];
}

/** What a command or a reaction makes of an aggregate: all of it is written, or nothing. */
export interface Decision {
  readonly events: readonly DomainEvent[];
  /** The first events of another aggregate, which this decision brings about. */
  readonly founds?: Founding;
  readonly hears?: Recorded;
  /** The event that the decision follows from, where it is not the one being handled. */
  readonly causedBy?: string | undefined;
  readonly schedule?: readonly Task[];
  readonly unschedule?: readonly TaskKey[];
  /** The aggregate that the answer shows, where that is not the one decided on. */
  readonly answersWith?: string;
}

export const NOTHING: Decision = { events: [] };

export const emptyAggregate = <State>(id: string, { initialState }: Aggregate<State>): Loaded<State> => ({
  id,
  state: initialState,
  sequence: 0,
  version: 0,
  createdAt: null,
  updatedAt: null,
  heard: new Set(),
});

/** The aggregate after one more event of its journal. */
export const advance = <State>(
  loaded: Loaded<State>,
  aggregate: Aggregate<State>,
  { envelope, event, heard }: Pick<Journaled, 'envelope' | 'event' | 'heard'>,
): Loaded<State> => ({
  id: loaded.id,
  state: aggregate.evolve(loaded.state, { envelope, event }),
  sequence: loaded.sequence + 1,
  version: heard ? loaded.version : loaded.version + 1,
  createdAt: loaded.createdAt ?? envelope.occurredAt,
  updatedAt: envelope.occurredAt,
  heard: heard ? new Set([...loaded.heard, envelope.eventId]) : loaded.heard,
});
