import { isUtf8 } from 'node:buffer';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { type Exchange, guarded, ignored, within } from '../../platform/index.ts';
import { maskError } from '../mask-error.ts';
import type { Answering } from './answering.ts';
import { readBody } from './body.ts';
import { complaintOf, hasBody, NOT_UTF_8, tooLong, UNREADABLE_TARGET } from './complaint.ts';
import type { Draining } from './draining.ts';
import { answerEvents, isAboutEvents } from './events-document.ts';
import { answerHealth, type Health, isAboutHealth } from './health.ts';
import { OTHER_HOST } from './hosts.ts';
import { logRequests } from './log-requests.ts';
import { tooFrequent } from './rate-limited.ts';
import { type Refusal, refuseRequest } from './refusal.ts';
import { targetOf } from './request-target.ts';
import { secure } from './security-headers.ts';
import type { ServerParts } from './server-parts.ts';
import { PLAIN_PAST_PROXIES, type Surface } from './surface.ts';

interface Listening {
  readonly parts: ServerParts;
  readonly graphql: Answering;
  readonly draining: Draining;
  readonly surface: Surface;
  readonly mayKnowParts: Health['mayKnowParts'];
  readonly maxBodyBytes: number;
}

type Body = { readonly whole: Buffer | null } | 'TooLong';

/** What is wrong with a request before anything looks at what it asks. Past here, its URL is a path and its body UTF-8. */
const mistakeIn = (request: IncomingMessage, body: Body, { surface, maxBodyBytes }: Listening): Refusal | null => {
  const target = targetOf(request);
  if (target === null) return UNREADABLE_TARGET;
  if (!surface.isServed(target.host)) return OTHER_HOST;
  request.url = target.url;
  // Whoever probes does so past the proxies, and says nothing secret.
  if (surface.isPlainPast(request) && !isAboutHealth(request)) return PLAIN_PAST_PROXIES;
  const complaint = complaintOf(request, maxBodyBytes);
  if (complaint !== null) return complaint;
  if (body === 'TooLong') return tooLong(maxBodyBytes);
  return body.whole === null || isUtf8(body.whole) ? null : NOT_UTF_8;
};

const NOT_HERE: Refusal = { status: 404, code: 'NOT_FOUND', message: 'There is nothing here: ask for /graphql.' };

const route = ({ parts, graphql, draining, surface, mayKnowParts }: Listening): Answering => {
  const ready: typeof parts.ready = async () =>
    draining.hasBegun ? { ...(await parts.ready()), gateway: false } : parts.ready();
  const events = answerEvents();
  return (request, response, body) => {
    if (surface.cors.answerPreflight(request, response)) return undefined;
    if (isAboutHealth(request)) return answerHealth(request, response, { ready, mayKnowParts });
    const seconds = parts.rates.arrive(surface.proxies.addressOf(request));
    if (seconds > 0) return refuseRequest(response, tooFrequent(seconds));
    if (isAboutEvents(request)) return events(request, response);
    if (request.url !== '/') return graphql(request, response, body);
    if (surface.isProduction) return refuseRequest(response, NOT_HERE);
    return response.writeHead(302, { location: '/graphql' }).end();
  };
};

/**
 * Where every request comes in. Nothing is answered before its body was read or, too long, is given up together with its
 * connection: so no connection is left half read. What goes wrong in here is that request's alone.
 */
export const requestListener = (listening: Listening): RequestListener => {
  const { parts, draining, surface } = listening;
  const log = logRequests(parts.logger);
  const mask = maskError(parts.logger);
  const answer = route(listening);

  const fail = (response: ServerResponse) => (error: unknown) => {
    const { message, extensions } = mask(error);
    const { code, correlationId } = extensions;
    const beside = typeof correlationId === 'string' ? { correlationId } : {};
    refuseRequest(response, { status: 500, code: String(code), message, ...beside });
  };

  return (request, response) => {
    const exchange: Exchange = { kind: 'Request', breakOff: () => void request.destroy() };
    const received = guarded((body: Body): unknown => {
      const mistake = mistakeIn(request, body, listening);
      if (mistake !== null) return refuseRequest(response, mistake);
      return within(exchange, () => answer(request, response, body === 'TooLong' ? null : body.whole));
    }, fail(response));
    log(request, response);
    secure(response, surface.proxies.isSecure(request));
    surface.cors.mark(request, response);
    draining.admit(response);
    response.on('error', ignored);
    if (!hasBody(request)) return received({ whole: null });
    const whenRead = (whole: Buffer | null): void => received(whole === null ? 'TooLong' : { whole });
    readBody(request, { maxBytes: listening.maxBodyBytes, whenRead });
  };
};
