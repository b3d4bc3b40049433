import { isUtf8 } from 'node:buffer';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { about, type Exchange, guarded, ignored, type Logger, SIGNALS, traceIdIn, within } from '../platform/index.ts';
import { readBody } from './body.ts';
import { hasBody, NOT_UTF_8, tooLong, UNREADABLE_TARGET } from './complaint.ts';
import type { Draining } from './draining.ts';
import { isAboutHealth } from './health.ts';
import { OTHER_HOST } from './hosts.ts';
import { logRequests } from './log-requests.ts';
import type { Refusal, Refuse } from './refusal.ts';
import { targetOf } from './request-target.ts';
import { secure } from './security-headers.ts';
import { PLAIN_PAST_PROXIES, type Surface } from './surface.ts';
import { type RouteOf, traceRequest } from './trace-request.ts';
import { traceparentOf } from './traceparent.ts';
import { Turns } from './turns.ts';

/** Answers a request whose body, where it has one, was read already. What it throws or rejects with is a defect. */
export type Answering = (request: IncomingMessage, response: ServerResponse, body: Buffer | null) => unknown;

/** What a server makes of its requests, in the form of what it serves. */
export interface Listening {
  readonly surface: Surface;
  readonly draining: Draining;
  readonly logger: Logger;
  /** As what its answers are counted. */
  readonly name: 'gateway' | 'inventory-api' | 'ops';
  readonly maxBodyBytes: number;
  /** Where it is another one for some requests; asked before their target was read, and again after. */
  readonly boundOf?: (request: IncomingMessage) => number;
  /** What is wrong with a request by its head alone; null when nothing is. */
  readonly complaintOf: (request: IncomingMessage, maxBodyBytes: number) => Refusal | null;
  /** Told of each request as it comes in, before anything is read of it; may set what every answer says. */
  readonly mark?: (request: IncomingMessage, response: ServerResponse) => void;
  readonly answer: Answering;
  /** Which requests are traced, and as what; by default none. */
  readonly tracedAs?: RouteOf;
  readonly refuse: Refuse;
  /** Answers to a defect. */
  readonly fail: (response: ServerResponse, error: unknown) => void;
}

/** Requests that a connection may have sent ahead: the answers to come lie in no buffer that is counted. */
const MOST_UNANSWERED = 32;

/** A body as it was read. */
interface Body {
  readonly whole: Buffer | null;
  readonly isTooLong: boolean;
}

const boundOf = ({ boundOf: bound, maxBodyBytes }: Listening, request: IncomingMessage): number =>
  bound?.(request) ?? maxBodyBytes;

/** What is wrong with a request before anything looks at what it asks. Past here, its URL is a path and its body UTF-8. */
const mistakeIn = (request: IncomingMessage, body: Body, listening: Listening): Refusal | null => {
  const { surface } = listening;
  const { whole } = body;
  const target = targetOf(request);
  if (target === null) return UNREADABLE_TARGET;
  if (!surface.isServed(target.host)) return OTHER_HOST;
  request.url = target.url;
  // Whoever probes does so past the proxies, and says nothing secret.
  if (surface.isPlainPast(request) && !isAboutHealth(request)) return PLAIN_PAST_PROXIES;
  // Of where the request leads: what it was read by is of the target as sent, and "/a/../b" leads elsewhere than "/a/".
  const maxBytes = boundOf(listening, request);
  const complaint = listening.complaintOf(request, maxBytes);
  if (complaint !== null) return complaint;
  if (body.isTooLong || (whole !== null && whole.length > maxBytes)) return tooLong(maxBytes);
  return whole === null || isUtf8(whole) ? null : NOT_UTF_8;
};

/**
 * Where every request comes in. Nothing is answered before its body was read or, too long, is given up together with its
 * connection: so no connection is left half read. Of a connection, each is answered when the one before is. What goes wrong in
 * here is that request's alone.
 */
export const carefulListener = (listening: Listening): RequestListener => {
  const { surface, draining, answer, refuse, fail, name: server } = listening;
  const log = logRequests(listening.logger);
  const turns = new Turns();
  return (request, response) => {
    const exchange: Exchange = { kind: 'Request', breakOff: () => void request.destroy() };
    const received = guarded(
      (body: Body): unknown => {
        const mistake = mistakeIn(request, body, listening);
        if (mistake !== null) return refuse(response, mistake);
        const traced = { request, response, routeOf: listening.tracedAs };
        const facts = { traceId: traceIdIn(traceparentOf(request.headers['traceparent'])) };
        const answered = () => traceRequest(traced, () => answer(request, response, body.whole));
        return turns.take(request, () => within(exchange, () => about(facts, answered)));
      },
      (error) => fail(response, error),
    );
    log(request, response);
    secure(response, surface.proxies.isSecure(request));
    listening.mark?.(request, response);
    turns.enter(request, response);
    if (draining.admit(response) > MOST_UNANSWERED) return void request.destroy();
    response.on('error', ignored);
    response.once(
      'finish',
      guarded(() => SIGNALS.requestAnswered.tell({ server, status: response.statusCode }), ignored),
    );
    if (!hasBody(request)) return received({ whole: null, isTooLong: false });
    const whenRead = (whole: Buffer | null): void => received({ whole, isTooLong: whole === null });
    readBody(request, { maxBytes: boundOf(listening, request), whenRead });
  };
};
