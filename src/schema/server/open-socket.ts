import type { IncomingMessage } from 'node:http';
import { CloseCode, type Server as Protocol } from 'graphql-ws';
import type { WebSocket } from 'ws';
import type { Admission, Rates } from '../../access/index.ts';
import { traceparentOf } from '../../http/index.ts';
import { type Exchange, guarded, ignored, type Limits, type Logger, traceIdIn } from '../../platform/index.ts';
import { logDefect } from '../mask-error.ts';
import type { Admitted } from './admitted.ts';
import type { Entrance } from './entrance.ts';
import { frameRate } from './frame-rate.ts';
import { protocolSocket } from './protocol-socket.ts';
import { type Admissible, pongTo, TRY_AGAIN_LATER } from './socket-admission.ts';
import type { Surface } from './surface.ts';

/** RFC 6455. */
const POLICY_VIOLATION = 1008;

const KEEP_ALIVE_MS = 12_000;

/** What graphql-ws tells of a connection. */
export interface Extra extends Admissible {
  readonly request: IncomingMessage;
}

interface Serving extends Entrance {
  readonly logger: Logger;
  readonly limits: Limits;
  readonly rates: Rates;
  readonly surface: Surface;
}

interface Opened {
  readonly client: WebSocket;
  readonly request: IncomingMessage;
  /** Of the upgrade, until the client says who it is otherwise. */
  readonly admission: Admission;
  readonly admitted: Admitted;
  readonly serving: Serving;
}

/** Long enough for a client that reads slowly to come to the code. */
const PARTING_MS = 5_000;

const part = (client: WebSocket, code: number, reason: string): void => {
  if (client.readyState !== client.OPEN) return;
  client.close(code, reason);
  setTimeout(
    guarded(() => client.terminate(), ignored),
    PARTING_MS,
  ).unref();
};

/** Ends a socket that does not read. It may come back, and resume after the last cursor that it saw. */
export const cutOff = (client: WebSocket): void => part(client, TRY_AGAIN_LATER, 'Reads too slowly');

/** Ends a socket that sends more than may be sent. */
const guardRate = (client: WebSocket, limits: Limits): void => {
  const isWithin = frameRate(limits);
  const count = guarded((data: Buffer) => {
    if (!isWithin(data.length)) part(client, POLICY_VIOLATION, 'Too many frames');
  }, ignored);
  for (const event of ['message', 'ping', 'pong']) client.on(event, count);
};

/** Ends a socket that leaves a ping unanswered until the next one is due. */
const keepAlive = (client: WebSocket): Disposable => {
  let isAnswered = true;
  const ping = guarded(() => {
    if (!isAnswered) return client.terminate();
    isAnswered = false;
    if (client.readyState === client.OPEN) client.ping();
  }, ignored);
  const timer = setInterval(ping, KEEP_ALIVE_MS);
  client.on(
    'pong',
    guarded(() => {
      isAnswered = true;
    }, ignored),
  );
  return { [Symbol.dispose]: () => clearInterval(timer) };
};

/** A message that only servers send is well formed, so that graphql-ws throws where it closes with 4400 otherwise. */
const isOfServers = (error: unknown): boolean =>
  error instanceof Error && error.message.startsWith('Unexpected message of type');

/**
 * Speaks graphql-transport-ws on a socket. In place of the adapter of graphql-ws, which writes to the console whatever a
 * client does wrong, and throws where nobody catches. A socket that fails is that client's alone.
 */
export const openSocket = (protocol: Protocol<Extra>, opened: Opened): void => {
  const { client, request, admission, admitted, serving } = opened;
  const { logger, limits, rates, surface } = serving;
  const exchange: Exchange = { kind: 'WebSocket', breakOff: () => client.terminate() };
  const facts = { traceId: traceIdIn(traceparentOf(request.headers['traceparent'])) };
  const fail = (error: unknown): void => {
    if (isOfServers(error)) return client.close(CloseCode.BadRequest, 'Invalid message received');
    const correlationId = logDefect(logger, error, 'message of a WebSocket');
    client.close(CloseCode.InternalServerError, `Internal server error, correlation id ${correlationId}`);
  };
  // Registered before anything is sent: what a client does wrong, ws tells here, and closes the socket by itself.
  client.on(
    'error',
    guarded((error) => logger.debug({ error }, 'A WebSocket failed'), ignored),
  );
  guardRate(client, limits);
  const alive = keepAlive(client);
  const opening = admitted.open(admission, () => part(client, CloseCode.Forbidden, 'Forbidden'));
  const mayAsk = (): boolean => rates.arrive(surface.proxies.addressOf(request)) === 0;
  const extra: Extra = { request, opening, mayAsk, close: (code, reason) => client.close(code, reason) };
  const closed = protocol.opened(
    protocolSocket(client, {
      socket: request.socket,
      exchange,
      facts,
      fail,
      pong: (said) => pongTo(serving, extra, said),
    }),
    extra,
  );
  const end = guarded((code: number, reason: Buffer) => {
    alive[Symbol.dispose]();
    opening[Symbol.dispose]();
    return closed(code, reason.toString());
  }, fail);
  client.once('close', end);
};
