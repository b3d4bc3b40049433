import type { Evidence } from './evidence.ts';
import type { Event } from './records.ts';
import { type Check, trailOf, type Violation, violationOf } from './violation.ts';

const isForeign = ({ injections }: Evidence, { event_id }: Event): boolean => injections.forged.has(event_id);

const contentOf = ({
  type,
  stream,
  aggregate_id,
  version,
  correlation_id,
  causation_id,
  producer,
  data,
}: Event): string =>
  JSON.stringify([type, stream, aggregate_id, version, correlation_id, causation_id ?? '', producer, data]);

const lost = (message: string, event: Event, evidence: Evidence): Violation => ({
  invariant: 'I-3',
  subject: event.aggregate_id,
  message: `${message}: ${event.type} ${event.event_id}`,
  trail: [...trailOf([event]), ...trailOf(evidence.byAggregate.get(event.aggregate_id) ?? [])],
});

/** The event store holds what the journals hold, word for word, and nothing else. */
export const completeAudit: Check = (evidence) => {
  const journal = [...evidence.journals.write, ...evidence.journals.saga];
  const stored = new Map(evidence.store.map((event) => [event.event_id, event]));
  const written = new Set(journal.map(({ event_id }) => event_id));
  const missing = journal.filter(({ event_id }) => !stored.has(event_id));
  const changed = journal.filter((event) => {
    const copy = stored.get(event.event_id);
    return copy !== undefined && contentOf(copy) !== contentOf(event);
  });
  const phantoms = evidence.store.filter((event) => !written.has(event.event_id) && !isForeign(evidence, event));
  return [
    ...missing.map((event) => lost('in the journal, not in the event store', event, evidence)),
    ...changed.map((event) => lost('the event store has it with other content', event, evidence)),
    ...phantoms.map((event) => lost('in the event store, not in any journal', event, evidence)),
  ];
};

/** What another service said is kept as well. */
export const foreignEventsKept: Check = ({ injections, store }) => {
  const stored = new Set(store.map(({ event_id }) => event_id));
  return [...injections.forged]
    .filter((eventId) => !stored.has(eventId))
    .map((subject) => ({ invariant: 'I-3', subject, message: 'a foreign event is not in the event store', trail: [] }));
};

export const storedOnce: Check = ({ store }) =>
  [...Map.groupBy(store, ({ event_id }) => event_id)]
    .filter(([, copies]) => copies.length > 1)
    .map(([subject, copies]) => ({ invariant: 'I-4', subject, message: 'stored twice', trail: trailOf(copies) }));

const byWriter = (events: readonly Event[]): Iterable<readonly Event[]> =>
  Map.groupBy(events, ({ aggregate_id, producer }) => `${aggregate_id} ${producer}`).values();

const hasGap = (events: readonly Event[]): boolean =>
  events
    .map(({ version }) => version)
    .toSorted((left, right) => left - right)
    .some((version, index) => version !== index + 1);

/** Per aggregate and producer the versions are 1, 2, 3 … */
export const contiguousVersions: Check = (evidence) =>
  [...byWriter(evidence.store)].filter(hasGap).map((events) => {
    const versions = events.map(({ version }) => version).join(' ');
    return violationOf(evidence, [
      'I-6',
      events[0]?.aggregate_id ?? '',
      `versions of ${events[0]?.producer}: ${versions}`,
    ]);
  });

const isDisordered = (events: readonly Event[]): boolean =>
  events.some(({ version }, index) => index > 0 && version <= (events[index - 1]?.version ?? 0));

/** In a journal a later version has a later position. */
export const positionsFollowVersions: Check = (evidence) =>
  Object.values(evidence.journals).flatMap((journal) =>
    [...byWriter(journal)].filter(isDisordered).map((events) => ({
      invariant: 'I-6',
      subject: events[0]?.aggregate_id ?? '',
      message: 'positions do not increase with versions',
      trail: trailOf(events),
    })),
  );

/** Whatever an event names as its cause is known. */
export const causesKnown: Check = (evidence) => {
  const known = new Set(evidence.store.map(({ event_id }) => event_id));
  return evidence.store
    .filter(({ causation_id }) => causation_id?.startsWith('event_') === true && !known.has(causation_id))
    .map(({ aggregate_id, type, causation_id }) =>
      violationOf(evidence, ['I-1', aggregate_id, `${type} was caused by ${causation_id}, which nobody knows`]),
    );
};
