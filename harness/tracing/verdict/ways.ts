import type { Span } from '../sink/index.ts';
import { type EventSeen, type Evidence, type OrderRule, refOf, type TraceSeen } from './evidence.ts';

const AUDIT = 'event-audit-api';
const SAGA = 'inventory-saga-consumer';
const API = 'ecommerce-api';

/** The groups that do something with an event, beside the audit group, which stores every one. */
const HANDLED_BY: Readonly<Record<string, readonly string[]>> = {
  OrderCreated: [SAGA],
  StockReserved: [API],
  StockReservationFailed: [API],
};

const processed = ({ eventId }: EventSeen, group: string, { spans }: TraceSeen): readonly Span[] =>
  [...spans.values()].filter(
    ({ name, attributes }) =>
      name.startsWith('process ') &&
      attributes['panier.event.id'] === eventId &&
      attributes['messaging.consumer.group.name'] === group,
  );

const deliveriesOf = ({ links }: Span, group: string, { spans }: Evidence): readonly Span[] =>
  links.flatMap((link) => spans.find(link) ?? []).filter(({ name }) => name === `deliver ${group}`);

/** The relay published each event. */
export const eventsArePublished: OrderRule = function* ({ events }, _trace, { batches }) {
  for (const { type, stream, traceparent } of events) {
    const name = `publish ${stream}`;
    const { spanId = '' } = refOf(traceparent) ?? {};
    if (batches.serving(spanId, name).length === 0 && !batches.isCrowded(name)) yield `no ${name} published ${type}`;
  }
};

/** Each event was handled by the groups that have to, in the order's own trace, and tells of its delivery. */
export const eventsAreHandled: OrderRule = function* ({ events }, trace, evidence) {
  for (const event of events)
    for (const group of [AUDIT, ...(HANDLED_BY[event.type] ?? [])]) {
      const handled = processed(event, group, trace);
      if (handled.length === 0) yield `${group} did not process ${event.type} (${event.eventId})`;
      for (const span of handled)
        if (deliveriesOf(span, group, evidence).length === 0)
          yield `the process of ${event.type} by ${group} is linked to no delivery`;
    }
};

/**
 * Whether a delivery stored, projected and announced what was new. Where the answer to its commit was lost, it was tried
 * again, or failed: what was committed was not new the second time, and nobody announces what they do not know of.
 */
const isShown = (delivery: Span, { batches }: Evidence): boolean => {
  const names = batches.below(delivery).map(({ name }) => name);
  const stores = names.filter((name) => name === 'store').length;
  const isInDoubt = stores > 1 || delivery.status === 'ERROR';
  return stores > 0 && names.includes('project') && (isInDoubt || names.includes('announce'));
};

/** Each event was stored, projected and announced once it had been delivered. */
export const eventsAreShown: OrderRule = function* ({ events }, trace, evidence) {
  for (const event of events) {
    const deliveries = processed(event, AUDIT, trace).flatMap((span) => deliveriesOf(span, AUDIT, evidence));
    if (!deliveries.some((delivery) => isShown(delivery, evidence)))
      yield `no delivery of ${event.type} (${event.eventId}) was stored, projected and announced`;
  }
};
