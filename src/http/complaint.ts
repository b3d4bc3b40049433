import type { IncomingMessage } from 'node:http';
import type { Refusal } from './refusal.ts';

export const UNREADABLE_TARGET: Refusal = {
  status: 400,
  code: 'BAD_USER_INPUT',
  message: 'The request names no path that can be read, or no host: send a path that begins with "/", and a Host.',
};

export const tooLong = (maxBytes: number): Refusal => ({
  status: 413,
  code: 'REQUEST_ENTITY_TOO_LARGE',
  message: `Request body too large: at most ${maxBytes} bytes.`,
  // What is left of the body would be read as the next request.
  headers: { connection: 'close' },
});

export const NOT_UTF_8: Refusal = {
  status: 400,
  code: 'BAD_USER_INPUT',
  message: 'The body is not UTF-8: send JSON in UTF-8.',
};

const unsupported = (message: string): Refusal => ({ status: 415, code: 'UNSUPPORTED_MEDIA_TYPE', message });

const UTF_8 = /^utf-?8$/i;

const charsetOf = (contentType: string): string => /;\s*charset\s*=\s*"?([^\s;",]*)/i.exec(contentType)?.[1] ?? 'utf-8';

/** Whether something follows the head. Of both lengths, the chunks' count: Node refuses a request that has both. */
export const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

/** What is wrong with a body by what the head says of it; null when nothing is. */
export const bodyComplaintOf = ({ headers }: IncomingMessage, maxBytes: number): Refusal | null => {
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') return unsupported('The body is compressed: send it without content-encoding.');
  if (!UTF_8.test(charsetOf(headers['content-type'] ?? ''))) return unsupported('Send JSON in UTF-8.');
  return Number(headers['content-length'] ?? 0) > maxBytes ? tooLong(maxBytes) : null;
};
