import { countPart, idPart, tokenOf } from '../events/index.ts';
import { malformedCursor } from './read-page.ts';

interface OrderCursor {
  readonly orderId: string;
  readonly revision: number;
}

const cursorOfStep = tokenOf('', [countPart, idPart]);

/** Opaque cursor of a moment in the life of an order. */
export const encodeOrderCursor = ({ orderId, revision }: OrderCursor): string => cursorOfStep.encode(revision, orderId);

/** The revision of this order that the cursor stands for. @throws a GraphQL error with code `BAD_USER_INPUT`. */
export const decodeOrderCursor = (cursor: string, orderId: string): number => {
  const [revision = 0, id] = cursorOfStep.decode(cursor) ?? [];
  if (revision < 1 || id !== orderId) throw malformedCursor(['after']);
  return revision;
};
