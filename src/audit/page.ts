import type { Db } from '../database/index.ts';
import { hasSeen, NO_POSITIONS, type Positions } from '../events/index.ts';
import { headPositions } from '../projection/index.ts';
import type { EventFilter } from './event-filter.ts';
import type { SeenEvent } from './stored-event.ts';
import { type Bounds, type Wanted, walkOn } from './stretches.ts';

/** More was seen than there is: the event store has lost its end since, or this is a copy that lags. */
export class BehindEnd extends Error {
  override readonly name = 'BehindEnd';
}

/** A part of the event store: its `first` events, else its `last`. */
export interface EventPageRequest {
  readonly filter: EventFilter;
  readonly first?: number | null | undefined;
  /** Behind all that was seen. */
  readonly after?: Positions | null | undefined;
  readonly last?: number | null | undefined;
  /** Nothing but what was seen. */
  readonly before?: Positions | null | undefined;
}

/** Oldest first, causes before effects; each with what has been seen of every partition by whoever has seen it. */
export interface EventPage {
  readonly events: readonly SeenEvent[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}

const onFrom = ({ direction }: Pick<Wanted, 'direction'>, bounds: Bounds, to: Positions): Bounds =>
  direction === 'Forward' ? { ...bounds, after: to } : { ...bounds, upTo: to };

/** So many, or all that there are. */
const walkFar = async (db: Db, { direction, limit, ...given }: Wanted): Promise<readonly SeenEvent[]> => {
  const events: SeenEvent[] = [];
  let bounds: Bounds = given;
  for (;;) {
    const walked = await walkOn(db, { ...bounds, direction, limit: limit - events.length });
    events.push(...walked.events);
    if (!walked.goesOn || events.length >= limit) return events;
    bounds = onFrom({ direction }, bounds, walked.to);
  }
};

/** @throws {BehindEnd} */
export const pageOf = async (db: Db, request: EventPageRequest): Promise<EventPage> => {
  const { filter, first, last, after = null, before = null } = request;
  const forward = first != null;
  const size = first ?? last ?? 0;
  const direction = forward ? 'Forward' : 'Backward';
  const bounds = { filter, after: after ?? NO_POSITIONS, upTo: before };
  if (after !== null && !hasSeen(await headPositions(db), after)) throw new BehindEnd();
  const found = await walkFar(db, { ...bounds, direction, limit: size + 1 });
  const events = found.slice(0, size);
  const goesOn = found.length > size;
  return {
    events: forward ? events : events.toReversed(),
    hasNextPage: forward ? goesOn : before !== null,
    hasPreviousPage: forward ? after !== null : goesOn,
  };
};
