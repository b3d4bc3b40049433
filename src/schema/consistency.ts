import { decodeConsistencyToken } from '../events/index.ts';
import type { GatewayContext } from './context.ts';
import { badUserInput, readTimeout } from './failures.ts';

const READ_TIMEOUT_MS = 5_000;

/**
 * Waits until the read side is at least as new as the token, when there is one.
 * @throws a GraphQL error with code `BAD_USER_INPUT` for a token that is not of this aggregate, `READ_TIMEOUT` after 5 s.
 */
export const awaitConsistency = async (
  { read }: GatewayContext,
  aggregateId: string,
  token: string | null | undefined,
): Promise<void> => {
  if (token === null || token === undefined) return;
  const point = decodeConsistencyToken(token);
  if (point === null) throw badUserInput('consistentWith is not a consistencyToken that an earlier answer gave.');
  if (point.aggregateId !== aggregateId)
    throw badUserInput(`consistentWith is a consistencyToken of another object than ${aggregateId}.`);
  if (!(await read.reached(point, READ_TIMEOUT_MS))) throw readTimeout();
};
