import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { FULL_HEADERS, fullOf } from './connection-limits.ts';
import { isOwnOrigin } from './origin.ts';

interface Refusal {
  readonly status: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly message?: string;
}

const FULL = '503 Service Unavailable';

/** Why a request may not become a WebSocket; null when it may. */
export const refusalOf = (request: IncomingMessage, open: number, limit: number): Refusal | null => {
  if (new URL(request.url ?? '/', 'http://gateway').pathname !== '/graphql') return { status: '404 Not Found' };
  if (!isOwnOrigin(request.headers)) return { status: '403 Forbidden' };
  if (open < limit) return null;
  return { status: FULL, headers: FULL_HEADERS, message: fullOf('WebSockets', limit) };
};

/** Answers instead of upgrading, and closes the connection. */
export const refuse = (socket: Duplex, { status, headers = {}, message = '' }: Refusal): void => {
  const body = Buffer.from(message);
  const all = { connection: 'close', 'content-type': 'text/plain', ...headers, 'content-length': body.length };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status}\r\n${lines.join('')}\r\n${message}`);
};
