import type { AggregateType, DomainEvent, IdOf, Recorded, Rejection } from '../../events/index.ts';
import type { Result } from '../../platform/index.ts';
import type { Task, TaskKey } from '../journal/append-request.ts';
import type { Journaled } from '../journal/load.ts';
import type { KeptMethod } from '../payment/kept-methods.ts';

/** How a kind of aggregate comes out of its events. */
export interface Aggregate<State, K extends AggregateType = AggregateType> {
  readonly kind: K;
  readonly initialState: State;
  // A method, for its parameter is bivariant: a decision opens aggregates of any kind as Aggregate<unknown>.
  evolve(state: State, recorded: Recorded): State;
}

/** An aggregate as its journal tells it, up to `sequence`. */
export interface Loaded<State> {
  readonly kind: AggregateType;
  readonly id: string;
  readonly state: State;
  /** Events in the journal, own and received. */
  readonly sequence: number;
  /** Own events. */
  readonly version: number;
  /** RFC 3339; null before the first event. */
  readonly createdAt: string | null;
  readonly updatedAt: string | null;
  /** W3C trace context of the first event that has one: the trace that an order's life is. */
  readonly traceparent: string | null;
  /** Ids of the events received from other services. */
  readonly received: ReadonlySet<string>;
}

/** The first events of a new aggregate. */
export interface Opening {
  readonly aggregate: Aggregate<unknown>;
  readonly aggregateId: IdOf<AggregateType>;
  readonly events: readonly DomainEvent[];
}

/** Work on one aggregate, which another one's decision has found to be what the command is about. */
export interface HandOver {
  readonly aggregate: Aggregate<unknown>;
  readonly id: IdOf<AggregateType>;
  // A method, for its parameter is bivariant, as that of Aggregate.evolve.
  decide(loaded: Loaded<unknown>): Result<Decision, Rejection>;
}

/** A {@link HandOver} to an aggregate of one kind, by an id of that kind. */
export const handOver = <State, K extends AggregateType>(work: {
  readonly aggregate: Aggregate<State, K>;
  readonly id: IdOf<K>;
  decide(loaded: Loaded<State>): Result<Decision, Rejection>;
}): HandOver => work;

/** What a command or a reaction makes of an aggregate: all of it is written, or nothing. */
export interface Decision {
  readonly events: readonly DomainEvent[];
  /** Events of the execution's second aggregate. */
  readonly ofSecond?: readonly DomainEvent[];
  /** The first events of another aggregate, which this decision brings about, and which then answers. */
  readonly opens?: Opening;
  /** Nothing is decided here, but there: whatever else the decision holds is passed over. */
  readonly handsOver?: () => Promise<HandOver>;
  readonly receives?: Recorded;
  /** The event that the decision follows from, where it is not the one being handled. */
  readonly causedBy?: string | undefined;
  readonly schedule?: readonly Task[];
  readonly unschedule?: readonly TaskKey[];
  /** The payment method of an order that was handed in with the command. */
  readonly keeps?: KeptMethod;
  /** Orders whose payment method is needed no more. */
  readonly forgets?: readonly string[];
}

export const NOTHING: Decision = { events: [] };

/** Whether there is nothing of it to write. */
export const isNothing = ({
  events,
  ofSecond = [],
  opens,
  receives,
  schedule = [],
  unschedule = [],
}: Decision): boolean =>
  opens === undefined &&
  receives === undefined &&
  events.length + ofSecond.length + schedule.length + unschedule.length === 0;

export const emptyAggregate = <State>(id: string, { kind, initialState }: Aggregate<State>): Loaded<State> => ({
  kind,
  id,
  state: initialState,
  sequence: 0,
  version: 0,
  createdAt: null,
  updatedAt: null,
  traceparent: null,
  received: new Set(),
});

type Entry = Pick<Journaled, 'envelope' | 'event' | 'received'>;

/** All of it but which events it has received. */
const moved = <State>(
  loaded: Loaded<State>,
  aggregate: Aggregate<State>,
  { envelope, event, received }: Entry,
): Loaded<State> => {
  if (envelope.aggregateType !== aggregate.kind) return { ...loaded, sequence: loaded.sequence + 1 };
  return {
    kind: loaded.kind,
    id: loaded.id,
    state: aggregate.evolve(loaded.state, { envelope, event }),
    sequence: loaded.sequence + 1,
    version: received ? loaded.version : loaded.version + 1,
    createdAt: loaded.createdAt ?? envelope.occurredAt,
    updatedAt: envelope.occurredAt,
    traceparent: loaded.traceparent ?? envelope.traceparent,
    received: loaded.received,
  };
};

const isReceived = ({ kind }: Aggregate<unknown>, { envelope, received }: Entry): boolean =>
  received && envelope.aggregateType === kind;

/**
 * The aggregate after one more event of its journal. One that is of another kind of aggregate takes its place in the
 * journal, and tells nothing.
 */
export const advance = <State>(loaded: Loaded<State>, aggregate: Aggregate<State>, entry: Entry): Loaded<State> => {
  const next = moved(loaded, aggregate, entry);
  if (!isReceived(aggregate, entry)) return next;
  return { ...next, received: new Set([...loaded.received, entry.envelope.eventId]) };
};

/** The aggregate as all of its journal makes it, as {@link advance} from one event to the next does. */
export const foldJournal = <State>(
  aggregate: Aggregate<State>,
  id: string,
  journal: readonly Entry[],
): Loaded<State> => {
  // One set for all: copied for each event, an order of which another service has said thousands took minutes.
  const received = new Set(
    journal.filter((entry) => isReceived(aggregate, entry)).map(({ envelope }) => envelope.eventId),
  );
  const loaded = journal.reduce((before, entry) => moved(before, aggregate, entry), emptyAggregate(id, aggregate));
  return { ...loaded, received };
};
