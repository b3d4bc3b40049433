import type { Refusal, Refuse } from '../http/index.ts';

/** What may be wrong, by its code: the status that tells it, and what it is in general. */
export const PROBLEMS = {
  BAD_USER_INPUT: { status: 400, title: 'The request cannot be read' },
  INVALID_INPUT: { status: 400, title: 'The request is not one that could be served' },
  UNAUTHENTICATED: { status: 401, title: 'Nobody is signed in, or the token is not valid' },
  FORBIDDEN: { status: 403, title: 'Whoever asks may not do this' },
  NOT_FOUND: { status: 404, title: 'There is no such thing' },
  BAD_REQUEST: { status: 405, title: 'The method is not for this path' },
  STOCK_SHORT: { status: 409, title: 'The stock is short' },
  STOCK_FULL: { status: 409, title: 'The stock takes no more' },
  REQUEST_ENTITY_TOO_LARGE: { status: 413, title: 'The body is too long' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, title: 'The body is not JSON in UTF-8' },
  UNKNOWN_HOST: { status: 421, title: 'The host is not served here' },
  IDEMPOTENCY_CONFLICT: { status: 422, title: 'The Idempotency-Key was used for another request' },
  RATE_LIMITED: { status: 429, title: 'Too many requests' },
  INTERNAL_SERVER_ERROR: { status: 500, title: 'Something is wrong on our side' },
  CONFLICT: { status: 503, title: 'Others changed the same stock at the same time' },
  UNAVAILABLE: { status: 503, title: 'Something that this needs is away' },
} as const;

export type ProblemCode = keyof typeof PROBLEMS;

/** A problem as RFC 9457 has it; beside these members, what its code tells more. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly [member: string]: unknown;
}

export const PROBLEM_CODES = Object.keys(PROBLEMS) as readonly ProblemCode[];

/** The problem's own name, which is no address: nothing lies there. */
export const problemType = (code: ProblemCode): string =>
  `urn:panier:problem:${code.toLowerCase().replaceAll('_', '-')}`;

const isCode = (code: string): code is ProblemCode => Object.hasOwn(PROBLEMS, code);

/** What a client is told of a refusal. */
const problemOf = ({ status, code, message: detail, extensions, correlationId }: Refusal): Problem => {
  const known = isCode(code) ? { type: problemType(code), title: PROBLEMS[code].title } : UNTYPED;
  const instance = correlationId === undefined ? {} : { instance: `urn:uuid:${correlationId}` };
  return { ...known, status, detail, ...instance, ...extensions };
};

/** As RFC 9457 has problems without a type of their own. */
const UNTYPED = { type: 'about:blank', title: 'The request is refused' };

export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

/** Answers with the refusal as a problem. */
export const refuse: Refuse = (response, refusal) => {
  if (response.headersSent || response.destroyed) return;
  const body = JSON.stringify(problemOf(refusal));
  response
    .writeHead(refusal.status, {
      'content-type': PROBLEM_MEDIA_TYPE,
      'content-length': Buffer.byteLength(body),
      ...refusal.headers,
    })
    .end(body);
};
