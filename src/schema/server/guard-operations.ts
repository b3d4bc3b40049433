import type { IncomingMessage, ServerResponse } from 'node:http';
import type { DocumentNode, GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Closing } from '../../http/index.ts';
import type { GatewayContext } from '../context.ts';
import { readFromCopy } from '../read-from-copy.ts';
import type { Guard } from './operation-guard.ts';

interface Given {
  readonly document: DocumentNode;
  readonly operationName?: string | null;
  readonly variableValues?: unknown;
  readonly contextValue: unknown;
}

interface NodeContext extends GatewayContext {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
}

interface About {
  readonly args: Given;
  readonly setResultAndStopExecution: (result: { readonly errors: GraphQLError[] }) => void;
}

type ConnectionOf = (context: NodeContext) => Closing | null;

const before =
  (guard: Guard, connectionOf: ConnectionOf) =>
  (about: About): void => {
    const { document, operationName, variableValues: variables, contextValue } = about.args;
    const context = contextValue as NodeContext;
    const { viewer, req: request } = context;
    const refusal = guard({ document, operationName, variables, viewer, request, connection: connectionOf(context) });
    if (refusal !== null) return about.setResultAndStopExecution({ errors: [refusal] });
    readFromCopy(context, about.args);
  };

/** Yoga runs no operation that the guard refuses. Of Yoga's operations, those that stream are subscriptions. */
export const guardOperations = (guard: Guard): Plugin => ({
  onExecute: before(guard, () => null),
  onSubscribe: before(guard, ({ res }) => res),
});
