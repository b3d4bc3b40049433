import { createYoga } from 'graphql-yoga';
import { traceparentOf } from '../../http/index.ts';
import type { Limits } from '../../platform/index.ts';
import { createBatches } from '../batches.ts';
import type { GatewayContext, Modules } from '../context.ts';
import { answerDeadline } from '../in-time.ts';
import { type MaskError, maskError } from '../mask-error.ts';
import { schema } from '../schema.ts';
import type { LiveStreams } from '../subscriptions/live-streams.ts';
import { AddressStreams } from './address-streams.ts';
import { Admitted } from './admitted.ts';
import { admitting } from './admitting.ts';
import type { Answering } from './answering.ts';
import { carefulReading } from './careful-reading.ts';
import type { ContextFor } from './context-for.ts';
import { type Documents, type DocumentsPolicy, openDocuments } from './documents.ts';
import { EventStreams } from './event-streams.ts';
import { graphiql, graphiqlPage } from './graphiql.ts';
import { guardOperations } from './guard-operations.ts';
import type { ServedTo, Yoga } from './hand-on.ts';
import { jsonPostsOnly } from './json-posts-only.ts';
import { type Guard, operationGuard } from './operation-guard.ts';
import { answerPlainRequests } from './plain-requests.ts';
import { reachableStreams } from './reachable-streams.ts';
import type { ServerParts } from './server-parts.ts';
import type { Surface } from './surface.ts';
import { ViewerConnections } from './viewer-connections.ts';
import { withoutSuggestions } from './without-suggestions.ts';

/** What every lane answers with. */
export interface Gateway {
  readonly http: Answering;
  /** Yoga, for everything over HTTP. */
  readonly yoga: Yoga;
  readonly documents: Documents;
  readonly contextFor: ContextFor;
  readonly eventStreams: EventStreams;
  /** Asked before any operation runs. */
  readonly guard: Guard;
  readonly admitted: Admitted;
  readonly perAddress: AddressStreams;
  readonly perViewer: ViewerConnections;
}

const modulesOf = ({ write, saga, operations, audit, read, access }: ServerParts): Modules => ({
  write,
  saga,
  operations,
  audit,
  read,
  access,
});

const contextFactory = (parts: ServerParts, live: LiveStreams, limits: Limits): ContextFor => {
  const shared = { ...modulesOf(parts), batches: createBatches(parts.read, parts.audit), live, limits };
  return (admission, traceparent) => ({
    ...shared,
    admission,
    viewer: admission.viewer,
    traceparent: traceparentOf(traceparent),
    deadline: answerDeadline(limits),
    excess: { fields: 0 },
  });
};

interface YogaParts {
  readonly documents: Documents;
  readonly contextFor: ContextFor;
  readonly mask: MaskError;
  readonly eventStreams: EventStreams;
  readonly guard: Guard;
  readonly maxBodyBytes: number;
}

const yogaWith = ({ documents, contextFor, mask, eventStreams, guard, maxBodyBytes }: YogaParts): Yoga => {
  const page = graphiqlPage();
  return createYoga<ServedTo, GatewayContext>({
    schema: documents.schema,
    context: ({ request, admission }): GatewayContext => contextFor(admission, request.headers.get('traceparent')),
    maskedErrors: { maskError: documents.isReticent ? withoutSuggestions(mask) : mask },
    plugins: [
      jsonPostsOnly,
      carefulReading(documents),
      reachableStreams,
      guardOperations(guard),
      eventStreams.plugin,
      page.plugin,
    ],
    // `documents` knows what was read.
    parserAndValidationCache: false,
    maxRequestBodySize: maxBodyBytes,
    multipart: false,
    batching: false,
    cors: false,
    landingPage: false,
    // Yoga would log every masked error a second time.
    logging: false,
    graphiql: documents.isReticent ? false : graphiql,
    renderGraphiQL: page.render,
  });
};

interface Within extends DocumentsPolicy {
  readonly surface: Surface;
}

/** Plain requests past Yoga, everything else over HTTP by Yoga; both read and refuse by the same `documents`. */
export const openGateway = (parts: ServerParts, live: LiveStreams, within: Within): Gateway => {
  const { limits, surface } = within;
  const contextFor = contextFactory(parts, live, limits);
  const documents = openDocuments(schema, within);
  const mask = maskError(parts.logger);
  const admitted = new Admitted(parts.access.revocations);
  const { addressOf } = surface.proxies;
  const perAddress = new AddressStreams(limits.streamsPerAddress, addressOf);
  const eventStreams = new EventStreams(limits.eventStreams, { admitted, perAddress });
  const { refusalOf } = documents;
  const perViewer = new ViewerConnections(limits);
  const { rates } = parts;
  const guard = operationGuard({ schema, rates, limits, addressOf, refusalOf, connections: perViewer });
  const yoga = yogaWith({ documents, contextFor, mask, eventStreams, guard, maxBodyBytes: limits.bodyBytes });
  const http = admitting(parts, answerPlainRequests({ yoga, documents, mask, contextFor, guard }));
  return { http, yoga, documents, contextFor, eventStreams, guard, admitted, perAddress, perViewer };
};
