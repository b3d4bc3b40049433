import { createYoga } from 'graphql-yoga';
import type { Limits } from '../../platform/index.ts';
import { createBatches } from '../batches.ts';
import type { GatewayContext, Modules } from '../context.ts';
import { answerDeadline } from '../in-time.ts';
import { type MaskError, maskError } from '../mask-error.ts';
import { schema } from '../schema.ts';
import type { LiveStreams } from '../subscriptions/live-streams.ts';
import { admitting } from './admitting.ts';
import type { Answering } from './answering.ts';
import { carefulReading } from './careful-reading.ts';
import type { ContextFor } from './context-for.ts';
import { type Documents, openDocuments } from './documents.ts';
import { EventStreams } from './event-streams.ts';
import { graphiql, graphiqlRenderer } from './graphiql.ts';
import type { ServedTo, Yoga } from './hand-on.ts';
import { jsonPostsOnly } from './json-posts-only.ts';
import { answerPlainRequests } from './plain-requests.ts';
import type { ServerParts } from './server-parts.ts';
import { traceparentOf } from './traceparent.ts';

/** What every lane answers with. */
export interface Gateway {
  readonly http: Answering;
  /** Yoga, for everything over HTTP. */
  readonly yoga: Yoga;
  readonly documents: Documents;
  readonly contextFor: ContextFor;
  readonly eventStreams: EventStreams;
}

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
  return (admission, traceparent) => ({
    ...shared,
    admission,
    viewer: admission.viewer,
    traceparent: traceparentOf(traceparent),
    deadline: answerDeadline(),
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
  createYoga<ServedTo, GatewayContext>({
    schema: documents.schema,
    context: ({ request, admission }): GatewayContext => contextFor(admission, request.headers.get('traceparent')),
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
  const http = admitting(parts, answerPlainRequests({ yoga, documents, mask, contextFor }));
  return { http, yoga, documents, contextFor, eventStreams };
};
