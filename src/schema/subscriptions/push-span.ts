import type { Recorded } from '../../events/index.ts';
import { beginSpan, isRecorded, type Span } from '../../platform/index.ts';

interface Push {
  /** The event that is shown. */
  readonly of: Recorded | undefined;
  /** What the subscriber asked with, as W3C trace context. */
  readonly subscription: string | null;
}

/** Begins the span of a frame, in the trace of what it shows. */
export const beginPush = ({ of, subscription }: Push): Span | undefined =>
  beginSpan(of?.envelope.traceparent, () => ({
    name: 'push orderStatus',
    kind: 'producer',
    links: isRecorded(subscription) ? [subscription] : [],
    attributes: {
      'panier.order.id': of?.envelope.aggregateId ?? '',
      'panier.event.id': of?.envelope.eventId ?? '',
      'panier.event.type': of?.event.type ?? '',
      'panier.correlation_id': of?.envelope.correlationId ?? '',
    },
  }));
