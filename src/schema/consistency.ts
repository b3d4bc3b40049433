import { type ConsistencyPoint, decodeConsistencyToken, type IdKind, kindOf } from '../events/index.ts';
import { awaitAllOwn } from './await-own.ts';
import { builder } from './builder.ts';
import type { GatewayContext } from './context.ts';
import { badUserInput, readTimeout } from './failures.ts';
import { glimpseCart } from './find-cart.ts';
import { glimpseOrder } from './find-order.ts';

/** Before the request's own deadline, which tells less. */
const READ_TIMEOUT_MS = 3_500;

/** What the argument of that name says of itself. */
export const CONSISTENT_WITH = `The consistencyToken of an earlier result; the answer is at least as new. It waits for the read side for up to ${READ_TIMEOUT_MS / 1_000} s, then fails with extensions.code READ_TIMEOUT rather than answer with older data.`;

/** The argument, of fields that answer with what is no one cart or order. */
export const consistentWithArg = builder.args((t) => ({
  consistentWith: t.string({ description: `${CONSISTENT_WITH} Of any cart or order of the viewer's.` }),
}));

type Token = string | null | undefined;

const ABOUT = { path: ['consistentWith'] };

const pointOf = (token: string): ConsistencyPoint => {
  const point = decodeConsistencyToken(token);
  if (point === null)
    throw badUserInput('consistentWith is not a consistencyToken that an earlier answer gave.', ABOUT);
  return point;
};

/** The cart or the order of a token, from whichever side knows it; null unless the viewer may see it. */
const subjectOf = (context: GatewayContext, { aggregateId }: ConsistencyPoint): Promise<object | null> =>
  kindOf(aggregateId) === 'Cart' ? glimpseCart(context, aggregateId) : glimpseOrder(context, aggregateId);

/** False when there is nothing for the viewer to see: for who may not, a wait would tell that it exists. */
const awaitPoint = async (context: GatewayContext, point: ConsistencyPoint): Promise<boolean> => {
  if ((await subjectOf(context, point)) === null) return false;
  if (!(await context.read.awaitConsistency(point, READ_TIMEOUT_MS))) throw readTimeout();
  return true;
};

/**
 * Waits until the read side is at least as new as the token of the object with this id, when there is one. False when there
 * is nothing for the viewer to see. @throws a GraphQL error with code `BAD_USER_INPUT` for a token that is not of this object,
 * `READ_TIMEOUT` within 5 s.
 */
export const awaitConsistency = async (context: GatewayContext, id: string, token: Token): Promise<boolean> => {
  if (token === null || token === undefined) return true;
  const point = pointOf(token);
  if (point.aggregateId !== id)
    throw badUserInput(`consistentWith is a consistencyToken of another object than ${id}.`, ABOUT);
  return awaitPoint(context, point);
};

/** The same for what is no one object: by a token of any object of the viewer's; others are passed over. */
export const awaitToken = async (context: GatewayContext, token: Token): Promise<void> => {
  if (token !== null && token !== undefined) await awaitPoint(context, pointOf(token));
};

/** Before a list is read: as new as the token says, and as all that the viewer did to things of this kind. */
export const awaitList = async (context: GatewayContext, token: Token, kind: IdKind | null): Promise<void> => {
  await awaitToken(context, token);
  await awaitAllOwn(context, kind);
};
