import type { DomainEvent } from '../events/index.ts';
import { beginSpan } from '../platform/index.ts';

interface Decided {
  /** What was decided on, as W3C trace context. */
  readonly cause: string | null;
  readonly orderId: string;
}

/** Makes a span of a decision. @returns what the answer bears */
export const traceDecision = ({ cause, orderId }: Decided, { type }: DomainEvent): string | null => {
  const span = beginSpan(cause, () => ({
    name: `decide ${type}`,
    attributes: { 'panier.order.id': orderId, 'panier.correlation_id': orderId, 'panier.event.type': type },
  }));
  span?.end();
  return span?.traceparent ?? cause;
};
