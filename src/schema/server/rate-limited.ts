import { GraphQLError } from 'graphql';
import type { Refusal } from './refusal.ts';

const CODE = 'RATE_LIMITED';

const messageOf = (seconds: number): string => `That is more than is served within a minute: go on in ${seconds} s.`;

const headersOf = (seconds: number) => ({ 'retry-after': `${seconds}` });

/** To who asked too often, of an operation; `http` is how Yoga learns of status and header. */
export const rateLimited = (seconds: number): GraphQLError =>
  new GraphQLError(messageOf(seconds), {
    extensions: { code: CODE, retryAfter: seconds, http: { status: 429, headers: headersOf(seconds) } },
  });

/** As {@link rateLimited}, of a request of which nothing was read. */
export const tooFrequent = (seconds: number): Refusal => ({
  status: 429,
  code: CODE,
  message: messageOf(seconds),
  extensions: { retryAfter: seconds },
  headers: headersOf(seconds),
});

/** How a request is refused by that error without Yoga, to whom a flood would cost five times as much; null for others. */
export const frequencyRefusalIn = (error: GraphQLError | null): Refusal | null => {
  const seconds = error?.extensions['retryAfter'];
  return typeof seconds === 'number' ? tooFrequent(seconds) : null;
};
