import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { Injections } from '../../chaos/faults/index.ts';

export const UNKNOWN_TYPE = 'OrderTeleported';
const STREAM = 'ecommerce.payments.events';

const entryOf = (eventId: string): Readonly<Record<string, string>> => ({
  event_id: eventId,
  event_type: UNKNOWN_TYPE,
  stream: STREAM,
  occurred_at: new Date().toISOString(),
  aggregate_type: 'Order',
  aggregate_id: `order_${eventId}`,
  correlation_id: `order_${eventId}`,
  producer: 'shop-payments',
  producer_instance: 'shop-payments-1',
  data: '{}',
});

/** Another service writes so many events of a type that nobody was told of. */
export const flood = async (redis: Redis, injections: Injections, count: number): Promise<void> => {
  for (let left = count; left > 0; left -= 1) {
    const eventId = `event_poison_${randomUUID()}`;
    injections.poison.add(eventId);
    await redis.xadd(STREAM, '*', ...Object.entries(entryOf(eventId)).flat());
  }
};
