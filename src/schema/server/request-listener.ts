import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { tooFrequent } from '../../access/index.ts';
import {
  type Answering,
  answerHealth,
  carefulListener,
  type Draining,
  type Health,
  isAboutHealth,
} from '../../http/index.ts';
import type { Pages } from '../../pages/index.ts';
import { maskError } from '../mask-error.ts';
import { answerPage } from './answer-page.ts';
import { complaintOf } from './complaint.ts';
import { answerEvents, isAboutEvents } from './events-document.ts';
import { answerNotices, bodyBound, isNotice } from './payment-notices.ts';
import { type Refusal, refuseRequest } from './refusal.ts';
import type { ServerParts } from './server-parts.ts';
import type { Surface } from './surface.ts';

interface Listening {
  readonly parts: ServerParts;
  readonly graphql: Answering;
  readonly pages: Pages;
  readonly draining: Draining;
  readonly surface: Surface;
  readonly mayKnowParts: Health['mayKnowParts'];
  readonly maxBodyBytes: number;
}

const NOT_HERE: Refusal = { status: 404, code: 'NOT_FOUND', message: 'There is nothing here: ask for /graphql.' };

const route = ({ parts, graphql, pages, draining, surface, mayKnowParts }: Listening): Answering => {
  const ready: typeof parts.ready = async () =>
    draining.hasBegun ? { ...(await parts.ready()), gateway: false } : parts.ready();
  const serving: typeof parts.serving = async () => !draining.hasBegun && parts.serving();
  const events = answerEvents();
  const notices = answerNotices(parts, surface.proxies);
  const page = answerPage(pages, parts);
  return (request, response, body) => {
    if (surface.cors.answerPreflight(request, response)) return undefined;
    if (isAboutHealth(request)) return answerHealth(request, response, { ready, serving, mayKnowParts });
    if (isNotice(request)) return notices(request, response, body);
    const seconds = parts.rates.arrive(surface.proxies.addressOf(request));
    if (seconds > 0) return refuseRequest(response, tooFrequent(seconds));
    if (isAboutEvents(request)) return events(request, response);
    if (pages.asked(request) !== null) return page(request, response);
    if (request.url !== '/') return graphql(request, response, body);
    if (surface.isProduction) return refuseRequest(response, NOT_HERE);
    return response.writeHead(302, { location: '/graphql' }).end();
  };
};

const TRACED = ['/graphql', '/subgraph'];

/** Probes and pages are not traced, nor what is nowhere. */
const routeOf = (request: IncomingMessage): string | null => {
  if (isNotice(request)) return '/webhooks/{provider}';
  const path = (request.url ?? '').split('?', 1)[0];
  return TRACED.find((traced) => traced === path) ?? null;
};

/** Where every request to the gateway comes in. */
export const requestListener = (listening: Listening): RequestListener => {
  const { parts, surface } = listening;
  const mask = maskError(parts.logger);
  const fail = (response: ServerResponse, error: unknown): void => {
    const { message, extensions } = mask(error);
    const { code, correlationId } = extensions;
    const beside = typeof correlationId === 'string' ? { correlationId } : {};
    refuseRequest(response, { status: 500, code: String(code), message, ...beside });
  };
  return carefulListener({
    ...listening,
    logger: parts.logger,
    name: 'gateway',
    complaintOf,
    boundOf: (request) => bodyBound(listening.maxBodyBytes, request),
    mark: (request, response) => surface.cors.mark(request, response),
    answer: route(listening),
    tracedAs: routeOf,
    refuse: refuseRequest,
    fail,
  });
};
