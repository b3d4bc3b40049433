import { type DomainEvent, type Envelope, envelop, type Recorded, type Writer } from '../../events/index.ts';
import type { AppendRequest, Entry, Head, IdempotencyRecord, Task } from '../journal/append-request.ts';
import type { Decision, Loaded } from './aggregate.ts';

/** What the events of a decision are caused by, and by whom they are written. */
export interface Authorship {
  readonly writer: Writer;
  readonly causationId: string | null;
  readonly traceparent: string | null;
}

/** An entry with its event, as the aggregate takes it in once it is durable. */
export interface PreparedEntry extends Entry {
  readonly event: DomainEvent;
}

/** All that a decision writes, and its entries by aggregate. */
export interface Prepared {
  readonly appendRequest: AppendRequest;
  readonly entries: readonly PreparedEntry[];
}

const UNDATED = '';

interface Around {
  readonly author: Authorship;
  readonly idempotency: IdempotencyRecord | null;
  /** The second aggregate that the decision was made on: it, too, must not have moved on. */
  readonly second?: Loaded<unknown> | null;
}

/** Turns a decision into what the journal appends. The first own event is caused by the command, the others by it. */
export const prepare = (
  loaded: Loaded<unknown>,
  decision: Decision,
  { author, idempotency, second = null }: Around,
): Prepared => {
  const received = decision.receives === undefined ? [] : [receivedEntry(loaded, decision.receives)];
  const causationId = decision.causedBy ?? author.causationId;
  const sequence = loaded.sequence + received.length;
  const own = ownEntries({ ...loaded, sequence }, decision.events, { ...author, causationId });
  const cause = own[0]?.envelope.eventId ?? causationId;
  const others = othersOf(decision, second);
  const further = others.flatMap(({ at, events }) => ownEntries(at, events, { ...author, causationId: cause }));
  const entries = [...received, ...own, ...further];
  const heads = headsOf([loaded, ...others.map(({ at }) => at)], entries);
  const { schedule = [], unschedule = [], keeps, forgets = [] } = decision;
  const methods = { keep: keeps === undefined ? [] : [keeps], forget: forgets };
  const tasks = schedule.map((task) => borneBy(task, author));
  return { entries, appendRequest: { heads, entries, idempotency, schedule: tasks, unschedule, methods } };
};

/** A task bears what its events bear: it is done later, maybe by another process, and is a part of the same trace. */
const borneBy = (task: Task, { traceparent }: Authorship): Task =>
  traceparent === null ? task : { ...task, payload: { ...task.payload, traceparent } };

type Place = Pick<Loaded<unknown>, 'id' | 'sequence' | 'version'>;

/** Where the aggregates stand that must not have moved on. What is not there, or not for the commander, cannot. */
const headsOf = (places: readonly Place[], entries: readonly PreparedEntry[]): readonly Head[] =>
  places
    .filter(({ id, sequence }) => sequence > 0 || entries.some(({ envelope }) => envelope.aggregateId === id))
    .map(({ id, sequence }) => ({ aggregateId: id, expectedSequence: sequence }));

/** What a decision writes to other aggregates than its own, and where they stand. */
const othersOf = (
  { opens, ofSecond = [] }: Decision,
  second: Place | null,
): readonly { readonly at: Place; readonly events: readonly DomainEvent[] }[] => [
  ...(second === null ? [] : [{ at: second, events: ofSecond }]),
  ...(opens === undefined ? [] : [{ at: { id: opens.aggregateId, sequence: 0, version: 0 }, events: opens.events }]),
];

const receivedEntry = ({ sequence }: Loaded<unknown>, { envelope, event }: Recorded): PreparedEntry => ({
  envelope,
  event,
  sequence: sequence + 1,
  received: true,
});

const ownEntries = (
  { id, sequence, version }: Place,
  events: readonly DomainEvent[],
  author: Authorship,
): readonly PreparedEntry[] => {
  const entries: PreparedEntry[] = [];
  for (const [index, event] of events.entries()) {
    const causationId = entries[0]?.envelope.eventId ?? author.causationId;
    const position = { aggregateId: id, sequence: sequence + index + 1, version: version + index + 1 };
    const newEvent = { event, ...position, causationId, traceparent: author.traceparent };
    const { envelope } = envelop(author.writer, newEvent, UNDATED);
    entries.push({ envelope, event, sequence: position.sequence, received: false });
  }
  return entries;
};

/** The entry as it was written: an own event bears the time of its commit. */
export const dated = (entry: PreparedEntry, occurredAt: string): PreparedEntry => {
  if (entry.received) return entry;
  const envelope: Envelope = { ...entry.envelope, occurredAt };
  return { ...entry, envelope };
};
