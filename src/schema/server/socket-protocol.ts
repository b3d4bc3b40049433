import { type ExecutionArgs, type ExecutionResult, execute, GraphQLError, getOperationAST, subscribe } from 'graphql';
import { makeServer, type Server, type SubscribePayload } from 'graphql-ws';
import type { Rates } from '../../access/index.ts';
import { type Connections, targetOf } from '../../http/index.ts';
import type { Limits, Logger } from '../../platform/index.ts';
import { unauthenticated } from '../failures.ts';
import { type MaskError, maskError } from '../mask-error.ts';
import { readFromCopy } from '../read-from-copy.ts';
import { forClient } from './client-stream.ts';
import { beginOperation, outcomeOf } from './count-operations.ts';
import type { Entrance } from './entrance.ts';
import { type Gateway, graphAt } from './gateway.ts';
import type { Extra } from './open-socket.ts';
import { rateLimited } from './rate-limited.ts';
import { acceptsInit, TRY_AGAIN_LATER } from './socket-admission.ts';
import type { Surface } from './surface.ts';
import { tracedOverSocket } from './trace-operation.ts';
import { unmarked } from './unmarked.ts';

interface Connection {
  readonly extra: Extra;
  readonly connectionParams?: Readonly<Record<string, unknown>> | undefined;
  /** What is under way, by the client's ids. */
  readonly subscriptions: object;
}

type Result = ExecutionResult | AsyncIterable<ExecutionResult>;

export interface Serving extends Entrance {
  readonly logger: Logger;
  readonly limits: Limits;
  readonly surface: Surface;
  readonly connections: Connections;
  readonly rates: Rates;
}

/** As Yoga says it of a request over HTTP; graphql-ws would say it without a code. */
const unresolved = (): GraphQLError =>
  new GraphQLError('Could not determine what operation to execute.', {
    extensions: { code: 'OPERATION_RESOLUTION_FAILURE' },
  });

type Prepared = ExecutionArgs | readonly GraphQLError[];

const prepare = (gateway: Gateway, { extra }: Connection, payload: SubscribePayload): Prepared => {
  const { opening, request } = extra;
  const { documents, guard } = graphAt(gateway.graphs, targetOf(request)?.path);
  const document = documents.parse(documents.textOf(payload) as string);
  if (!getOperationAST(document, payload.operationName)) return [unresolved()];
  const errors = documents.validate(document);
  if (errors.length > 0) return errors;
  const { operationName = null, variables = null } = payload;
  const { admission } = opening;
  const { viewer } = admission;
  const refusal = guard({ document, operationName, variables, viewer, request, connection: request.socket });
  if (refusal !== null) return [refusal];
  const contextValue = gateway.contextFor(admission, { traceparent: request.headers['traceparent'] });
  readFromCopy(contextValue, { document, operationName, variableValues: variables });
  const { schema, isReticent: hideSuggestions } = documents;
  return { schema, document, contextValue, operationName, variableValues: variables, hideSuggestions };
};

/** What to run, or why nothing runs. An error that was thrown here would close the socket with all of its subscriptions. */
const prepared = (mask: MaskError, ...request: Parameters<typeof prepare>): Prepared => {
  try {
    return prepare(...request);
  } catch (error) {
    return [error instanceof GraphQLError ? error : mask(error)];
  }
};

/** What an operation gives, or its errors: thrown, they would close the socket, too. */
const resultOf = async (run: () => Promise<Result> | Result, mask: MaskError): Promise<Result> => {
  try {
    return forClient(await run(), mask);
  } catch (error) {
    return { errors: [mask(error)] };
  }
};

type Run = (args: ExecutionArgs) => Promise<Result>;

const counted = async (gateway: Gateway, args: ExecutionArgs, run: Run): Promise<Result> => {
  const { documents } = gateway.graphs.find((graph) => graph.documents.schema === args.schema) ?? gateway.graphs[0];
  const ended = beginOperation(documents.labelOf, args, performance.now());
  const result = await tracedOverSocket(documents.labelOf, args, run);
  ended(outcomeOf(result));
  return result;
};

/** Whoever was let in and would not be any more is told so of each operation. */
const lapse = ({ admitted }: Gateway, { extra }: Connection): readonly GraphQLError[] =>
  admitted.isOver(extra.opening.admission)
    ? [unauthenticated('The token of this WebSocket holds no more: get a new one.')]
    : [];

/** Counted once it is known whose it is, however idle it stays. */
const hasRoomFor = ({ perViewer }: Gateway, { opening, request, close }: Extra): boolean => {
  const limit = perViewer.excess(opening.admission.viewer, request.socket);
  if (limit !== null) close(TRY_AGAIN_LATER, `TOO_MANY_CONNECTIONS: you have ${limit} open, and may have no more`);
  return limit === null;
};

/** Its errors keep the socket: whoever has too much under way may end something. */
const excessOf = ({ subscriptions }: Connection, limit: number): readonly GraphQLError[] => {
  if (Object.keys(subscriptions).length <= limit) return [];
  const message = `No more than ${limit} operations at the same time on one WebSocket: end some, or open another one.`;
  return [new GraphQLError(message, { extensions: { code: 'TOO_MANY_OPERATIONS' } })];
};

const hasteOf = ({ extra: { request } }: Connection, { rates, surface }: Serving): readonly GraphQLError[] => {
  const seconds = rates.arrive(surface.proxies.addressOf(request));
  return seconds === 0 ? [] : [rateLimited(seconds)];
};

/** graphql-transport-ws, with documents read and errors told as over HTTP. */
export const protocolFor = (gateway: Gateway, serving: Serving): Server<Extra> => {
  const { logger, limits } = serving;
  const masked = maskError(logger);
  const mask: MaskError = (error) => unmarked(masked(error));
  return makeServer<Record<string, unknown>, Extra>({
    connectionInitWaitTimeout: limits.initSeconds * 1_000,
    onConnect: async ({ extra, connectionParams }) =>
      (await acceptsInit(serving, extra, connectionParams)) && hasRoomFor(gateway, extra),
    onSubscribe: (connection, _id, payload) => {
      const excess = [...excessOf(connection, limits.operationsPerSocket), ...hasteOf(connection, serving)];
      const refused = [...excess, ...lapse(gateway, connection)];
      return refused.length > 0 ? refused : prepared(mask, gateway, connection, payload);
    },
    onError: (...[, , , errors]) => errors.map((error) => unmarked(error).toJSON()),
    execute: (given) => counted(gateway, given, (args) => resultOf(() => execute(args), mask)),
    subscribe: (given) => counted(gateway, given, (args) => resultOf(() => subscribe(args), mask)),
  });
};
