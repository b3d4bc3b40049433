import type { IncomingMessage } from 'node:http';
import { UNREADABLE_TARGET } from './complaint.ts';
import { FULL_HEADERS, fullOf } from './connection-limits.ts';
import { type IsServed, OTHER_HOST } from './hosts.ts';
import { isOwnOrigin } from './origin.ts';
import type { Refusal } from './refusal.ts';
import { targetOf } from './request-target.ts';

export interface Room {
  readonly open: number;
  readonly limit: number;
  readonly isServed: IsServed;
}

/** Why a request may not become a WebSocket; null when it may. */
export const refusalOf = (request: IncomingMessage, { open, limit, isServed }: Room): Refusal | null => {
  const target = targetOf(request);
  if (target === null) return UNREADABLE_TARGET;
  if (!isServed(target.host)) return OTHER_HOST;
  if (target.path !== '/graphql') return { status: 404, code: 'NOT_FOUND', message: 'WebSockets open at /graphql.' };
  if (!isOwnOrigin(request.headers)) return { status: 403, code: 'FORBIDDEN', message: 'Not from this page.' };
  if (open < limit) return null;
  return { status: 503, code: 'UNAVAILABLE', message: fullOf('WebSockets', limit), headers: FULL_HEADERS };
};
