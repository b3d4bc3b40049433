import type { ExecutionArgs, ExecutionResult } from 'graphql';
import {
  areSpansRecorded,
  asSpan,
  beginRoot,
  beginSpan,
  currentSpan,
  type OperationLabel,
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

/** Over a WebSocket there is no request of its own to be a part of. */
const begin = (label: OperationLabel, traceparent: string | null): Span | undefined =>
  traceparent === null
    ? beginRoot(null, () => startOf(label, 'server'))
    : beginSpan(traceparent, () => startOf(label, 'internal'));

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

/**
 * Runs an operation as a span, which resolvers are told of in their context; of a subscription, until it has begun. Named
 * by what it is counted as, and never by what a client made up.
 */
export const tracedRun = <T>(
  labelOf: LabelOf,
  args: ExecutionArgs,
  run: (args: ExecutionArgs) => T | Promise<T>,
): T | Promise<T> => {
  if (!areSpansRecorded()) return run(args);
  const context = args.contextValue as GatewayContext;
  const label = labelOf(args.document, args.operationName);
  const span = label === null ? undefined : begin(label, context.traceparent);
  if (span === undefined) return run(args);
  const traced = { ...args, contextValue: { ...context, traceparent: span.traceparent } };
  const result = asSpan(span, async () => run(traced), noteErrors);
  return label?.type === 'subscription' ? result.finally(endRequest) : result;
};
