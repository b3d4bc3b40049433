import type { GraphQLSchema } from 'graphql';
import { createYoga, type Plugin } from 'graphql-yoga';
import type { GatewayContext } from '../context.ts';
import { type MaskError, maskError } from '../mask-error.ts';
import type { AnsweringTo } from './answering.ts';
import { carefulReading } from './careful-reading.ts';
import type { ContextFor } from './context-for.ts';
import { countOperations } from './count-operations.ts';
import { type Documents, type DocumentsPolicy, openDocuments } from './documents.ts';
import type { EventStreams } from './event-streams.ts';
import { graphiql, graphiqlPage } from './graphiql.ts';
import { guardOperations } from './guard-operations.ts';
import type { ServedTo, Yoga } from './hand-on.ts';
import { jsonPostsOnly } from './json-posts-only.ts';
import { type Guard, operationGuard } from './operation-guard.ts';
import { answerPlainRequests } from './plain-requests.ts';
import { reachableStreams } from './reachable-streams.ts';
import { resumableStreams } from './resumable-streams.ts';
import type { ServerParts } from './server-parts.ts';
import { acceptableStreams } from './stream-lanes.ts';
import type { Surface } from './surface.ts';
import type { ViewerConnections } from './viewer-connections.ts';
import { withoutSuggestions } from './without-suggestions.ts';

/** What is served where. */
export interface Place {
  readonly path: string;
  readonly schema: GraphQLSchema;
  /** Whether browsers are shown GraphiQL there. */
  readonly hasPage: boolean;
}

/** A schema at a path of its own, in every lane. */
export interface Graph {
  readonly path: string;
  readonly http: AnsweringTo;
  /** Yoga, for everything over HTTP. */
  readonly yoga: Yoga;
  readonly documents: Documents;
  /** Asked before any operation runs. */
  readonly guard: Guard;
}

/** What all graphs of a gateway share. */
export interface Sharing extends DocumentsPolicy {
  readonly parts: ServerParts;
  readonly surface: Surface;
  readonly contextFor: ContextFor;
  readonly eventStreams: EventStreams;
  readonly perViewer: ViewerConnections;
}

interface YogaParts extends Sharing {
  readonly place: Place;
  readonly documents: Documents;
  readonly mask: MaskError;
  readonly guard: Guard;
}

const pageAt = ({ hasPage }: Place, { isReticent }: Documents) => {
  if (!hasPage || isReticent) return { plugins: [] as Plugin[], options: { graphiql: false } as const };
  const { plugin, render } = graphiqlPage();
  return { plugins: [plugin], options: { graphiql, renderGraphiQL: render } };
};

const yogaWith = ({ place, documents, contextFor, mask, eventStreams, guard, limits }: YogaParts): Yoga => {
  const page = pageAt(place, documents);
  const told = documents.isReticent ? withoutSuggestions(mask) : mask;
  return createYoga<ServedTo, GatewayContext>({
    schema: documents.schema,
    graphqlEndpoint: place.path,
    context: ({ request: { headers }, admission }): GatewayContext =>
      contextFor(admission, { traceparent: headers.get('traceparent'), lastEventId: headers.get('last-event-id') }),
    maskedErrors: { maskError: told },
    plugins: [
      jsonPostsOnly,
      carefulReading(documents),
      acceptableStreams,
      reachableStreams,
      guardOperations(guard),
      countOperations(documents.labelOf),
      eventStreams.plugin,
      resumableStreams(told),
      ...page.plugins,
    ],
    // `documents` knows what was read.
    parserAndValidationCache: false,
    maxRequestBodySize: limits.bodyBytes,
    multipart: false,
    batching: false,
    cors: false,
    landingPage: false,
    // Yoga would log every masked error a second time.
    logging: false,
    ...page.options,
  });
};

/** Plain requests past Yoga, everything else over HTTP by Yoga; both read and refuse by the same `documents`. */
export const openGraph = (place: Place, sharing: Sharing): Graph => {
  const { parts, surface, limits, perViewer: connections, contextFor } = sharing;
  const { path, schema } = place;
  const documents = openDocuments(schema, sharing);
  const mask = maskError(parts.logger);
  const { refusalOf } = documents;
  const { addressOf } = surface.proxies;
  const guard = operationGuard({ schema, rates: parts.rates, limits, addressOf, refusalOf, connections });
  const yoga = yogaWith({ ...sharing, place, documents, mask, guard });
  const http = answerPlainRequests({ path, yoga, documents, mask, contextFor, guard });
  return { path, http, yoga, documents, guard };
};
