import { type Envelope, type Recorded, streamOfKey } from '../events/index.ts';
import { beginShared, beginSpan, failSpan, insideSpan, isRecorded, type Span } from '../platform/index.ts';
import type { Delivery, Handling, Outcomes } from './delivery.ts';
import type { StreamEntry } from './stream-group.ts';

interface Tracing extends Pick<Handling, 'concerns'> {
  readonly group: string;
}

type Traced = readonly (readonly [StreamEntry, Recorded])[];

const MESSAGING = {
  'messaging.system': 'redis',
  'messaging.operation.name': 'process',
  'messaging.operation.type': 'process',
} as const;

const handled = new WeakMap<Envelope, Span>();

/**
 * What brings about whatever a handler makes of an event: the span in which its group handles it, where that is traced; else
 * what the event bears. W3C trace context; null when there is none.
 */
export const causeOf = (envelope: Envelope): string | null =>
  handled.get(envelope)?.traceparent ?? envelope.traceparent;

const tracedIn = ({ readable }: Delivery, { concerns }: Tracing): Traced =>
  readable.filter(([, each]) => isRecorded(each.envelope.traceparent) && concerns?.(each) !== false);

const beginDelivery = ({ entries }: Delivery, traced: Traced, group: string): Span | undefined =>
  beginShared(
    traced.map(([, { envelope }]) => envelope),
    () => ({
      name: `deliver ${group}`,
      kind: 'consumer',
      attributes: {
        ...MESSAGING,
        'messaging.consumer.group.name': group,
        'messaging.destination.name': [...new Set(entries.map(({ stream }) => streamOfKey(stream)))]
          .toSorted()
          .join(','),
        ...(entries.length > 1 && { 'messaging.batch.message_count': entries.length }),
      },
    }),
  );

interface Around {
  readonly group: string;
  readonly delivery: Span;
}

const beginProcess = (
  [{ stream, id }, { envelope, event }]: Traced[number],
  { group, delivery }: Around,
): Span | undefined => {
  const { eventId, correlationId, aggregateType, aggregateId } = envelope;
  return beginSpan(envelope.traceparent, () => ({
    name: `process ${streamOfKey(stream)}`,
    kind: 'consumer',
    links: [delivery.traceparent],
    attributes: {
      ...MESSAGING,
      'messaging.consumer.group.name': group,
      'messaging.destination.name': streamOfKey(stream),
      'messaging.message.id': id,
      'panier.event.id': eventId,
      'panier.event.type': event.type,
      'panier.correlation_id': correlationId,
      ...(aggregateType === 'Order' && { 'panier.order.id': aggregateId }),
    },
  }));
};

type Begun = readonly (readonly [StreamEntry, Envelope, Span])[];

const beginEach = (traced: Traced, around: Around): Begun =>
  traced.flatMap((each) => {
    const span = beginProcess(each, around);
    if (span === undefined) return [];
    const [entry, { envelope }] = each;
    handled.set(envelope, span);
    return [[entry, envelope, span] as const];
  });

const endEach = (begun: Begun, failed: (entry: StreamEntry) => unknown): void => {
  for (const [entry, envelope, span] of begun) {
    const error = failed(entry);
    if (error !== undefined) failSpan(span, error);
    span.end();
    handled.delete(envelope);
  }
};

const errorIn = (outcomes: Outcomes, entry: StreamEntry): unknown => {
  const outcome = outcomes.get(entry);
  return outcome === undefined || outcome.type === 'Done' ? undefined : outcome.error;
};

/** Handles a delivery as a span, and each of its events as one in the event's own trace; those that are recorded. */
export const tracedDelivery = async (
  tracing: Tracing,
  delivery: Delivery,
  handle: () => Promise<Outcomes>,
): Promise<Outcomes> => {
  const traced = tracedIn(delivery, tracing);
  const { group } = tracing;
  const span = beginDelivery(delivery, traced, group);
  if (span === undefined) return insideSpan(undefined, handle);
  const begun = beginEach(traced, { group, delivery: span });
  try {
    const outcomes = await insideSpan(span, handle);
    endEach(begun, (entry) => errorIn(outcomes, entry));
    return outcomes;
  } catch (error) {
    failSpan(span, error);
    endEach(begun, () => error);
    throw error;
  } finally {
    span.end();
  }
};
