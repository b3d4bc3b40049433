import { type ConsistencyPoint, decodeConsistencyToken } from '../events/index.ts';
import type { GatewayContext } from './context.ts';
import { badUserInput, readTimeout } from './failures.ts';

/** Before the request's own deadline, which tells less. */
const READ_TIMEOUT_MS = 3_500;

/** What the argument of that name says of itself. */
export const CONSISTENT_WITH = `The consistencyToken of an earlier result; the answer is at least as new. It waits for the read side for up to ${READ_TIMEOUT_MS / 1_000} s, then fails with extensions.code READ_TIMEOUT rather than answer with older data.`;

const pointIn = (token: string, aggregateId: string): ConsistencyPoint => {
  const point = decodeConsistencyToken(token);
  if (point === null) throw badUserInput('consistentWith is not a consistencyToken that an earlier answer gave.');
  if (point.aggregateId !== aggregateId)
    throw badUserInput(`consistentWith is a consistencyToken of another object than ${aggregateId}.`);
  return point;
};

interface Awaited {
  readonly id: string;
  readonly token: string | null | undefined;
  /** The object, from whichever side knows it; null unless the viewer may see it. */
  readonly find: () => Promise<object | null>;
}

/**
 * Waits until the read side is at least as new as the token, when there is one; only for who may see the object, or else
 * the wait would tell that it exists. False when there is nothing for the viewer to see.
 * @throws a GraphQL error with code `BAD_USER_INPUT` for a token that is not of this object, `READ_TIMEOUT` within 5 s.
 */
export const awaitConsistency = async ({ read }: GatewayContext, { id, token, find }: Awaited): Promise<boolean> => {
  if (token === null || token === undefined) return true;
  const point = pointIn(token, id);
  if ((await find()) === null) return false;
  if (!(await read.awaitConsistency(point, READ_TIMEOUT_MS))) throw readTimeout();
  return true;
};
