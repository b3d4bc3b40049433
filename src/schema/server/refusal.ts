import type { ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { SECURITY_HEADERS } from './security-headers.ts';

/** Why a request is not served: what a stranger is told of a mistake of their own, or of our being full. */
export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  /** What else the client is told, beside the code. */
  readonly extensions?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Of a defect: the one that the log has. */
  readonly correlationId?: string;
}

const REASONS: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  421: 'Misdirected Request',
  405: 'Method Not Allowed',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

/** Answers with the refusal in GraphQL's form. */
export const refuseRequest = (response: ServerResponse, refusal: Refusal): void => {
  if (response.headersSent || response.destroyed) return;
  const { status, code, message, extensions, headers, correlationId } = refusal;
  const body = JSON.stringify({ errors: [{ message, extensions: { code, correlationId, ...extensions } }] });
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers }).end(body);
};

/** What a defect is answered with. */
export const defectRefusal = (correlationId: string): Refusal => ({
  status: 500,
  code: 'INTERNAL_SERVER_ERROR',
  message: `Something is wrong on our side. Its correlation id is ${correlationId}.`,
  correlationId,
});

/** Answers instead of upgrading, and closes the connection. */
export const refuseUpgrade = (socket: Duplex, { status, message, headers = {} }: Refusal): void => {
  const length = Buffer.byteLength(message);
  const own = { connection: 'close', 'content-type': 'text/plain', ...headers, 'content-length': `${length}` };
  const all = { ...SECURITY_HEADERS, ...own };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${REASONS[status] ?? 'Refused'}\r\n${lines.join('')}\r\n${message}`);
};
