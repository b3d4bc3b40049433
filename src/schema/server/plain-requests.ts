import type { IncomingMessage, ServerResponse } from 'node:http';
import { type ExecutionArgs, type ExecutionResult, execute, type GraphQLError } from 'graphql';
import { createHandler, type Response } from 'graphql-http';
import type { Admission } from '../../access/index.ts';
import type { GatewayContext } from '../context.ts';
import type { MaskError } from '../mask-error.ts';
import { readFromCopy } from '../read-from-copy.ts';
import type { AnsweringTo } from './answering.ts';
import type { TextOf } from './asked-text.ts';
import type { ContextFor } from './context-for.ts';
import { beginOperation, outcomeOf } from './count-operations.ts';
import type { Documents } from './documents.ts';
import { handOn, type Yoga } from './hand-on.ts';
import type { Guard } from './operation-guard.ts';
import { frequencyRefusalIn } from './rate-limited.ts';
import { refuseRequest } from './refusal.ts';
import { tracedRun } from './trace-operation.ts';
import { unmarked } from './unmarked.ts';

interface Parts {
  /** Where requests are answered. */
  readonly path: string;
  /** Answers whatever is not plain. */
  readonly yoga: Yoga;
  readonly documents: Documents;
  readonly contextFor: ContextFor;
  readonly mask: MaskError;
  readonly guard: Guard;
}

interface Progress {
  readonly admission: Admission;
  readonly beganMs: number;
  wasRun: boolean;
  /** What is answered, once it was run. */
  answer: string;
  refusal: GraphQLError | null;
}

/** What a resolver is given, and what only this lane looks at. */
interface PlainContext extends GatewayContext {
  readonly request: IncomingMessage;
  readonly progress: Progress;
}

const MEMBERS = new Set(['query', 'documentId', 'operationName', 'variables', 'extensions']);
const PLAIN_BODY = /^application\/json(?:; ?charset=(?:utf|UTF)-8)?$/;
const STREAMED = /event-stream|multipart/i;

const isPlain = ({ method, url, headers }: IncomingMessage, path: string): boolean =>
  method === 'POST' &&
  url === path &&
  PLAIN_BODY.test(headers['content-type'] ?? '') &&
  !STREAMED.test(headers.accept ?? '');

/** The members of a body of JSON, with the text asked for; null when it is none, or when something in it is to be complained of. */
const membersOf = (body: Buffer, textOf: TextOf): Record<string, unknown> | null => {
  try {
    const given = JSON.parse(body.toString()) as Record<string, unknown> | null;
    if (given === null || !Object.keys(given).every((name) => MEMBERS.has(name))) return null;
    const query = textOf(given);
    return query === given['query'] ? given : { ...given, query };
  } catch {
    return null;
  }
};

const toldOf = (result: ExecutionResult, mask: MaskError): ExecutionResult =>
  result.errors === undefined ? result : { ...result, errors: result.errors.map((error) => unmarked(mask(error))) };

/** What graphql-http makes a response of; its body is ours. */
const NO_RESULT: ExecutionResult = { data: null };

const send = (response: ServerResponse, text: string, [, { status, headers }]: Response): void => {
  if (response.destroyed) return;
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(text) }).end(text);
};

const guarding =
  ({ guard, documents }: Pick<Parts, 'guard' | 'documents'>) =>
  (args: ExecutionArgs): ReturnType<typeof execute> => {
    const { document, operationName, variableValues: variables, contextValue } = args;
    const context = contextValue as PlainContext;
    const { viewer, request, progress } = context;
    progress.refusal = guard({ document, operationName, variables, viewer, request, connection: null });
    if (progress.refusal !== null) return { errors: [progress.refusal] };
    readFromCopy(context, args);
    return tracedRun(documents.labelOf, args, execute);
  };

/**
 * Answers a plain request (POST, JSON, one operation that does not stream) with graphql-http, which does so for a fifth of
 * what Yoga takes. Whatever ran nothing is left to Yoga: so there is one set of complaints. See ADR-026.
 */
export const answerPlainRequests = ({ path, yoga, documents, contextFor, mask, guard }: Parts): AnsweringTo => {
  const leave = handOn(yoga);
  const handle = createHandler<IncomingMessage, Progress, Record<string, unknown>>({
    schema: documents.schema,
    parse: (text) => documents.parse(typeof text === 'string' ? text : text.body),
    validate: (_schema, document) => documents.validate(document),
    context: ({ raw: request, context: progress }) => ({
      ...contextFor(progress.admission, { traceparent: request.headers['traceparent'] }),
      request,
      progress,
    }),
    execute: guarding({ guard, documents }),
    onOperation: ({ context }, args, result) => {
      const ended = beginOperation(documents.labelOf, args, context.beganMs);
      if (context.refusal !== null) ended('refused');
      // Without data nothing was run: variables did not fit their types.
      if (!('data' in result)) return undefined;
      context.wasRun = true;
      ended(outcomeOf(result));
      // By graphql-http it is written with a function that is called for each value, in twice the time.
      context.answer = JSON.stringify(toldOf(result, mask));
      return NO_RESULT;
    },
  });

  return async (request, response, asked) => {
    const { body, admission } = asked;
    const members = body !== null && isPlain(request, path) ? membersOf(body, documents.textOf) : null;
    if (members === null) return leave(request, response, asked);
    const { headers } = request;
    const progress: Progress = { admission, beganMs: performance.now(), wasRun: false, answer: '', refusal: null };
    const plain = { method: 'POST', url: path, headers, body: members, raw: request, context: progress };
    const made = await handle(plain).catch((error: unknown) => {
      if (progress.wasRun) throw error;
      return null;
    });
    const haste = frequencyRefusalIn(progress.refusal);
    if (haste !== null) return refuseRequest(response, haste);
    return made !== null && progress.wasRun ? send(response, progress.answer, made) : leave(request, response, asked);
  };
};
