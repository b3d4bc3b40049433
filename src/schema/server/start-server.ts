import type { Server } from 'node:http';
import {
  DEFAULT_LIMITS,
  deadlineIn,
  type Exposure,
  guarded,
  ignored,
  type Limits,
  sleep,
} from '../../platform/index.ts';
import { createLiveStreams, type LiveStreams } from '../subscriptions/live-streams.ts';
import { askedByOperator } from './asked-by-operator.ts';
import type { KnownDocuments } from './asked-text.ts';
import { Connections } from './connections.ts';
import { Draining } from './draining.ts';
import { type Gateway, openGateway } from './gateway.ts';
import { type Address, listen } from './listen.ts';
import { type Manifest, readManifest } from './manifest.ts';
import { type NodeServer, openNodeServer } from './node-server.ts';
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

const STOP_TIMEOUT_MS = 3_000;
/** For clients that keep connections to hear, with their next answer, that it is the last one. */
const GOODBYE_MS = 300;
const GOODBYE_STEPS = 6;
const IDLE_POLL_MS = 100;

interface Open {
  readonly node: NodeServer;
  readonly live: LiveStreams;
  readonly sockets: AsyncDisposable;
  readonly gateway: Gateway;
  readonly draining: Draining;
  readonly connections: Connections;
}

const listeningEnds = async (server: Server, signal: AbortSignal): Promise<void> => {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const isClosed = closed.then(() => true);
  // A connection whose answer was on its way already has not heard that it is the last one.
  while (!signal.aborted && !(await Promise.race([isClosed, sleep(IDLE_POLL_MS, signal).then(() => false)])))
    server.closeIdleConnections();
};

/** By steps, each of them a turn to answer in: a process that was not run for so long has had time, and answered nobody. */
const sayGoodbye = async (signal: AbortSignal): Promise<void> => {
  for (let step = 0; step < GOODBYE_STEPS; step += 1) await sleep(GOODBYE_MS / GOODBYE_STEPS, signal);
};

/**
 * Breaks subscriptions off, lets requests finish, at last closes what is left when the time is up. A subscription that was
 * told "complete" would take its order's story for finished; one that is broken off is taken up again elsewhere.
 */
const stop = async ({ node, live, sockets, gateway, draining, connections }: Open): Promise<void> => {
  const over = new AbortController();
  const timeIsUp = sleep(STOP_TIMEOUT_MS, over.signal).then(() => over.abort());
  draining.begin();
  gateway.eventStreams.breakOff();
  const goodbye = sayGoodbye(over.signal);
  await Promise.race([sockets[Symbol.asyncDispose](), timeIsUp]);
  await Promise.race([live.completeAll(), timeIsUp]);
  await goodbye;
  await Promise.race([listeningEnds(node.server, over.signal), timeIsUp]);
  over.abort();
  node.server.closeAllConnections();
  node[Symbol.dispose]();
  connections[Symbol.dispose]();
  gateway.admitted[Symbol.dispose]();
};

const knownDocuments = async (
  { documents, documentsManifest }: Partial<Exposure>,
  ownDocuments: Manifest = {},
): Promise<KnownDocuments> => ({
  manifests: [ownDocuments, documentsManifest === undefined ? {} : await readManifest(documentsManifest)],
  isClosed: documents === 'trusted',
});

/** Serves GraphQL at /graphql by HTTP, server-sent events and WebSocket, GraphiQL for browsers, and probes. @throws {ListenError} */
export const startServer = async (parts: ServerParts, options: ListenOptions): Promise<GatewayServer> => {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const live = createLiveStreams(parts.read.changes, () => deadlineIn(limits.operationMs));
  const exposure = { ...OWN_PAGES_ONLY, ...options.exposure };
  const known = await knownDocuments(exposure, options.ownDocuments);
  const surface = openSurface(exposure, [options.host, ...(options.hosts ?? [])]);
  const gateway = openGateway(parts, live, { limits, surface, isReticent: surface.isProduction, known });
  const draining = new Draining();
  const connections = new Connections(limits);
  const { logger } = parts;
  const mayKnowParts = surface.isProduction ? askedByOperator({ ...parts, ...surface.proxies }) : () => true;
  const listener = requestListener({
    parts,
    graphql: gateway.http,
    draining,
    surface,
    mayKnowParts,
    maxBodyBytes: limits.bodyBytes,
  });
  const { connectionsPerAddress } = limits;
  const node = await openNodeServer(exposure.tls, { listener, connections, logger, connectionsPerAddress });
  const { server, scheme } = node;
  const sockets = serveWebSockets(server, gateway, { ...parts, limits, surface, connections });
  const address = await listen(server, options);
  // As when there are more connections than the process may have files.
  server.on(
    'error',
    guarded((error) => logger.error({ error }, 'The server cannot accept connections'), ignored),
  );
  return {
    url: `${scheme}://${address}`,
    openSubscriptions: () => live.size,
    openConnections: () => connections.size,
    [Symbol.asyncDispose]: () => stop({ node, live, sockets, gateway, draining, connections }),
  };
};
