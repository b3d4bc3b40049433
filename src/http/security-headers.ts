import type { ServerResponse } from 'node:http';

const YEAR_SECONDS = 31_536_000;

/** Answers are data, and for whoever asked: nothing of them is run, framed, guessed at or kept. Source: the OWASP Secure Headers Project. */
export const SECURITY_HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
} as const;

const ENTRIES = new Map<string, string>(Object.entries(SECURITY_HEADERS));

const HSTS = `max-age=${YEAR_SECONDS}`;

/** What every answer says, unless it says otherwise itself. */
export const secure = (response: ServerResponse, isByTls: boolean): void => {
  response.setHeaders(ENTRIES);
  if (isByTls) response.setHeader('strict-transport-security', HSTS);
};
