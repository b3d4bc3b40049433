import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { DEFAULT_LIMITS, guarded, ignored, type Limits, sleep } from '../../platform/index.ts';
import { createLiveStreams, type LiveStreams } from '../subscriptions/live-streams.ts';
import { FULL_HEADERS, fullOf } from './connection-limits.ts';
import { Connections } from './connections.ts';
import { Draining } from './draining.ts';
import type { EventStreams } from './event-streams.ts';
import { openGateway } from './gateway.ts';
import { servedHosts } from './hosts.ts';
import { type Refusal, refuseUpgrade } from './refusal.ts';
import { requestListener } from './request-listener.ts';
import type { ServerParts } from './server-parts.ts';
import { serveWebSockets } from './web-socket.ts';

export interface ListenOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Names, beside addresses and those of this machine, that clients may use. */
  readonly hosts?: readonly string[];
  readonly limits?: Partial<Limits>;
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
const IDLE_POLL_MS = 100;

const TIMEOUTS = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 65_000,
  // Node looks every 30 s otherwise: a body that stands still would be answered after a minute.
  connectionsCheckingInterval: 1_000,
} as const;

const NO_TUNNEL: Refusal = { status: 405, code: 'BAD_REQUEST', message: 'This is no proxy: ask for /graphql.' };

const crowded = (limit: number): Refusal => ({
  status: 503,
  code: 'UNAVAILABLE',
  message: fullOf('connections of one address', limit),
  headers: FULL_HEADERS,
});

/** The address cannot be listened on; the message says what to do. */
export class ListenError extends Error {
  override readonly name = 'ListenError';
}

const reasonOf = ({ code, message }: NodeJS.ErrnoException, { host, port }: ListenOptions): string => {
  switch (code ?? '') {
    case 'EADDRINUSE':
      return `PORT=${port} is taken: stop the other program or set PORT`;
    case 'EADDRNOTAVAIL':
      return `HOST=${host} is no address of this machine: set HOST to one of its addresses, or to 0.0.0.0 for all`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `HOST=${host} is a name that leads to no address: set HOST to an address of this machine`;
    case 'EACCES':
      return `PORT=${port} may not be used by this user: set PORT to 1024 or more`;
    default:
      return `Cannot listen on ${host}:${port} (${message}): set HOST and PORT`;
  }
};

const listen = async (server: Server, { host, port }: ListenOptions): Promise<string> => {
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new ListenError(reasonOf(error as NodeJS.ErrnoException, { host, port }), { cause: error });
  }
  const { address, family, port: actualPort } = server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${actualPort}`;
};

interface Open {
  readonly server: Server;
  readonly live: LiveStreams;
  readonly sockets: AsyncDisposable;
  readonly eventStreams: EventStreams;
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

/**
 * Breaks subscriptions off, lets requests finish, at last closes what is left when the time is up. A subscription that was
 * told "complete" would take its order's story for finished; one that is broken off is taken up again elsewhere.
 */
const stop = async ({ server, live, sockets, eventStreams, draining, connections }: Open): Promise<void> => {
  const over = new AbortController();
  const timeIsUp = sleep(STOP_TIMEOUT_MS, over.signal).then(() => over.abort());
  draining.begin();
  eventStreams.breakOff();
  const goodbye = sleep(GOODBYE_MS, over.signal);
  await Promise.race([sockets[Symbol.asyncDispose](), timeIsUp]);
  await Promise.race([live.completeAll(), timeIsUp]);
  await goodbye;
  await Promise.race([listeningEnds(server, over.signal), timeIsUp]);
  over.abort();
  server.closeAllConnections();
  connections[Symbol.dispose]();
};

/** Serves GraphQL at /graphql by HTTP, server-sent events and WebSocket, GraphiQL for browsers, and /health. @throws {ListenError} */
export const startServer = async (parts: ServerParts, options: ListenOptions): Promise<GatewayServer> => {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const live = createLiveStreams(parts.read.changes);
  const isServed = servedHosts([options.host, ...(options.hosts ?? [])]);
  const gateway = openGateway(parts, live, limits);
  const draining = new Draining();
  const connections = new Connections(limits);
  const server = createServer(
    TIMEOUTS,
    requestListener({ parts, graphql: gateway.http, draining, isServed, maxBodyBytes: limits.bodyBytes }),
  );
  // For good, also when Node lets go of a connection: after CONNECT, or an upgrade. A client that resets it fails the socket.
  server.on(
    'connection',
    guarded((socket: Socket) => {
      socket.on('error', ignored);
      if (!connections.admit(socket)) refuseUpgrade(socket, crowded(limits.connectionsPerAddress));
    }, ignored),
  );
  server.on(
    'connect',
    guarded((_request, socket) => refuseUpgrade(socket, NO_TUNNEL), ignored),
  );
  const sockets = serveWebSockets(server, gateway, { logger: parts.logger, limits, isServed, connections });
  const url = await listen(server, options);
  // As when there are more connections than the process may have files.
  server.on(
    'error',
    guarded((error) => parts.logger.error({ error }, 'The server cannot accept connections'), ignored),
  );
  return {
    url,
    openSubscriptions: () => live.size,
    openConnections: () => connections.size,
    [Symbol.asyncDispose]: () =>
      stop({ server, live, sockets, eventStreams: gateway.eventStreams, draining, connections }),
  };
};
