import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { type ExecutionResult, execute } from 'graphql';
import type { GatewayContext } from '../../context.ts';
import type { MaskError } from '../../mask-error.ts';
import { bodyOf, send } from './answer.ts';
import { handOn, type Yoga } from './hand-on.ts';
import { hasPlainBody, type MediaType, mediaTypeFor } from './media-type.ts';
import { type Params, paramsOf } from './params.ts';
import { type PreparedOperation, preparedOperations, type Reader } from './prepared-operations.ts';

type Handle = (request: IncomingMessage, response: ServerResponse, body: Buffer | null) => unknown;

interface ThinLaneParts {
  /** Answers whatever is not plain. */
  readonly yoga: Yoga;
  readonly readerFor: (params: Params) => Reader;
  /** @throws when the headers say something that is wrong. */
  readonly contextFor: (headers: IncomingHttpHeaders) => GatewayContext;
  readonly mask: MaskError;
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly mediaType: MediaType;
}

interface Job extends Params, PreparedOperation {
  readonly context: GatewayContext;
}

type Running = Promise<ExecutionResult> | ExecutionResult;

const run = ({ schema, document, context, variables, operationName }: Job): Running => {
  try {
    return execute({ schema, document, contextValue: context, variableValues: variables, operationName });
  } catch (error) {
    return Promise.reject(error instanceof Error ? error : new Error('An operation was not run', { cause: error }));
  }
};

const contextOrNull = (make: ThinLaneParts['contextFor'], headers: IncomingHttpHeaders): GatewayContext | null => {
  try {
    return make(headers);
  } catch {
    return null;
  }
};

/** Whether something was run: else variables did not fit their types. */
const wasRun = (running: Running): boolean => running instanceof Promise || 'data' in running;

/**
 * The short way of a plain request (POST, JSON, one operation that does not stream) past everything that Yoga does for
 * the others. Until a resolver runs, whatever is out of the ordinary is handed on to Yoga, which answers it: so there is
 * one set of complaints. See ADR-026.
 */
export const thinLane = ({ yoga, readerFor, contextFor, mask }: ThinLaneParts): Handle => {
  const prepare = preparedOperations(readerFor);
  const leave = handOn(yoga);

  const jobOf = ({ request: { headers } }: Exchange, body: Buffer): Job | null => {
    const params = paramsOf(body.toString('utf8'));
    const prepared = params && prepare(params);
    const context = prepared && contextOrNull(contextFor, headers);
    return context && { ...params, ...prepared, context };
  };

  const finish = async ({ response, mediaType }: Exchange, running: Running): Promise<void> => {
    try {
      send(response, { status: 200, mediaType, body: bodyOf(await running, mask) });
    } catch (error) {
      send(response, { status: 500, mediaType, body: bodyOf({ errors: [mask(error)] }, mask) });
    }
  };

  return (request, response, body) => {
    const mediaType = mediaTypeFor(request.headers.accept);
    const isPlain = request.method === 'POST' && request.url === '/graphql' && hasPlainBody(request);
    if (!isPlain || body === null || mediaType === null) return leave(request, response, body);
    const exchange = { request, response, mediaType };
    const job = jobOf(exchange, body);
    const running = job && run(job);
    return running !== null && wasRun(running) ? finish(exchange, running) : leave(request, response, body);
  };
};
