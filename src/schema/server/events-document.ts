import type { IncomingMessage, ServerResponse } from 'node:http';
import { asyncApi } from '../../events/index.ts';
import { type Refusal, refuseRequest } from './refusal.ts';

const PATH = '/asyncapi.json';

const READ_ONLY: Refusal = {
  status: 405,
  code: 'BAD_REQUEST',
  message: `${PATH} can only be read: ask for it by GET.`,
  headers: { allow: 'GET, HEAD' },
};

export const isAboutEvents = ({ url = '' }: IncomingMessage): boolean => url.split('?', 1)[0] === PATH;

/** Answers with the catalogue of events: the same for everybody, of every panier of this version. */
export const answerEvents = (): ((request: IncomingMessage, response: ServerResponse) => void) => {
  let made: string | undefined;
  return ({ method }, response) => {
    if (method !== 'GET' && method !== 'HEAD') return refuseRequest(response, READ_ONLY);
    made ??= JSON.stringify(asyncApi());
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(made) };
    response.writeHead(200, headers).end(method === 'HEAD' ? undefined : made);
  };
};
