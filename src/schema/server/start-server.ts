import { askedByOperator } from '../../access/index.ts';
import {
  type Address,
  Connections,
  Draining,
  listen,
  type NodeServer,
  openNodeServer,
  stopListening,
} from '../../http/index.ts';
import { NO_PAGES, openPages, readBuiltPages } from '../../pages/index.ts';
import { DEFAULT_LIMITS, deadlineIn, type Exposure, type Limits } from '../../platform/index.ts';
import { createLiveStreams, type LiveStreams } from '../subscriptions/live-streams.ts';
import type { KnownDocuments } from './asked-text.ts';
import { type Gateway, openGateway } from './gateway.ts';
import { type Manifest, readManifest } from './manifest.ts';
import { requestListener } from './request-listener.ts';
import type { ServerParts } from './server-parts.ts';
import { OWN_PAGES_ONLY, openSurface } from './surface.ts';
import { serveWebSockets } from './web-socket.ts';

export interface ListenOptions extends Address {
  /** Names, beside addresses and those of this machine, that clients may use. */
  readonly hosts?: readonly string[];
  readonly limits?: Partial<Limits>;
  /** By default as `npm start` without configuration. */
  readonly exposure?: Partial<Exposure>;
  /** The documents of panier's own clients, which may be asked for by their hash. */
  readonly ownDocuments?: Manifest;
}

/** A server that listens. Disposal breaks subscriptions off, lets requests finish, and takes 3 s at most. */
export interface GatewayServer extends AsyncDisposable {
  /** Where it listens, without a path: `http://127.0.0.1:4000`. */
  readonly url: string;
  /** Number of subscriptions that are open. */
  readonly openSubscriptions: () => number;
  readonly openConnections: () => number;
}

const PORT_SETTING = { variable: 'PORT' };

interface Open {
  readonly node: NodeServer;
  readonly live: LiveStreams;
  readonly sockets: AsyncDisposable;
  readonly gateway: Gateway;
  readonly draining: Draining;
  readonly connections: Connections;
}

/**
 * Breaks subscriptions off, lets requests finish, at last closes what is left when the time is up. A subscription that was
 * told "complete" would take its order's story for finished; one that is broken off is taken up again elsewhere.
 */
const stop = async ({ live, sockets, gateway, ...serving }: Open): Promise<void> => {
  await stopListening(serving, [
    async () => gateway.eventStreams.breakOff(),
    async () => sockets[Symbol.asyncDispose](),
    () => live.completeAll(),
  ]);
  gateway.admitted[Symbol.dispose]();
};

const knownDocuments = async (
  { documents, documentsManifest }: Partial<Exposure>,
  ownDocuments: readonly Manifest[],
): Promise<KnownDocuments> => ({
  manifests: [...ownDocuments, documentsManifest === undefined ? {} : await readManifest(documentsManifest)],
  isClosed: documents === 'trusted',
});

/**
 * Serves GraphQL at /graphql, and at /subgraph when it is exposed, by HTTP, server-sent events and WebSocket; GraphiQL for
 * browsers, and probes. @throws {ListenError}
 */
export const startServer = async (parts: ServerParts, options: ListenOptions): Promise<GatewayServer> => {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const live = createLiveStreams(parts.read.changes, () => deadlineIn(limits.operationMs));
  const exposure = { ...OWN_PAGES_ONLY, ...options.exposure };
  const { pages = [] } = exposure;
  // Nor the documents of pages that are not served: whoever runs trusted ones alone has not asked for those.
  const built = pages.length > 0 ? await readBuiltPages() : NO_PAGES;
  const known = await knownDocuments(exposure, [options.ownDocuments ?? {}, built.documents]);
  const surface = openSurface(exposure, [options.host, ...(options.hosts ?? [])]);
  const isReticent = surface.isProduction;
  const isFederated = exposure.subgraph === true;
  const gateway = openGateway(parts, live, { limits, surface, isReticent, isFederated, known });
  const draining = new Draining();
  const connections = new Connections(limits);
  const { logger } = parts;
  const mayKnowParts = surface.isProduction ? askedByOperator({ ...parts, ...surface.proxies }) : () => true;
  const listener = requestListener({
    parts,
    graphql: gateway.http,
    pages: openPages(built, {
      names: pages,
      shopPayments: exposure.shopPayments ?? { kind: 'Simulated' },
    }),
    draining,
    surface,
    mayKnowParts,
    maxBodyBytes: limits.bodyBytes,
  });
  const { connectionsPerAddress } = limits;
  const node = await openNodeServer(exposure.tls, { listener, connections, logger, connectionsPerAddress });
  const { server, scheme } = node;
  const sockets = serveWebSockets(server, gateway, { ...parts, limits, surface, connections });
  const address = await listen(server, options, { setting: PORT_SETTING, logger });
  return {
    url: `${scheme}://${address}`,
    openSubscriptions: () => live.size,
    openConnections: () => connections.size,
    [Symbol.asyncDispose]: () => stop({ node, live, sockets, gateway, draining, connections }),
  };
};
