import type { ErrorObject, Refusal } from './refusal.ts';

/** An answer of the API; its body is kept as it is sent. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export const answerOf = (status: number, body: object, headers: Answer['headers'] = {}): Answer => ({
  status,
  headers,
  body: JSON.stringify(body, null, 2),
});

const refused = (status: number, error: ErrorObject, headers: Answer['headers'] = {}): Answer =>
  answerOf(status, { error }, headers);

export const answerOfRefusal = ({ status, error }: Refusal): Answer => refused(status, error);

const IN_USE =
  'There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through). Please try again later.';

export const inUse = (): Answer =>
  refused(409, { type: 'idempotency_error', code: 'idempotency_key_in_use', message: IN_USE });

export const reused = (key: string, endpoint: string): Answer =>
  refused(400, {
    type: 'idempotency_error',
    message: `Keys for idempotent requests can only be used with the same parameters and endpoint (${endpoint}) they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
  });

/** With the seconds to wait, or without: Stripe promises none. */
export const rateLimited = (retryAfter: number | null): Answer =>
  refused(
    429,
    { type: 'invalid_request_error', code: 'rate_limit', message: 'Request rate limit exceeded.' },
    retryAfter === null ? {} : { 'retry-after': String(retryAfter) },
  );

/** Its key keeps it, so asking again is of no use: it would be replayed. */
export const failed = (): Answer =>
  refused(
    500,
    { type: 'api_error', message: 'An unknown error occurred. It was logged.' },
    { 'stripe-should-retry': 'false' },
  );

export const unavailable = (): Answer =>
  refused(503, { type: 'api_error', message: 'Stripe is temporarily unavailable. Please try again.' });

export const unauthorized = (): Answer =>
  refused(401, { type: 'invalid_request_error', message: 'Invalid API Key provided.' });

export const unknownPath = (method: string, path: string): Answer =>
  refused(404, { type: 'invalid_request_error', message: `Unrecognized request URL (${method}: ${path}).` });
