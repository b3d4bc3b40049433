import { MAX_STOCK } from '../../events/index.ts';
import { retryAfterMs } from '../../platform/index.ts';
import type { Call, CallOutcome, NotKnown } from './intent.ts';

/** What the inventory answered: `body` is its JSON value, undefined when it cannot be read. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
  /** The header of that name, as it came. */
  readonly retryAfter: string | null;
}

/** No answer keeps an order waiting for longer. */
const MAX_RETRY_AFTER_MS = 300_000;

const notKnown = (rest: Omit<NotKnown, 'type'>): NotKnown => ({ type: 'NotKnown', ...rest });

/** The call had no answer that can be read. */
export const UNANSWERED: NotKnown = notKnown({ retryAfterMs: 0, isAway: true });

/** The units that an answer says are available, as many as an event can say at most; null when it does not. */
export const availableIn = (body: unknown): number | null => {
  if (typeof body !== 'object' || body === null || !('available' in body)) return null;
  const { available } = body;
  return Number.isSafeInteger(available) && Number(available) >= 0 ? Math.min(Number(available), MAX_STOCK) : null;
};

/** Whether the answer is to this call: what comes from somewhere between, or to another, says nothing of it. */
const isOf = ({ productId }: Pick<Call, 'productId'>, body: unknown): boolean =>
  typeof body === 'object' && body !== null && 'productId' in body && body.productId === productId;

/** A problem of RFC 9457, as far as it is looked at: the page of a proxy that finds nothing is none. */
const isProblem = (body: unknown): boolean => typeof body === 'object' && body !== null && !Array.isArray(body);

/**
 * Whether the inventory refuses for good. A 409 does when it says what there is instead; any other may be about the key, which
 * is still under way after an answer that came too late: what that request took would be nobody's.
 */
export const isRefusal = ({ status, body }: Answer): boolean =>
  status === 409 ? availableIn(body) !== null : status === 404 && isProblem(body);

/** What an answer says of a call: done, refused for good, or nothing that could be relied on. */
export const outcomeOf = (call: Pick<Call, 'productId'>, answer: Answer): CallOutcome => {
  const { status, body, retryAfter } = answer;
  if (status === 200) return isOf(call, body) && availableIn(body) !== null ? { type: 'Done' } : UNANSWERED;
  if (isRefusal(answer)) return { type: 'Refused', available: availableIn(body) ?? 0 };
  const isAway = status === 429 || status >= 500;
  return notKnown({ isAway, retryAfterMs: retryAfterMs(retryAfter, MAX_RETRY_AFTER_MS) ?? 0 });
};

/** Asked again, it would be answered so again: somebody has to put something right. */
export const needsOperator = (status: number): boolean => status >= 300 && status < 500 && status !== 429;
