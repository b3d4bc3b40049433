import { isUtf8 } from 'node:buffer';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { type Exchange, guarded, ignored, within } from '../../platform/index.ts';
import { maskError } from '../mask-error.ts';
import { readBody } from './body.ts';
import { complaintOf, hasBody, NOT_UTF_8, tooLong, UNREADABLE_TARGET } from './complaint.ts';
import type { Draining } from './draining.ts';
import { answerHealth } from './health.ts';
import { type IsServed, OTHER_HOST } from './hosts.ts';
import { logRequests } from './log-requests.ts';
import { type Refusal, refuseRequest } from './refusal.ts';
import { targetOf } from './request-target.ts';
import type { ServerParts } from './server-parts.ts';

/** Answers a request whose body, where it has one, was read already. What it throws or rejects with is a defect. */
export type Answering = (request: IncomingMessage, response: ServerResponse, body: Buffer | null) => unknown;

interface Listening {
  readonly parts: ServerParts;
  readonly graphql: Answering;
  readonly draining: Draining;
  readonly isServed: IsServed;
  readonly maxBodyBytes: number;
}

type Body = { readonly whole: Buffer | null } | 'TooLong';

/** What is wrong with a request before anything looks at what it asks. Past here, its URL is a path and its body UTF-8. */
const mistakeIn = (request: IncomingMessage, body: Body, { isServed, maxBodyBytes }: Listening): Refusal | null => {
  const target = targetOf(request);
  if (target === null) return UNREADABLE_TARGET;
  if (!isServed(target.host)) return OTHER_HOST;
  request.url = target.url;
  const complaint = complaintOf(request, maxBodyBytes);
  if (complaint !== null) return complaint;
  if (body === 'TooLong') return tooLong(maxBodyBytes);
  return body.whole === null || isUtf8(body.whole) ? null : NOT_UTF_8;
};

const route = ({ parts, graphql, draining }: Listening): Answering => {
  const ready: typeof parts.ready = async () =>
    draining.hasBegun ? { ...(await parts.ready()), gateway: false } : parts.ready();
  return (request, response, body) => {
    if (request.url?.startsWith('/health/') === true) return answerHealth(request, response, ready);
    if (request.url === '/') return response.writeHead(302, { location: '/graphql' }).end();
    return graphql(request, response, body);
  };
};

/**
 * Where every request comes in. Nothing is answered before its body was read or, too long, is given up together with its
 * connection: so no connection is left half read. What goes wrong in here is that request's alone.
 */
export const requestListener = (listening: Listening): RequestListener => {
  const { parts, draining } = listening;
  const log = logRequests(parts.logger);
  const mask = maskError(parts.logger);
  const answer = route(listening);

  const fail = (response: ServerResponse) => (error: unknown) => {
    const { message, extensions } = mask(error);
    refuseRequest(response, { status: 500, code: String(extensions['code']), message });
  };

  return (request, response) => {
    const exchange: Exchange = { kind: 'Request', breakOff: () => void request.destroy() };
    const received = guarded((body: Body): unknown => {
      const mistake = mistakeIn(request, body, listening);
      if (mistake !== null) return refuseRequest(response, mistake);
      return within(exchange, () => answer(request, response, body === 'TooLong' ? null : body.whole));
    }, fail(response));
    log(request, response);
    draining.admit(response);
    response.on('error', ignored);
    if (!hasBody(request)) return received({ whole: null });
    const whenRead = (whole: Buffer | null): void => received(whole === null ? 'TooLong' : { whole });
    readBody(request, { maxBytes: listening.maxBodyBytes, whenRead });
  };
};
