import type { IncomingMessage, ServerResponse } from 'node:http';

/** Which pages of other origins may call, in the words of CORS. Source: fetch.spec.whatwg.org. */
export interface Cors {
  readonly allows: (origin: string | undefined) => boolean;
  /** Lets the page read the answer, whatever it will be, where it may. */
  readonly mark: (request: IncomingMessage, response: ServerResponse) => void;
  /** Answers a preflight; false when the request is none. */
  readonly answerPreflight: (request: IncomingMessage, response: ServerResponse) => boolean;
}

const PREFLIGHT_HEADERS = {
  'access-control-allow-methods': 'GET, POST',
  'access-control-allow-headers':
    'accept, apollo-require-preflight, authorization, content-type, last-event-id, traceparent, x-apollo-operation-name',
  'access-control-max-age': '7200',
} as const;

const EXPOSED_HEADERS = 'ratelimit, ratelimit-policy, retry-after';

const isPreflight = ({ method, headers }: IncomingMessage): boolean =>
  method === 'OPTIONS' && headers.origin !== undefined && headers['access-control-request-method'] !== undefined;

/** `*` allows all. Credentials are never allowed: who a page asks for stands in a header that it sets itself, in no cookie. */
export const openCors = (origins: readonly string[]): Cors => {
  const allowed = new Set(origins);
  const allowsAll = allowed.has('*');
  const allows = (origin: string | undefined): boolean => origin !== undefined && (allowsAll || allowed.has(origin));
  return {
    allows,
    mark: ({ headers: { origin } }, response) => {
      if (allowed.size === 0) return;
      if (!allowsAll) response.setHeader('vary', 'origin');
      if (origin === undefined || !allows(origin)) return;
      response.setHeader('access-control-allow-origin', allowsAll ? '*' : origin);
      response.setHeader('access-control-expose-headers', EXPOSED_HEADERS);
    },
    answerPreflight: (request, response) => {
      if (!isPreflight(request)) return false;
      response.writeHead(204, allows(request.headers.origin) ? PREFLIGHT_HEADERS : {}).end();
      return true;
    },
  };
};
