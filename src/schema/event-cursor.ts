import { malformedCursor } from './read-page.ts';

const MAX_POSITION = 2n ** 63n - 1n;

/** Opaque cursor of an event in the event store. */
export const encodeEventCursor = (position: bigint): string => Buffer.from(`event:${position}`).toString('base64url');

/** The position that the cursor stands for. @throws a GraphQL error with code `BAD_USER_INPUT`. */
export const decodeEventCursor = (cursor: string): bigint => {
  const digits = /^event:(\d{1,19})$/.exec(Buffer.from(cursor, 'base64url').toString())?.[1];
  const position = BigInt(digits ?? -1);
  if (position < 0n || position > MAX_POSITION) throw malformedCursor();
  return position;
};
