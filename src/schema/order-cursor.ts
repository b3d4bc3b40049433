import { malformedCursor } from './read-page.ts';

interface OrderCursor {
  readonly orderId: string;
  readonly revision: number;
}

/** Opaque cursor of a moment in the life of an order. */
export const encodeOrderCursor = ({ orderId, revision }: OrderCursor): string =>
  Buffer.from(`${revision}.${orderId}`).toString('base64url');

/** The revision of this order that the cursor stands for. @throws a GraphQL error with code `BAD_USER_INPUT`. */
export const decodeOrderCursor = (cursor: string, orderId: string): number => {
  const [, revision, id] = /^([1-9]\d{0,8})\.(.+)$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (revision === undefined || id !== orderId) throw malformedCursor();
  return Number(revision);
};
