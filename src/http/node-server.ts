import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https';
import type { Socket } from 'node:net';
import { guarded, ignored, type Logger, type TlsFiles } from '../platform/index.ts';
import type { Connections } from './connections.ts';
import { FULL_HEADERS, fullOf } from './full.ts';
import { type Refusal, refuseUpgrade } from './refusal.ts';
import { readCertificate, watchCertificate } from './tls-files.ts';

const TIMEOUTS = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 65_000,
  // Node looks every 30 s otherwise: a body that stands still would be answered after a minute.
  connectionsCheckingInterval: 1_000,
} as const;

const HANDSHAKE_MS = 10_000;

const NO_TUNNEL: Refusal = {
  status: 405,
  code: 'BAD_REQUEST',
  message: 'This is no proxy: ask for a path of its own.',
};

const crowded = (limit: number): Refusal => ({
  status: 503,
  code: 'UNAVAILABLE',
  message: fullOf('connections of one address', limit),
  headers: FULL_HEADERS,
});

/** A server of Node's that does not listen yet. Disposal lets go of what it holds beside it. */
export interface NodeServer extends Disposable {
  readonly server: Server;
  readonly scheme: 'http' | 'https';
}

interface Opening {
  readonly listener: RequestListener;
  readonly connections: Connections;
  readonly logger: Logger;
  readonly connectionsPerAddress: number;
}

/** For good, also when Node lets go of a connection: after CONNECT, or an upgrade. A client that resets it fails the socket. */
const admitTo = (server: Server, event: string, { connections, connectionsPerAddress }: Opening): void => {
  const admit = (socket: Socket): void => {
    socket.on('error', ignored);
    if (!connections.admit(socket)) refuseUpgrade(socket, crowded(connectionsPerAddress));
  };
  server.on(event, guarded(admit, ignored));
  server.on(
    'connect',
    guarded((_request, socket) => refuseUpgrade(socket, NO_TUNNEL), ignored),
  );
};

/** Nothing that comes in on a connection that was refused: Node reads it all the same, and its answer would go nowhere. */
const exceptRefused =
  ({ listener, connections }: Opening): RequestListener =>
  (request, response) => {
    if (!connections.hasRefused(request.socket)) listener(request, response);
  };

const openTls = async (tls: TlsFiles, opening: Opening): Promise<NodeServer> => {
  const certificate = await readCertificate(tls);
  const options = { ...TIMEOUTS, ...certificate, handshakeTimeout: HANDSHAKE_MS };
  const server: TlsServer = createTlsServer(options, exceptRefused(opening));
  // Those who do not finish their handshake, or speak no TLS: nothing of ours is wrong.
  server.on('tlsClientError', ignored);
  const watch = watchCertificate(tls, { logger: opening.logger, renew: (renewed) => server.setSecureContext(renewed) });
  admitTo(server, 'secureConnection', opening);
  return { server, scheme: 'https', [Symbol.dispose]: () => watch[Symbol.dispose]() };
};

/** Speaks HTTPS where there is a certificate, and plain HTTP else. @throws {ListenError} for a certificate that is none */
export const openNodeServer = async (tls: TlsFiles | undefined, opening: Opening): Promise<NodeServer> => {
  if (tls !== undefined) return openTls(tls, opening);
  const server = createServer(TIMEOUTS, exceptRefused(opening));
  admitTo(server, 'connection', opening);
  return { server, scheme: 'http', [Symbol.dispose]: () => undefined };
};
