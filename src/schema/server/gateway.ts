import { createYoga, type YogaServerInstance } from 'graphql-yoga';
import { createBatches } from '../batches.ts';
import type { Doors, GatewayContext } from '../context.ts';
import { maskError } from '../mask-error.ts';
import { schema } from '../schema.ts';
import type { LiveStreams } from '../subscriptions/live-streams.ts';
import { graphiql, graphiqlRenderer } from './graphiql.ts';
import { jsonPostsOnly } from './json-posts-only.ts';
import type { ServerParts } from './server-parts.ts';
import { CUSTOMER_HEADER, traceparentOf, viewerOf } from './viewer-of.ts';

const MAX_BODY_BYTES = 100_000;

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

const doorsOf = ({ write, saga, repair, audit, read }: ServerParts): Doors => ({ write, saga, repair, audit, read });

/** Yoga with the schema: what HTTP and WebSocket have in common. */
export const createGateway = (parts: ServerParts, live: LiveStreams): Gateway => {
  const shared = { ...doorsOf(parts), batches: createBatches(parts.read, parts.audit), live };
  return createYoga<ServerContext, GatewayContext>({
    schema,
    context: ({ request, handshake }): GatewayContext => {
      const { customerId, traceparent } = handshake ?? sayingOf(request);
      return { ...shared, viewer: viewerOf(customerId), traceparent: traceparentOf(traceparent) };
    },
    maskedErrors: { maskError: maskError(parts.logger) },
    plugins: [jsonPostsOnly],
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
};
