import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sleep } from '../../platform/index.ts';
import { createLiveStreams, type LiveStreams } from '../subscriptions/live-streams.ts';
import { type ConnectionLimits, UNLIMITED } from './connection-limits.ts';
import { EventStreams } from './event-streams.ts';
import { createGateways, type HttpLane } from './gateway.ts';
import { answerHealth } from './health.ts';
import { logRequests } from './log-requests.ts';
import type { ServerParts } from './server-parts.ts';
import { serveWebSockets } from './web-socket.ts';

export interface ListenOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly limits?: ConnectionLimits;
  /** `yoga` leaves nothing to the thin lane: for comparison. */
  readonly httpLane?: HttpLane;
}

/** A server that listens. Disposal breaks subscriptions off, lets requests finish, and takes 5 s at most. */
export interface GatewayServer extends AsyncDisposable {
  /** Where it listens, without a path: `http://127.0.0.1:4000`. */
  readonly url: string;
  /** Number of subscriptions that are open. */
  readonly openSubscriptions: () => number;
}

const STOP_TIMEOUT_MS = 5_000;
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 30_000;
const KEEP_ALIVE_MS = 65_000;

/** The address cannot be listened on; the message says what to do. */
export class ListenError extends Error {
  override readonly name = 'ListenError';
}

const requestListener = (
  graphql: RequestListener,
  { logger, ready }: ServerParts,
  eventStreams: EventStreams,
): RequestListener => {
  const log = logRequests(logger);
  return (request: IncomingMessage, response: ServerResponse): void => {
    log(request, response);
    if (!eventStreams.admit(request, response)) return;
    if (request.url?.startsWith('/health/')) void answerHealth(request, response, ready);
    else if (request.url === '/') response.writeHead(302, { location: '/graphql' }).end();
    else graphql(request, response);
  };
};

const listen = async (server: Server, { host, port }: ListenOptions): Promise<string> => {
  const failed = (error: NodeJS.ErrnoException): ListenError => {
    const isTaken = error.code === 'EADDRINUSE';
    const message = isTaken
      ? `PORT=${port} is taken: stop the other program or set PORT`
      : `Cannot listen on ${host}:${port}`;
    return new ListenError(message, { cause: error });
  };
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw failed(error as NodeJS.ErrnoException);
  }
  const { address, family, port: actualPort } = server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${actualPort}`;
};

interface Open {
  readonly server: Server;
  readonly live: LiveStreams;
  readonly sockets: AsyncDisposable;
  readonly eventStreams: EventStreams;
}

/**
 * Breaks subscriptions off, lets requests finish, at last closes what is left when the time is up. A subscription that was
 * told "complete" would take its order's story for finished; one that is broken off is taken up again elsewhere.
 */
const stop = async ({ server, live, sockets, eventStreams }: Open): Promise<void> => {
  const given = new AbortController();
  const timeIsUp = sleep(STOP_TIMEOUT_MS, given.signal);
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  eventStreams.breakOff();
  await Promise.race([sockets[Symbol.asyncDispose](), timeIsUp]);
  await Promise.race([live.completeAll(), timeIsUp]);
  server.closeIdleConnections();
  await Promise.race([closed, timeIsUp]);
  given.abort();
  server.closeAllConnections();
};

/** Serves GraphQL at /graphql by HTTP, server-sent events and WebSocket, GraphiQL for browsers, and /health. @throws {ListenError} */
export const startServer = async (parts: ServerParts, options: ListenOptions): Promise<GatewayServer> => {
  const { limits = UNLIMITED } = options;
  const live = createLiveStreams(parts.read.changes);
  const { http, yoga } = createGateways(parts, live, options.httpLane ?? 'thin');
  const eventStreams = new EventStreams(limits.eventStreams);
  const server = createServer(requestListener(http, parts, eventStreams));
  server.headersTimeout = HEADERS_TIMEOUT_MS;
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  const sockets = serveWebSockets(server, yoga, { logger: parts.logger, limits });
  const url = await listen(server, options);
  return {
    url,
    openSubscriptions: () => live.size,
    [Symbol.asyncDispose]: () => stop({ server, live, sockets, eventStreams }),
  };
};
