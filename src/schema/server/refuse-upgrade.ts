import type { IncomingMessage } from 'node:http';
import { type Rates, tooFrequent } from '../../access/index.ts';
import { OTHER_HOST, targetOf, UNREADABLE_TARGET } from '../../http/index.ts';
import { FULL_HEADERS, fullOf } from './connection-limits.ts';
import { isAllowedOrigin } from './origin.ts';
import type { Refusal } from './refusal.ts';
import { PLAIN_PAST_PROXIES, type Surface } from './surface.ts';

export interface Room {
  readonly open: number;
  readonly limit: number;
  /** Where WebSockets open. */
  readonly paths: readonly string[];
  readonly surface: Surface;
  readonly rates: Rates;
}

const OTHER_ORIGIN: Refusal = {
  status: 403,
  code: 'FORBIDDEN',
  message: 'Pages of this origin may not call: PANIER_CORS_ORIGINS names those that may.',
};

/** Why a request may not become a WebSocket; null when it may. */
export const refusalOf = (request: IncomingMessage, { open, limit, paths, surface, rates }: Room): Refusal | null => {
  const target = targetOf(request);
  if (target === null) return UNREADABLE_TARGET;
  if (!surface.isServed(target.host)) return OTHER_HOST;
  if (surface.isPlainPast(request)) return PLAIN_PAST_PROXIES;
  if (!paths.includes(target.path))
    return { status: 404, code: 'NOT_FOUND', message: `WebSockets open at ${paths.join(' and ')}.` };
  if (!isAllowedOrigin(request, surface.cors, surface.proxies)) return OTHER_ORIGIN;
  const seconds = rates.arrive(surface.proxies.addressOf(request));
  if (seconds > 0) return tooFrequent(seconds);
  if (open < limit) return null;
  return { status: 503, code: 'UNAVAILABLE', message: fullOf('WebSockets', limit), headers: FULL_HEADERS };
};
