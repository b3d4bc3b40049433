import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether a page of this very server sends it: scheme aside, its host and port are those it asks. A browser says so by
 * Origin, or where it leaves that out, as it does for a GET, by Sec-Fetch-Site; no page can set either.
 */
export const isSameOrigin = ({ origin, host, 'sec-fetch-site': site }: IncomingHttpHeaders): boolean => {
  if (origin !== undefined) return host !== undefined && URL.parse(origin)?.host === host;
  return site === 'same-origin';
};
