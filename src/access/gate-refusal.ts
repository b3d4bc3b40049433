import { Unavailable } from '../platform/index.ts';
import { Unauthenticated } from './unauthenticated.ts';

/** Why a request does not come in, as whatever serves it tells it. */
export interface AccessRefusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly extensions?: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;
}

/** What is told of a gate that lets nobody in. @throws whatever it is not for clients to know */
export const refusalAtGate = (error: unknown): AccessRefusal => {
  if (error instanceof Unauthenticated) {
    // RFC 6750, section 3.
    const headers = { 'www-authenticate': 'Bearer error="invalid_token"' };
    return { status: 401, code: 'UNAUTHENTICATED', message: error.message, headers };
  }
  if (!(error instanceof Unavailable)) throw error;
  const message = 'Whether the token is valid cannot be told for the moment. Try again.';
  return { status: 503, code: 'UNAVAILABLE', message, headers: { 'retry-after': '5' } };
};

/** To who asked too often, with the seconds to wait. */
export const tooFrequent = (seconds: number): AccessRefusal => ({
  status: 429,
  code: 'RATE_LIMITED',
  message: `That is more than is served within a minute: go on in ${seconds} s.`,
  extensions: { retryAfter: seconds },
  headers: { 'retry-after': `${seconds}` },
});
