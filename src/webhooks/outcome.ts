import { STATUS_CODES } from 'node:http';
import { errorCodeOf, retryAfterMs } from '../platform/index.ts';

/** What became of one attempt to deliver. */
export type Outcome =
  | { readonly type: 'Delivered' }
  | { readonly type: 'Gone'; readonly failure: Failure }
  | { readonly type: 'Failed'; readonly failure: Failure; readonly retryAfterMs: number | null };

export interface Failure {
  /** What was answered; null when nothing was. */
  readonly status: number | null;
  /** For the endpoint's owner. */
  readonly reason: string;
}

const DELIVERED: Outcome = { type: 'Delivered' };

const MAX_RETRY_AFTER_MS = 3_600_000;

const inWords = (status: number): string => {
  const answered = `answered ${[status, STATUS_CODES[status]].join(' ').trim()}`;
  if (status === 410) return `${answered}: it wants nothing more.`;
  if (status >= 300 && status < 400)
    return `${answered}, and redirects are not followed: update the endpoint with the URL that it leads to.`;
  return `${answered}; only 2xx says that an event was received.`;
};

/** Of an answer; `retryAfter` is its header, of which seconds are understood. */
export const outcomeOfStatus = (status: number, retryAfter?: string): Outcome => {
  if (status >= 200 && status < 300) return DELIVERED;
  const failure = { status, reason: inWords(status) };
  if (status === 410) return { type: 'Gone', failure };
  return { type: 'Failed', failure, retryAfterMs: retryAfterMs(retryAfter, MAX_RETRY_AFTER_MS) };
};

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refuses connections.',
  ECONNRESET: 'closed the connection without an answer.',
  UND_ERR_SOCKET: 'closed the connection without an answer.',
  ENOTFOUND: 'has a host name that does not resolve.',
  EAI_AGAIN: 'has a host name that cannot be resolved for now.',
  EHOSTUNREACH: 'cannot be reached.',
  ENETUNREACH: 'cannot be reached.',
  ETIMEDOUT: 'cannot be connected to in time.',
  UND_ERR_CONNECT_TIMEOUT: 'cannot be connected to in time.',
  UND_ERR_HEADERS_TIMEOUT: 'did not answer in time.',
  UND_ERR_BODY_TIMEOUT: 'did not end its answer in time.',
};

const reasonOf = (error: unknown): string => {
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0]);
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'RefusedTarget') return error.message;
  const code = errorCodeOf(error);
  const known = REASONS[code];
  if (known !== undefined) return `${known} (${code})`;
  return `could not be sent to: ${error.message.slice(0, 200)}${code === '' ? '' : ` (${code})`}`;
};

/** Of an attempt that came to no answer. */
export const outcomeOfError = (error: unknown): Outcome => ({
  type: 'Failed',
  failure: { status: null, reason: reasonOf(error) },
  retryAfterMs: null,
});
