import { type Facts, traceIdIn } from '../platform/index.ts';
import type { StreamEntry } from './stream-group.ts';

/** What others wrote where an id belongs may be anything. */
const ID = /^[\w:.-]{1,80}$/;

const fieldOf = ({ fields }: StreamEntry, name: string): string | undefined => {
  const at = fields.findIndex((each, nth) => nth % 2 === 0 && each === name);
  return at === -1 ? undefined : fields[at + 1];
};

const idIn = (entry: StreamEntry, name: string): string | undefined => {
  const value = fieldOf(entry, name);
  return value !== undefined && ID.test(value) ? value : undefined;
};

/** What a line about an entry is found by. */
export const entryFacts = (entry: StreamEntry): Facts => {
  const aggregateId = idIn(entry, 'aggregate_id');
  return {
    traceId: traceIdIn(fieldOf(entry, 'traceparent')),
    correlationId: idIn(entry, 'correlation_id'),
    eventId: idIn(entry, 'event_id'),
    eventType: idIn(entry, 'event_type'),
    ...(aggregateId?.startsWith('order_') === true && { orderId: aggregateId }),
    ...(aggregateId?.startsWith('cart_') === true && { cartId: aggregateId }),
  };
};
