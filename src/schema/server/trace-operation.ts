import type { ExecutionArgs, ExecutionResult } from 'graphql';
import {
  areSpansRecorded,
  asSpan,
  beginRoot,
  beginSpan,
  currentSpan,
  isRecorded,
  type OperationLabel,
  passedOn,
  type Span,
  type SpanStart,
} from '../../platform/index.ts';
import type { GatewayContext } from '../context.ts';
import type { LabelOf } from './operation-name.ts';

const startOf = ({ type, name }: OperationLabel, kind: 'internal' | 'server'): SpanStart => ({
  name: `${type} ${name}`,
  kind,
  attributes: { 'graphql.operation.type': type, 'graphql.operation.name': name },
});

const noteErrors = (span: Span, result: unknown): void => {
  const [error] = (result as ExecutionResult | undefined)?.errors ?? [];
  if (error === undefined) return;
  const { code } = error.extensions;
  span.fail(typeof code === 'string' ? code : (error.originalError?.name ?? error.name));
};

/** A stream may last for days, and what is open is never sent: the request's span ends when the stream has begun, too. */
const endRequest = (): void => {
  const request = currentSpan();
  request?.set({ 'http.response.status_code': 200 });
  request?.end();
};

type Run<T> = (args: ExecutionArgs) => T | Promise<T>;

/** Runs it inside of the span, which resolvers are told of in their context. */
const runInside = <T>(span: Span | undefined, args: ExecutionArgs, run: Run<T>): Promise<T> => {
  const context = args.contextValue as GatewayContext;
  const traceparent = passedOn(span, context.traceparent);
  return asSpan(span, async () => run({ ...args, contextValue: { ...context, traceparent } }), noteErrors);
};

/**
 * Runs an operation as a part of its request, where that is recorded; of a subscription, until it has begun. Named by what
 * it is counted as, and never by what a client made up.
 */
export const tracedRun = <T>(labelOf: LabelOf, args: ExecutionArgs, run: Run<T>): T | Promise<T> => {
  const { traceparent } = args.contextValue as GatewayContext;
  if (!isRecorded(traceparent)) return run(args);
  const label = labelOf(args.document, args.operationName);
  if (label === null) return run(args);
  const result = runInside(
    beginSpan(traceparent, () => startOf(label, 'internal')),
    args,
    run,
  );
  return label.type === 'subscription' ? result.finally(endRequest) : result;
};

/** The same over a WebSocket, where there is no request of its own that an operation is a part of. */
export const tracedOverSocket = <T>(labelOf: LabelOf, args: ExecutionArgs, run: Run<T>): T | Promise<T> => {
  if (!areSpansRecorded()) return run(args);
  const { traceparent } = args.contextValue as GatewayContext;
  const label = labelOf(args.document, args.operationName);
  const span = label === null ? undefined : beginRoot(traceparent, () => startOf(label, 'server'));
  if (span === undefined && !isRecorded(traceparent)) return run(args);
  return runInside(span, args, run);
};
