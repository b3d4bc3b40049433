import type { IncomingMessage } from 'node:http';
import { bodyComplaintOf, type Refusal } from '../../http/index.ts';
import { sharingProblem } from './distinct-connections.ts';

const METHODS = ['GET', 'HEAD', 'POST', 'OPTIONS'];

/** What is wrong with a request by its head alone; null when nothing is. */
export const complaintOf = (request: IncomingMessage, maxBytes: number): Refusal | null => {
  const sharing = sharingProblem(request);
  if (sharing !== null) return sharing;
  const { method = '' } = request;
  if (METHODS.includes(method)) return bodyComplaintOf(request, maxBytes);
  const message = `There is no ${method} here: use POST, or GET for queries.`;
  return { status: 405, code: 'BAD_REQUEST', message, headers: { allow: 'GET, POST' } };
};
