import type { IncomingHttpHeaders } from 'node:http';
import { createYoga } from 'graphql-yoga';
import type { Limits } from '../../platform/index.ts';
import { createBatches } from '../batches.ts';
import type { GatewayContext, Modules } from '../context.ts';
import { type MaskError, maskError } from '../mask-error.ts';
import { schema } from '../schema.ts';
import type { LiveStreams } from '../subscriptions/live-streams.ts';
import { carefulReading } from './careful-reading.ts';
import { type Documents, openDocuments } from './documents.ts';
import { EventStreams } from './event-streams.ts';
import { graphiql, graphiqlRenderer } from './graphiql.ts';
import type { Yoga } from './hand-on.ts';
import { jsonPostsOnly } from './json-posts-only.ts';
import { answerPlainRequests } from './plain-requests.ts';
import type { Answering } from './request-listener.ts';
import type { ServerParts } from './server-parts.ts';
import { CUSTOMER_HEADER, traceparentOf, viewerOf } from './viewer-of.ts';

/** What a client says of itself: in the headers of a request, or in a WebSocket's handshake. */
export interface Handshake {
  readonly customerId?: unknown;
  readonly traceparent?: string | null;
}

/** @throws when what was said is wrong. */
export type ContextFor = (handshake: Handshake) => GatewayContext;

/** What every lane answers with. */
export interface Gateway {
  readonly http: Answering;
  /** Yoga, for everything over HTTP. */
  readonly yoga: Yoga;
  readonly documents: Documents;
  readonly contextFor: ContextFor;
  readonly eventStreams: EventStreams;
}

const saidIn = (request: Request | undefined): Handshake => ({
  customerId: request?.headers.get(CUSTOMER_HEADER),
  traceparent: request?.headers.get('traceparent') ?? null,
});

/** What the headers of a request, or of an upgrade, say. */
export const saidInHeaders = (headers: IncomingHttpHeaders): Handshake => ({
  customerId: headers[CUSTOMER_HEADER],
  traceparent: headers['traceparent']?.toString() ?? null,
});

const modulesOf = ({ write, saga, operations, audit, read, access }: ServerParts): Modules => ({
  write,
  saga,
  operations,
  audit,
  read,
  access,
});

const contextFactory = (parts: ServerParts, live: LiveStreams): ContextFor => {
  const shared = { ...modulesOf(parts), batches: createBatches(parts.read, parts.audit), live };
  return ({ customerId, traceparent }) => ({
    ...shared,
    viewer: viewerOf(customerId),
    traceparent: traceparentOf(traceparent),
  });
};

interface YogaParts {
  readonly documents: Documents;
  readonly contextFor: ContextFor;
  readonly mask: MaskError;
  readonly eventStreams: EventStreams;
  readonly maxBodyBytes: number;
}

const yogaWith = ({ documents, contextFor, mask, eventStreams, maxBodyBytes }: YogaParts): Yoga =>
  createYoga<object, GatewayContext>({
    schema: documents.schema,
    context: ({ request }): GatewayContext => contextFor(saidIn(request)),
    maskedErrors: { maskError: mask },
    plugins: [jsonPostsOnly, carefulReading(documents), eventStreams.plugin],
    // `documents` knows what was read.
    parserAndValidationCache: false,
    maxRequestBodySize: maxBodyBytes,
    multipart: false,
    batching: false,
    cors: false,
    landingPage: false,
    // Yoga would log every masked error a second time.
    logging: false,
    graphiql,
    renderGraphiQL: graphiqlRenderer(),
  });

/** Plain requests past Yoga, everything else over HTTP by Yoga; both read and refuse by the same `documents`. */
export const openGateway = (parts: ServerParts, live: LiveStreams, limits: Limits): Gateway => {
  const contextFor = contextFactory(parts, live);
  const documents = openDocuments(schema, limits);
  const mask = maskError(parts.logger);
  const eventStreams = new EventStreams(limits.eventStreams);
  const yoga = yogaWith({ documents, contextFor, mask, eventStreams, maxBodyBytes: limits.bodyBytes });
  const plain = {
    yoga,
    documents,
    mask,
    contextFor: (headers: IncomingHttpHeaders) => contextFor(saidInHeaders(headers)),
  };
  return { http: answerPlainRequests(plain), yoga, documents, contextFor, eventStreams };
};
