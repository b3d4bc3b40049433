import type { IncomingMessage } from 'node:http';
import { type DocumentNode, GraphQLError, type GraphQLSchema, getOperationAST } from 'graphql';
import type { Rates, Viewer } from '../../access/index.ts';
import type { Closing, Proxies } from '../../http/index.ts';
import type { Limits } from '../../platform/index.ts';
import { FULL_HEADERS } from './connection-limits.ts';
import type { RefusalOf } from './introspection.ts';
import { weigher } from './operation-weight.ts';
import { rateLimited } from './rate-limited.ts';
import { variablesExcess } from './variables-excess.ts';
import type { ViewerConnections } from './viewer-connections.ts';

/** An operation of a valid document, about to run. */
export interface Running {
  readonly document: DocumentNode;
  readonly operationName: string | null | undefined;
  readonly variables: unknown;
  readonly viewer: Viewer;
  readonly request: IncomingMessage;
  /** The WebSocket or event stream that it keeps open; null for a request that is answered at once. */
  readonly connection: Closing | null;
}

/** Why an operation may not run; null when it may, and is counted. */
export type Guard = (running: Running) => GraphQLError | null;

interface GuardParts {
  readonly schema: GraphQLSchema;
  readonly rates: Rates;
  readonly limits: Limits;
  readonly addressOf: Proxies['addressOf'];
  readonly refusalOf: RefusalOf;
  readonly connections: ViewerConnections;
}

const crowded = (limit: number): GraphQLError =>
  new GraphQLError(
    `You have ${limit} WebSockets and event streams open, and may have no more: close some, or use them for more.`,
    { extensions: { code: 'TOO_MANY_CONNECTIONS', http: { status: 503, headers: FULL_HEADERS } } },
  );

/** What every lane asks before it runs an operation: all that depends on who asks, how often, and with which variables. */
export const operationGuard = (parts: GuardParts): Guard => {
  const { schema, rates, limits, addressOf, refusalOf, connections } = parts;
  const weightOf = weigher({ schema, pageSize: limits.pageSize });
  // What a request over HTTP began in one lane and another one finishes is one operation.
  const counted = new WeakSet<IncomingMessage>();

  const crowdOf = ({ viewer, connection }: Running): GraphQLError | null => {
    const excess = connection === null ? null : connections.excess(viewer, connection);
    return excess === null ? null : crowded(excess);
  };

  const haste = ({ document, operationName, viewer, request }: Running): GraphQLError | null => {
    const operation = getOperationAST(document, operationName);
    if (!operation) return null;
    const seconds = rates.run({ viewer, address: addressOf(request) }, weightOf(document, operation));
    return seconds === 0 ? null : rateLimited(seconds);
  };

  const count = (running: Running): GraphQLError | null => {
    const { request, variables, connection } = running;
    const excess = variablesExcess(variables, limits) ?? crowdOf(running);
    if (excess !== null || counted.has(request)) return excess;
    if (connection !== request.socket) counted.add(request);
    return haste(running);
  };

  return (running) => count(running) ?? refusalOf(running.document, running.viewer);
};
