import { positionPart, tokenOf } from '../events/index.ts';
import { malformedCursor } from './read-page.ts';

const cursorOfEvent = tokenOf('event:', [positionPart]);

/** Opaque cursor of an event in the event store. */
export const encodeEventCursor = (position: bigint): string => cursorOfEvent.encode(position);

/** The position that the cursor stands for. @throws a GraphQL error with code `BAD_USER_INPUT`. */
export const decodeEventCursor = (cursor: string, path: readonly string[] = ['after']): bigint => {
  const values = cursorOfEvent.decode(cursor);
  if (values === null) throw malformedCursor(path);
  return values[0];
};
