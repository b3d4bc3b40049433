import {
  beginSpan,
  isRecorded,
  placeCurrent,
  type Span,
  type SpanAttributes,
  type SpanStart,
  traceIdOf,
} from '../../platform/index.ts';
import type { AppendOutcome } from '../journal/append-request.ts';
import type { Decision, Loaded } from './aggregate.ts';

/** A write as it is traced. */
export interface TracedWrite {
  /** What its events bear. */
  readonly traceparent: string | null;
  readonly span: Span | undefined;
}

type Written = Pick<Loaded<unknown>, 'kind' | 'id' | 'traceparent'>;

/**
 * In which trace a write is: of an order, in the one that its life is, whoever writes and whenever; of anything else, in
 * that of whoever writes.
 */
const placeOf = ({ kind, traceparent: own }: Written, writers: string | null): string | null => {
  const home = kind === 'Order' ? own : null;
  if (home === null) return writers === null ? null : placeCurrent(writers);
  const isAtHome = writers !== null && traceIdOf(writers) === traceIdOf(home);
  return placeCurrent(isAtHome ? writers : home);
};

const attributesOf = ({ kind, id }: Written, { opens }: Decision): SpanAttributes => {
  const order = opens?.aggregate.kind === 'Order' ? opens.aggregateId : id;
  return kind === 'Order' || order !== id ? { 'panier.order.id': order } : {};
};

/** Begins a write, for whoever bears this traceparent. */
export const beginWrite = (loaded: Written, decision: Decision, writers: string | null): TracedWrite => {
  const parent = placeOf(loaded, writers);
  const span = beginSpan(parent, (): SpanStart => {
    const isElsewhere = isRecorded(writers) && parent !== null && traceIdOf(writers) !== traceIdOf(parent);
    return { name: 'commit', links: isElsewhere ? [writers] : [], attributes: attributesOf(loaded, decision) };
  });
  return { traceparent: span?.traceparent ?? parent, span };
};

export const noteOutcome = (span: Span, { type }: AppendOutcome): void => span.set({ 'panier.outcome': type });
