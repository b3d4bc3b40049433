import { type Audit, BehindEnd, type EventFilter, type SeenEvent, type StoredEvent } from '../../audit/index.ts';
import { type DomainEvent, hasSeen, NO_POSITIONS, type Positions, positionIn } from '../../events/index.ts';
import { notOffered } from './memory-commands.ts';

/** All in one partition. */
export interface Stored extends SeenEvent {
  readonly event: DomainEvent;
}

const fits = ({ envelope }: StoredEvent, { eventId, aggregateId, types }: EventFilter): boolean =>
  (eventId == null || eventId === envelope.eventId) &&
  (aggregateId == null || aggregateId === envelope.aggregateId) &&
  (types == null || types.includes(envelope.type));

const isSeen = ({ partition, position }: StoredEvent, seen: Positions): boolean =>
  position <= positionIn(seen, partition);

const headsOf = (stored: readonly Stored[]): Positions => stored.at(-1)?.seen ?? NO_POSITIONS;

/** The event store of a test: an array, that grows. */
export const memoryAudit = (stored: readonly Stored[]): Audit => ({
  handle: notOffered,
  eventsOf: async (aggregateId, until) =>
    stored.filter(
      ({ envelope }) => envelope.aggregateId === aggregateId && envelope.occurredAt <= (until?.instant ?? '9'),
    ),
  histories: async (ids) =>
    Map.groupBy(
      stored.filter(({ envelope }) => ids.includes(envelope.aggregateId)),
      ({ envelope }) => envelope.aggregateId,
    ),
  page: async ({ filter, first, after }) => {
    if (!hasSeen(headsOf(stored), after ?? NO_POSITIONS)) throw new BehindEnd();
    const events = stored.filter((event) => fits(event, filter) && !isSeen(event, after ?? NO_POSITIONS));
    return { events: events.slice(0, first ?? undefined), hasNextPage: false, hasPreviousPage: false };
  },
  after: async (seen, filter, limit) => {
    const later = stored.filter((event) => fits(event, filter) && !isSeen(event, seen));
    const events = later.slice(0, limit);
    return { events, to: events.at(-1)?.seen ?? seen, goesOn: later.length > limit };
  },
  heads: async () => headsOf(stored),
});
