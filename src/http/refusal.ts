import { type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { guarded, ignored } from '../platform/index.ts';
import { SECURITY_HEADERS } from './security-headers.ts';

/** Why a request is not served: what a stranger is told of a mistake of their own, or of our being full. */
export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  /** What the status line says, where its usual words say too little to who reads nothing else. ASCII. */
  readonly reason?: string;
  /** What else the client is told, beside the code. */
  readonly extensions?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Of a defect: the one that the log has. */
  readonly correlationId?: string;
}

/** How a server tells a refusal, in the form of what it serves. */
export type Refuse = (response: ServerResponse, refusal: Refusal) => void;

/** What a defect is answered with. */
export const defectRefusal = (correlationId: string): Refusal => ({
  status: 500,
  code: 'INTERNAL_SERVER_ERROR',
  message: `Something is wrong on our side. Its correlation id is ${correlationId}.`,
  correlationId,
});

/** As long as a client may take to read why, and to close its side. */
const LINGER_MS = 2_000;

/** Answers instead of upgrading, and closes the connection. */
export const refuseUpgrade = (socket: Duplex, { status, message, headers = {} }: Refusal): void => {
  const length = Buffer.byteLength(message);
  const own = { connection: 'close', 'content-type': 'text/plain', ...headers, 'content-length': `${length}` };
  const all = { ...SECURITY_HEADERS, ...own };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  // Nothing else ends one whose other end is gone: past an upgrade no time limit of the server's holds.
  const end = guarded(() => socket.destroy(), ignored);
  socket.once(
    'finish',
    guarded(() => void setTimeout(end, LINGER_MS).unref(), ignored),
  );
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Refused'}\r\n${lines.join('')}\r\n${message}`);
};
