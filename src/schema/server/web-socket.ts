import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import {
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  GraphQLError,
  type GraphQLSchema,
  subscribe,
} from 'graphql';
import type { SubscribePayload } from 'graphql-ws';
import { type Extra, useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import type { Logger } from '../../platform/index.ts';
import type { GatewayContext } from '../context.ts';
import { maskError } from '../mask-error.ts';
import { forClient } from './client-stream.ts';
import type { ConnectionLimits } from './connection-limits.ts';
import type { Gateway, Handshake } from './gateway.ts';
import { refusalOf, refuse } from './refuse-upgrade.ts';
import { CUSTOMER_HEADER, viewerOf } from './viewer-of.ts';

const MAX_MESSAGE_BYTES = 65_536;
const INIT_TIMEOUT_MS = 3_000;

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

const prepare = async (
  gateway: Gateway,
  connection: Connection,
  payload: SubscribePayload,
): Promise<ExecutionArgs | readonly GraphQLError[]> => {
  const initial = { handshake: handshakeOf(connection), params: payload };
  const engine: Engine = gateway.getEnveloped(initial);
  const { schema } = engine;
  const document = engine.parse(payload.query);
  const errors = engine.validate(schema, document);
  if (errors.length > 0) return errors;
  const contextValue = await engine.contextFactory();
  const { operationName = null, variables = null } = payload;
  return { schema, document, contextValue, operationName, variableValues: variables, rootValue: engine };
};

/** What to run, or why nothing runs. An error that was thrown here would close the socket with all of its subscriptions. */
const prepared = async (...request: Parameters<typeof prepare>) => {
  try {
    return await prepare(...request);
  } catch (error) {
    if (error instanceof GraphQLError) return [error];
    throw error;
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

/** Serves graphql-transport-ws on the HTTP server's /graphql; disposal closes every socket with 1001. */
export const serveWebSockets = (server: Server, gateway: Gateway, { logger, limits }: Serving): AsyncDisposable => {
  const mask = maskError(logger);
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES });
  const protocol = useServer(
    {
      connectionInitWaitTimeout: INIT_TIMEOUT_MS,
      onConnect: accepts,
      onSubscribe: (connection, _id, payload) => {
        const excess = excessOf(connection, limits.operationsPerSocket);
        return excess.length > 0 ? excess : prepared(gateway, connection, payload);
      },
      execute: (args) => engineOf(args).execute(args),
      // Past Yoga, whose hooks have done their part: they would cost each subscriber of each event a fifth of its delivery.
      subscribe: async (args) => forClient(await subscribe(args), mask),
    },
    sockets,
  );
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    const refusal = refusalOf(request, sockets.clients.size, limits.sockets);
    if (refusal !== null) return refuse(socket, refusal);
    sockets.handleUpgrade(request, socket, head, (client) => {
      sockets.emit('connection', client, request);
      // graphql-ws would write to the console whatever a client does wrong; ws closes the socket by itself.
      client.removeAllListeners('error').on('error', (error) => logger.debug({ error }, 'A WebSocket failed'));
    });
  });
  return { [Symbol.asyncDispose]: async () => protocol.dispose() };
};
