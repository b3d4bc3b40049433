import { type Database, orUnavailable } from '../database/index.ts';
import { type Positions, type Recorded, STREAMS, type Stream } from '../events/index.ts';
import { headPositions, type Projection } from '../projection/index.ts';
import type { EventFilter } from './event-filter.ts';
import { type HandlerParts, handleBatch } from './handle-batch.ts';
import { type EventPage, type EventPageRequest, pageOf } from './page.ts';
import { postgresEventStore } from './postgres-event-store.ts';
import { eventsOf, histories } from './queries.ts';
import type { EventsAfter } from './stored-event.ts';
import { walkOn } from './stretches.ts';

/** The consumer group of the event store, and all that it reads. */
export const AUDIT_GROUP = 'event-audit-api';
export const AUDIT_STREAMS: readonly Stream[] = Object.values(STREAMS);

/** The event store, with the read models that are built from it. Queries throw `Unavailable` while the database is away. */
export interface Audit {
  /** The consumer's handler: any event may come again, in any order; each takes effect once. */
  readonly handle: (batch: readonly Recorded[]) => Promise<void>;
  /** All events of an aggregate, in store order; `until` leaves out those that occurred after the instant. */
  readonly eventsOf: (aggregateId: string, until?: { readonly instant: string }) => Promise<readonly Recorded[]>;
  /** All events of each of these aggregates, in store order, by its id; those without events are left out. */
  readonly histories: (aggregateIds: readonly string[]) => Promise<ReadonlyMap<string, readonly Recorded[]>>;
  /** @throws {BehindEnd} when `after` has seen more than there is. */
  readonly page: (request: EventPageRequest) => Promise<EventPage>;
  /** At most `limit` behind what was seen, causes first. Followed so, nothing is left out and nothing comes twice. */
  readonly after: (seen: Positions, filter: EventFilter, limit: number) => Promise<EventsAfter>;
  /** The last position of each partition. */
  readonly heads: () => Promise<Positions>;
}

export interface AuditParts extends Omit<HandlerParts, 'store'> {
  readonly database: Database;
  readonly projections: readonly Projection[];
}

/** Opens no connection of its own; `announce` is called after each commit that changed something. */
export const openAudit = ({ database, projections, announce, logger }: AuditParts): Audit => {
  const { db } = database;
  const handler = { store: postgresEventStore(database, projections), announce, logger };
  return {
    handle: (batch) => handleBatch(handler, batch),
    eventsOf: orUnavailable((aggregateId, until) => eventsOf(db, aggregateId, until)),
    histories: orUnavailable((aggregateIds) => histories(db, aggregateIds)),
    page: orUnavailable((request) => pageOf(db, request)),
    after: orUnavailable((after, filter, limit) =>
      walkOn(db, { filter, after, upTo: null, direction: 'Forward', limit }),
    ),
    heads: orUnavailable(() => headPositions(db)),
  };
};
