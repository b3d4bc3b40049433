import type { Db } from '../database/index.ts';
import { type EventFilter, filtered } from './event-filter.ts';
import { stored } from './queries.ts';
import { type StoredEvent, storedEventOf } from './stored-event.ts';

/** A stretch of the event store between two positions: its `first` events, else its `last`. Both bounds are exclusive. */
export interface EventPageRequest {
  readonly filter: EventFilter;
  readonly first?: number | null | undefined;
  readonly after?: bigint | null | undefined;
  readonly last?: number | null | undefined;
  readonly before?: bigint | null | undefined;
}

/** Oldest first. */
export interface EventPage {
  readonly events: readonly StoredEvent[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}

export const pageOf = async (db: Db, request: EventPageRequest): Promise<EventPage> => {
  const { filter, first, last, after = null, before = null } = request;
  const forward = first != null;
  const size = first ?? last ?? 0;
  const rows = await filtered(stored(db), filter)
    .$if(after !== null, (all) => all.where('position', '>', String(after)))
    .$if(before !== null, (all) => all.where('position', '<', String(before)))
    .orderBy('position', forward ? 'asc' : 'desc')
    .limit(size + 1)
    .execute();
  const events = rows.slice(0, size).map(storedEventOf);
  const goesOn = rows.length > size;
  return {
    events: forward ? events : events.toReversed(),
    hasNextPage: forward ? goesOn : before !== null,
    hasPreviousPage: forward ? after !== null : goesOn,
  };
};
