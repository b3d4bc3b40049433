import type { Clock } from '../account/clock.ts';
import { type Answer, inUse, reused } from './answer.ts';

interface Kept {
  readonly print: string;
  readonly endpoint: string;
  readonly requestId: string;
  readonly sinceMs: number;
  /** Null while it is carried out. */
  answer: Answer | null;
}

export interface KeyedRequest {
  readonly id: string;
  readonly key: string;
  readonly endpoint: string;
  /** The same for the same parameters. */
  readonly print: string;
}

/** What came of carrying a request out, and whether its key keeps it. */
export interface Outcome {
  readonly answer: Answer;
  readonly isKept: boolean;
}

const TTL_MS = 24 * 3_600_000;

const replay = (answer: Answer, requestId: string): Answer => ({
  ...answer,
  headers: { ...answer.headers, 'idempotent-replayed': 'true', 'original-request': requestId },
});

/** Carries a request out once for a key. Source: https://docs.stripe.com/api/idempotent_requests. */
export const openIdempotency = (clock: Clock) => {
  const kept = new Map<string, Kept>();

  const begun = (key: string): Kept | undefined => {
    const found = kept.get(key);
    const isOver = found !== undefined && found.answer !== null && clock.now() - found.sinceMs >= TTL_MS;
    return isOver ? undefined : found;
  };

  const begin = async (request: KeyedRequest, carryOut: () => Promise<Outcome>): Promise<Answer> => {
    const { key, print, endpoint, id: requestId } = request;
    const mine: Kept = { print, endpoint, requestId, sinceMs: clock.now(), answer: null };
    kept.set(key, mine);
    try {
      const { answer, isKept } = await carryOut();
      if (isKept) mine.answer = answer;
      return answer;
    } finally {
      if (mine.answer === null) kept.delete(key);
    }
  };

  return async (request: KeyedRequest, carryOut: () => Promise<Outcome>): Promise<Answer> => {
    const before = begun(request.key);
    if (before === undefined) return begin(request, carryOut);
    if (before.print !== request.print || before.endpoint !== request.endpoint)
      return reused(request.key, before.endpoint);
    return before.answer === null ? inUse() : replay(before.answer, before.requestId);
  };
};
