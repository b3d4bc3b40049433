import type { IncomingMessage } from 'node:http';
import type { Refusal } from './refusal.ts';

const TOKEN = 'x-graphql-event-stream-token';
const MESSAGE =
  'Operations do not share an event stream here: each has a connection of its own. In graphql-sse, leave out singleConnection.';

/**
 * Says what to do in place of graphql-sse's single connection: that would live in one process, and requests go to several.
 * The words are in the status line, too, for that is what graphql-sse shows.
 */
const NOT_SHARED: Refusal = {
  status: 405,
  code: 'BAD_REQUEST',
  message: MESSAGE,
  reason: MESSAGE,
  headers: { allow: 'GET, POST' },
};

/** Of a request for a single connection, or one that would go on with it; null of any other. */
export const sharingProblem = ({ method, headers }: IncomingMessage): Refusal | null =>
  method === 'PUT' || TOKEN in headers ? NOT_SHARED : null;
