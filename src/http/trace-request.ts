import type { IncomingMessage, ServerResponse } from 'node:http';
import { areSpansRecorded, beginRoot, guarded, ignored, insideSpan, passedOn, type Span } from '../platform/index.ts';
import { traceparentOf } from './traceparent.ts';

/** The route of a request that is traced, without what differs from one to the next; null for those that are not. */
export type RouteOf = (request: IncomingMessage) => string | null;

const SERVER_ERROR = 500;

const endWith = (span: Span, response: ServerResponse): void => {
  const { statusCode, writableFinished } = response;
  span.set({ 'http.response.status_code': statusCode });
  if (statusCode >= SERVER_ERROR) span.fail(String(statusCode));
  else if (!writableFinished) span.set({ 'panier.outcome': 'left' });
  span.end();
};

/**
 * Answers a request as a span, until its answer is sent or nobody takes it any more. Whatever reads the request's
 * `traceparent` from then on is a part of that.
 */
export const traceRequest = <T>(
  { request, response, routeOf }: { request: IncomingMessage; response: ServerResponse; routeOf: RouteOf | undefined },
  answer: () => T,
): T => {
  const route = (areSpansRecorded() && routeOf?.(request)) || null;
  if (route === null) return answer();
  const { method = '' } = request;
  const asked = traceparentOf(request.headers['traceparent']);
  const span = beginRoot(asked, () => ({
    name: `${method} ${route}`,
    kind: 'server',
    attributes: { 'http.request.method': method, 'http.route': route },
  }));
  const traceparent = passedOn(span, asked);
  if (traceparent !== null) request.headers['traceparent'] = traceparent;
  if (span === undefined) return answer();
  response.once(
    'close',
    guarded(() => endWith(span, response), ignored),
  );
  return insideSpan(span, answer);
};
