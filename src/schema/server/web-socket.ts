import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import {
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  subscribe,
} from 'graphql';
import { handleProtocols, makeServer, type SubscribePayload } from 'graphql-ws';
import { WebSocketServer } from 'ws';
import { guarded, ignored, type Logger, sleep } from '../../platform/index.ts';
import type { GatewayContext } from '../context.ts';
import { type MaskError, maskError } from '../mask-error.ts';
import { forClient } from './client-stream.ts';
import type { ConnectionLimits } from './connection-limits.ts';
import type { Gateway, Handshake } from './gateway.ts';
import { type Extra, openSocket } from './open-socket.ts';
import { refuseUpgrade } from './refusal.ts';
import { refusalOf } from './refuse-upgrade.ts';
import { CUSTOMER_HEADER, viewerOf } from './viewer-of.ts';

const MAX_MESSAGE_BYTES = 65_536;
const INIT_TIMEOUT_MS = 3_000;
const CLOSE_TIMEOUT_MS = 1_000;

interface Connection {
  readonly extra: Extra;
  readonly connectionParams?: Readonly<Record<string, unknown>> | undefined;
  /** What is under way, by the client's ids. */
  readonly subscriptions: object;
}

type Result = ExecutionResult | AsyncIterable<ExecutionResult>;

/** Yoga's way of running an operation. It travels in `rootValue`, which the schema does not use. */
interface Engine {
  readonly schema: GraphQLSchema;
  readonly parse: (document: string) => DocumentNode;
  readonly validate: (schema: GraphQLSchema, document: DocumentNode) => readonly GraphQLError[];
  readonly contextFactory: () => Promise<GatewayContext> | GatewayContext;
  readonly execute: (args: ExecutionArgs) => Promise<Result> | Result;
}

/** The header comes from the shop's edge, so it counts more than what the client says of itself. */
const handshakeOf = ({ extra: { request }, connectionParams }: Connection): Handshake => ({
  customerId: request.headers[CUSTOMER_HEADER] ?? connectionParams?.['customerId'],
  traceparent: request.headers['traceparent']?.toString() ?? null,
});

const engineOf = (args: ExecutionArgs): Engine => args.rootValue as Engine;

/** As Yoga says it of a request over HTTP; graphql-ws would say it without a code. */
const unresolved = (): GraphQLError =>
  new GraphQLError('Could not determine what operation to execute.', {
    extensions: { code: 'OPERATION_RESOLUTION_FAILURE' },
  });

const prepare = async (
  gateway: Gateway,
  connection: Connection,
  payload: SubscribePayload,
): Promise<ExecutionArgs | readonly GraphQLError[]> => {
  const initial = { handshake: handshakeOf(connection), params: payload };
  const engine: Engine = gateway.getEnveloped(initial);
  const { schema } = engine;
  const document = engine.parse(payload.query);
  if (!getOperationAST(document, payload.operationName)) return [unresolved()];
  const errors = engine.validate(schema, document);
  if (errors.length > 0) return errors;
  const contextValue = await engine.contextFactory();
  const { operationName = null, variables = null } = payload;
  return { schema, document, contextValue, operationName, variableValues: variables, rootValue: engine };
};

/** Yoga's own marks stay inside. */
const unmarked = (error: GraphQLError): GraphQLError => {
  const { http: _http, spec: _spec, ...extensions } = error.extensions;
  const { message, nodes = null, source = null, positions = null, path = null } = error;
  return new GraphQLError(message, { nodes, source, positions, path, extensions });
};

/** What to run, or why nothing runs. An error that was thrown here would close the socket with all of its subscriptions. */
const prepared = async (mask: MaskError, ...request: Parameters<typeof prepare>) => {
  try {
    return await prepare(...request);
  } catch (error) {
    return [unmarked(error instanceof GraphQLError ? error : mask(error))];
  }
};

/** What an operation gives, or its errors: thrown, they would close the socket, too. */
const resultOf = async (run: () => Promise<Result> | Result, mask: MaskError): Promise<Result> => {
  try {
    return await run();
  } catch (error) {
    return { errors: [mask(error)] };
  }
};

const accepts = (connection: Connection): boolean => {
  try {
    viewerOf(handshakeOf(connection).customerId);
    return true;
  } catch {
    return false;
  }
};

/** Its errors keep the socket: whoever has too much under way may end something. */
const excessOf = ({ subscriptions }: Connection, limit: number): readonly GraphQLError[] => {
  if (Object.keys(subscriptions).length <= limit) return [];
  const message = `No more than ${limit} operations at the same time on one WebSocket: end some, or open another one.`;
  return [new GraphQLError(message, { extensions: { code: 'TOO_MANY_OPERATIONS' } })];
};

interface Serving {
  readonly logger: Logger;
  readonly limits: ConnectionLimits;
}

const protocolFor = (gateway: Gateway, { logger, limits }: Serving) => {
  const mask = maskError(logger);
  return makeServer<Record<string, unknown>, Extra>({
    connectionInitWaitTimeout: INIT_TIMEOUT_MS,
    onConnect: accepts,
    onSubscribe: (connection, _id, payload) => {
      const excess = excessOf(connection, limits.operationsPerSocket);
      return excess.length > 0 ? excess : prepared(mask, gateway, connection, payload);
    },
    execute: (args) => resultOf(() => engineOf(args).execute(args), mask),
    // Past Yoga, whose hooks have done their part: they would cost each subscriber of each event a fifth of its delivery.
    subscribe: (args) => resultOf(async () => forClient(await subscribe(args), mask), mask),
  });
};

/** Closes every socket with 1001; one that does not hear of it, because it does not read, is cut off. */
const closeAll = async (sockets: WebSocketServer): Promise<void> => {
  const given = new AbortController();
  const closed = new Promise<void>((resolve) => sockets.close(() => resolve()));
  for (const client of sockets.clients) client.close(1001, 'Going away');
  await Promise.race([closed, sleep(CLOSE_TIMEOUT_MS, given.signal)]);
  given.abort();
  for (const client of sockets.clients) client.terminate();
};

/** Serves graphql-transport-ws on the HTTP server's /graphql; disposal closes every socket with 1001. */
export const serveWebSockets = (server: Server, gateway: Gateway, serving: Serving): AsyncDisposable => {
  const { logger, limits } = serving;
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES, handleProtocols });
  const protocol = protocolFor(gateway, serving);
  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    socket.on(
      'error',
      guarded(() => socket.destroy(), ignored),
    );
    const fail = (error: unknown): void => {
      logger.error({ error }, 'An upgrade met a defect');
      socket.destroy();
    };
    guarded(() => {
      const refusal = refusalOf(request, sockets.clients.size, limits.sockets);
      if (refusal !== null) return refuseUpgrade(socket, refusal);
      sockets.handleUpgrade(request, socket, head, (client) => openSocket(protocol, { client, request, logger }));
    }, fail)();
  };
  server.on('upgrade', guarded(upgrade, ignored));
  return { [Symbol.asyncDispose]: () => closeAll(sockets) };
};
