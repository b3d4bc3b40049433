import { randomUUID } from 'node:crypto';
import { streamOfKey } from '../../../src/events/index.ts';
import type { Fault, FaultContext } from './fault.ts';

const RECENT = 400;
const SHARE = 0.25;

type Entries = readonly (readonly [id: string, fields: readonly string[]])[];

/** A part of each stream's last entries comes again, word for word, in another order. */
export const duplicates: Fault = {
  place: 'redis',
  strike: async ({ stage: { redis, streams }, random, injections }) => {
    let added = 0;
    for (const stream of random.shuffle(streams.inUse)) {
      const recent: Entries = await redis.client.xrevrange(stream, '+', '-', 'COUNT', RECENT);
      const again = random.shuffle(recent).filter(() => random.chance(SHARE));
      for (const [, fields] of again) await redis.client.xadd(stream, '*', ...fields);
      added += again.length;
    }
    injections.duplicates += added;
    return added === 0 ? null : `${added} entries added again, out of order`;
  },
};

const envelope = (eventId: string, type: string, stream: string): Record<string, string> => ({
  event_id: eventId,
  event_type: type,
  stream,
  occurred_at: new Date().toISOString(),
  aggregate_type: 'Order',
  aggregate_id: `order_poison_${eventId}`,
  correlation_id: `order_poison_${eventId}`,
  producer: 'shop-payments',
  producer_instance: 'shop-payments-1',
  data: '{}',
});

type Brew = (eventId: string, stream: string) => Readonly<Record<string, string>>;

const BREWS: readonly Brew[] = [
  (eventId) => ({ event_id: eventId, garbage: 'yes' }),
  (eventId, stream) => ({ ...envelope(eventId, 'PaymentFailed', stream), data: '{"order_id":' }),
  (eventId, stream) => envelope(eventId, 'OrderTeleported', stream),
  (eventId, stream) => ({ ...envelope(eventId, 'PaymentFailed', stream), version: 'minus one' }),
  (eventId, stream) => ({ ...envelope(eventId, 'PaymentFailed', stream), data: `{"x":"${'x'.repeat(1_000_000)}"}` }),
  (eventId, stream) => ({ ...envelope(eventId, 'PaymentFailed', 'ecommerce.elsewhere'), data: `{"s":"${stream}"}` }),
];

const addPoison = async ({ stage: { redis, streams }, random, injections }: FaultContext): Promise<void> => {
  const eventId = `event_poison_${randomUUID()}`;
  injections.poison.add(eventId);
  const key = random.pick(streams.read);
  await redis.client.xadd(key, '*', ...Object.entries(random.pick(BREWS)(eventId, streamOfKey(key))).flat());
};

/** Another service's word on an order that nobody knows: to be kept, and to change nothing. */
const addForged = async ({ stage: { redis }, injections }: FaultContext): Promise<void> => {
  const name = randomUUID();
  const eventId = `event_forged_${name}`;
  const orderId = `order_forged_${name}`;
  injections.forged.add(eventId);
  const stream = 'ecommerce.payments.events';
  const entry = {
    ...envelope(eventId, 'PaymentFailed', stream),
    aggregate_id: orderId,
    correlation_id: orderId,
    data: JSON.stringify({ order_id: orderId, reason: 'PAYMENT_DECLINED', message: 'forged' }),
  };
  await redis.client.xadd(stream, '*', ...Object.entries(entry).flat());
};

export const poison: Fault = {
  place: 'redis',
  strike: async (context) => {
    for (let count = 0; count < 3; count += 1) await addPoison(context);
    await addForged(context);
    return '3 poisonous entries and a forged one';
  },
};

export const groups: Fault = {
  place: 'redis',
  strike: async ({ stage: { redis, streams }, random }) => {
    const stream = random.pick(streams.inUse);
    if ((await redis.client.exists(stream)) === 0) return null;
    const known = (await redis.client.xinfo('GROUPS', stream)) as readonly (readonly (string | number)[])[];
    const names = known.map((group) => String(group[1]));
    if (names.length === 0) return null;
    const name = random.pick(names);
    const isReset = random.chance(0.3);
    if (isReset) await redis.client.xgroup('SETID', stream, name, '0');
    else await redis.client.xgroup('DESTROY', stream, name);
    return `group ${name} of ${stream} ${isReset ? 'set back to its start' : 'destroyed'}`;
  },
};
