import {
  movedTo,
  type Positions,
  positionIn,
  positionsIn,
  positionsText,
  type TokenPart,
  tokenOf,
} from '../events/index.ts';
import { badUserInput } from './failures.ts';
import { malformedCursor } from './read-page.ts';

/** A place in the event store: all that is seen there, and the partition of the event seen last. */
interface EventPlace {
  readonly seen: Positions;
  readonly partition: number;
}

/** Most often the event seen last is the latest: of another one its partition is said. In whichever order they were seen. */
const latestIn = (seen: Positions): number =>
  [...seen.keys()]
    .toSorted((one, other) => one - other)
    .reduce((latest, partition) => (positionIn(seen, partition) > positionIn(seen, latest) ? partition : latest), 0);

const PLACE = /^([^!]*)(?:!(0|[1-9]\d?))?$/;

const placePart: TokenPart<EventPlace> = {
  write: ({ seen, partition }) =>
    partition === latestIn(seen) ? positionsText(seen) : `${positionsText(seen)}!${partition}`,
  read: (text) => {
    const [, positions = '', said] = PLACE.exec(text) ?? [];
    const seen = positionsIn(positions);
    if (seen === null || said === undefined) return seen && { seen, partition: latestIn(seen) };
    const partition = Number(said);
    return seen.has(partition) && partition !== latestIn(seen) ? { seen, partition } : null;
  },
};

const cursorOfEvent = tokenOf('event:', [placePart]);

/** Opaque cursor of an event in the event store, and of each partition's events that come before it. */
export const encodeEventCursor = (place: EventPlace): string => cursorOfEvent.encode(place);

/** The same of whatever is seen, in whichever order it was. */
export const encodePositions = (seen: Positions): string => encodeEventCursor({ seen, partition: latestIn(seen) });

const placeOf = (cursor: string, path: readonly string[]): EventPlace => {
  const [place] = cursorOfEvent.decode(cursor) ?? [];
  if (place === undefined) throw malformedCursor(path);
  return place;
};

/** All that is seen where the cursor stands. @throws a GraphQL error with code `BAD_USER_INPUT`. */
export const decodeEventCursor = (cursor: string, path: readonly string[] = ['after']): Positions =>
  placeOf(cursor, path).seen;

/** It was handed out before the event store lost its end: what comes at the positions that it names would be passed over. */
export const cursorBehindEnd = (path: readonly string[] = ['after']) =>
  badUserInput(
    `${path.at(-1)} is a cursor behind the last event: the store has lost events since. Pass on an earlier one, or none.`,
    { path },
  );

/** The same without the event itself. @throws a GraphQL error with code `BAD_USER_INPUT`. */
export const decodeBeforeEvent = (cursor: string, path: readonly string[] = ['before']): Positions => {
  const { seen, partition } = placeOf(cursor, path);
  return movedTo(seen, { partition, position: positionIn(seen, partition) - 1n });
};
