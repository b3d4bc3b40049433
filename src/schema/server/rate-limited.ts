import { GraphQLError } from 'graphql';
import { tooFrequent } from '../../access/index.ts';
import type { Refusal } from './refusal.ts';

/** To who asked too often, of an operation; `http` is how Yoga learns of status and header. */
export const rateLimited = (seconds: number): GraphQLError => {
  const { status, code, message, extensions, headers } = tooFrequent(seconds);
  return new GraphQLError(message, { extensions: { code, ...extensions, http: { status, headers } } });
};

/** How a request is refused by that error without Yoga, to whom a flood would cost five times as much; null for others. */
export const frequencyRefusalIn = (error: GraphQLError | null): Refusal | null => {
  const seconds = error?.extensions['retryAfter'];
  return typeof seconds === 'number' ? tooFrequent(seconds) : null;
};
