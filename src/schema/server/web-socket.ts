import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { handleProtocols } from 'graphql-ws';
import { WebSocketServer } from 'ws';
import { type Admission, refusalAtGate } from '../../access/index.ts';
import { guarded, ignored, sleep } from '../../platform/index.ts';
import { logDefect } from '../mask-error.ts';
import { admit } from './admitting.ts';
import { FULL_HEADERS, fullOf, OF_ONE_ADDRESS } from './connection-limits.ts';
import type { Entrance } from './entrance.ts';
import type { Gateway } from './gateway.ts';
import { cutOff, openSocket } from './open-socket.ts';
import { defectRefusal, type Refusal, refuseUpgrade } from './refusal.ts';
import { refusalOf } from './refuse-upgrade.ts';
import { protocolFor, type Serving } from './socket-protocol.ts';

const CLOSE_TIMEOUT_MS = 1_000;

/** Closes every socket with 1001; one that does not hear of it, because it does not read, is cut off. */
const closeAll = async (sockets: WebSocketServer): Promise<void> => {
  const given = new AbortController();
  const closed = new Promise<void>((resolve) => sockets.close(() => resolve()));
  for (const client of sockets.clients) client.close(1001, 'Going away');
  await Promise.race([closed, sleep(CLOSE_TIMEOUT_MS, given.signal)]);
  given.abort();
  for (const client of sockets.clients) client.terminate();
};

const admitted = async (entrance: Entrance, request: IncomingMessage): Promise<Admission | Refusal> => {
  try {
    return await admit(entrance, request);
  } catch (error) {
    return refusalAtGate(error);
  }
};

const crowd = ({ perAddress }: Gateway): Refusal => ({
  status: 503,
  code: 'UNAVAILABLE',
  message: fullOf(OF_ONE_ADDRESS, perAddress.limit),
  headers: FULL_HEADERS,
});

/** Serves graphql-transport-ws at the paths of the gateway's graphs; disposal closes every socket with 1001. */
export const serveWebSockets = (server: Server, gateway: Gateway, serving: Serving): AsyncDisposable => {
  const { logger, limits, surface, connections, rates } = serving;
  const sockets = new WebSocketServer({ noServer: true, maxPayload: limits.messageBytes, handleProtocols });
  const paths = gateway.graphs.map(({ path }) => path);
  const protocol = protocolFor(gateway, serving);
  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    socket.on(
      'error',
      guarded(() => socket.destroy(), ignored),
    );
    const fail = (error: unknown): void => {
      refuseUpgrade(socket, defectRefusal(logDefect(logger, error, 'upgrade')));
    };
    guarded(async () => {
      const refusal = refusalOf(request, { open: sockets.clients.size, limit: limits.sockets, paths, surface, rates });
      if (refusal !== null) return refuseUpgrade(socket, refusal);
      const admission = await admitted(serving, request);
      if ('status' in admission) return refuseUpgrade(socket, admission);
      if (!gateway.perAddress.admit(request, request.socket)) return refuseUpgrade(socket, crowd(gateway));
      sockets.handleUpgrade(request, socket, head, (client) => {
        openSocket(protocol, { client, request, admission, admitted: gateway.admitted, serving });
        connections.cutBy(request.socket, () => cutOff(client));
      });
    }, fail)();
  };
  server.on('upgrade', guarded(upgrade, ignored));
  return { [Symbol.asyncDispose]: () => closeAll(sockets) };
};
