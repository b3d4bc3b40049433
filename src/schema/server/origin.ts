import type { IncomingMessage } from 'node:http';
import type { Proxies } from '../../http/index.ts';
import type { Cors } from './cors.ts';

const hostOf = (origin: string): string | null => URL.parse(origin)?.host ?? null;

/**
 * Whether a WebSocket comes from a page of this server, of an origin that may call, or from no page at all. Browsers do not
 * ask before they open a WebSocket to another site, so any page could speak in its visitor's name.
 */
export const isAllowedOrigin = (request: IncomingMessage, cors: Cors, proxies: Proxies): boolean => {
  const { origin, host } = request.headers;
  if (origin === undefined || cors.allows(origin)) return true;
  return [host, proxies.forwardedHost(request)].includes(hostOf(origin) ?? '');
};
