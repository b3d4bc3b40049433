import type { IncomingHttpHeaders } from 'node:http';
import { createYoga, type YogaServerInstance } from 'graphql-yoga';
import type { Logger } from '../../platform/index.ts';
import { createBatches } from '../batches.ts';
import type { Doors, GatewayContext } from '../context.ts';
import { maskError } from '../mask-error.ts';
import { schema } from '../schema.ts';
import type { LiveStreams } from '../subscriptions/live-streams.ts';
import { carefulReading } from './careful-reading.ts';
import { MAX_BODY_BYTES } from './complaint.ts';
import { graphiql, graphiqlRenderer } from './graphiql.ts';
import { jsonPostsOnly } from './json-posts-only.ts';
import type { Answering } from './request-listener.ts';
import type { ServerParts } from './server-parts.ts';
import { handOn, TextCache, thinLane } from './thin-lane/index.ts';
import { CUSTOMER_HEADER, traceparentOf, viewerOf } from './viewer-of.ts';

/** What a WebSocket's handshake said; requests over HTTP say it in their own headers. */
export interface Handshake {
  readonly customerId?: unknown;
  readonly traceparent?: string | null;
}

type ServerContext = { readonly handshake?: Handshake };
export type Gateway = YogaServerInstance<ServerContext, GatewayContext>;

const sayingOf = (request: Request | undefined): Handshake => ({
  customerId: request?.headers.get(CUSTOMER_HEADER),
  traceparent: request?.headers.get('traceparent') ?? null,
});

const doorsOf = ({ write, saga, operations, audit, read }: ServerParts): Doors => ({
  write,
  saga,
  operations,
  audit,
  read,
});

type ContextFor = (handshake: Handshake) => GatewayContext;

const contextFactory = (parts: ServerParts, live: LiveStreams): ContextFor => {
  const shared = { ...doorsOf(parts), batches: createBatches(parts.read, parts.audit), live };
  return ({ customerId, traceparent }) => ({
    ...shared,
    viewer: viewerOf(customerId),
    traceparent: traceparentOf(traceparent),
  });
};

const yogaWith = (contextFor: ContextFor, logger: Logger): Gateway =>
  createYoga<ServerContext, GatewayContext>({
    schema,
    context: ({ request, handshake }): GatewayContext => contextFor(handshake ?? sayingOf(request)),
    maskedErrors: { maskError: maskError(logger) },
    plugins: [jsonPostsOnly, carefulReading],
    parserAndValidationCache: { documentCache: new TextCache(), errorCache: new TextCache() },
    maxRequestBodySize: MAX_BODY_BYTES,
    multipart: false,
    batching: false,
    cors: false,
    landingPage: false,
    // Yoga would log every masked error a second time.
    logging: false,
    graphiql,
    renderGraphiQL: graphiqlRenderer(),
  });

const headersSaying = (headers: IncomingHttpHeaders): Handshake => ({
  customerId: headers[CUSTOMER_HEADER],
  traceparent: headers['traceparent']?.toString() ?? null,
});

/** Yoga for everything, or only for what the thin lane leaves to it. */
export type HttpLane = 'thin' | 'yoga';

/** What listens to HTTP, and what runs the operations of WebSockets. */
export interface Gateways {
  readonly http: Answering;
  readonly yoga: Gateway;
}

/** Yoga with the schema, and the thin lane beside it. */
export const createGateways = (parts: ServerParts, live: LiveStreams, lane: HttpLane): Gateways => {
  const contextFor = contextFactory(parts, live);
  const yoga = yogaWith(contextFor, parts.logger);
  if (lane === 'yoga') return { http: handOn(yoga), yoga };
  const http = thinLane({
    yoga,
    // Yoga's plugins take a request without a method for one of GET.
    readerFor: (params) => yoga.getEnveloped({ request: { method: 'POST' }, params }),
    contextFor: (headers) => contextFor(headersSaying(headers)),
    mask: maskError(parts.logger),
  });
  return { http, yoga };
};
