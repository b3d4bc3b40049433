import type { IncomingHttpHeaders } from 'node:http';

const hostOf = (origin: string): string | null => URL.parse(origin)?.host ?? null;

/**
 * Whether a WebSocket comes from a page of this server, or from no page at all. Browsers do not ask before they open a
 * WebSocket to another site, so any page could speak in its visitor's name.
 */
export const isOwnOrigin = ({ origin, host, 'x-forwarded-host': forwardedHost }: IncomingHttpHeaders): boolean =>
  origin === undefined || [host, forwardedHost].includes(hostOf(origin) ?? '');
