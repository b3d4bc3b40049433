import type { Redis } from 'ioredis';
import { compareEntryIds } from '../../../src/bus/index.ts';
import { encodeEntry, newId, partitionKey, partitionOf, STREAMS } from '../../../src/events/index.ts';
import { ignored, repeat, systemClock } from '../../../src/platform/index.ts';
import { recorded } from '../../support/recorded.ts';
import { PARTITIONS, type Reading } from './readers.ts';

/** What another service tells of payments, in each partition and in the stream without, so that each always has something new. */
export interface Probes extends AsyncDisposable {
  /** Whether the group has handled the first probe of the unit that came after that time. */
  readonly isHandled: (reading: Reading, afterMs: number) => Promise<boolean>;
}

const EVERY_MS = 50;
const UNITS = ['plain', ...Array.from({ length: PARTITIONS }, (_, nth) => String(nth))];
const STREAM = STREAMS.payments;

const keyOf = (unit: string): string => (unit === 'plain' ? STREAM : partitionKey(STREAM, Number(unit)));

const orderOf = (unit: string) => {
  for (;;) {
    const orderId = newId('Order');
    if (unit === 'plain' || partitionOf(orderId, PARTITIONS) === Number(unit)) return orderId;
  }
};

const putInto = async (redis: Redis, unit: string): Promise<void> => {
  const data = { orderId: orderOf(unit), waitsFor: 'PROVIDER' } as const;
  const probe = recorded({ type: 'PaymentPending', data }, { producer: 'probe', producerInstance: 'probe-1' });
  await redis.xadd(keyOf(unit), '*', ...encodeEntry(probe.envelope));
};

/** A group as XINFO GROUPS tells of it, names and values in turn. */
type RawGroup = readonly (string | number)[];

const lastDelivered = async (redis: Redis, key: string, group: string): Promise<string> => {
  const groups = (await redis.xinfo('GROUPS', key)) as RawGroup[];
  const found = groups.find((each) => each[each.indexOf('name') + 1] === group) ?? [];
  return String(found[found.indexOf('last-delivered-id') + 1] ?? '0-0');
};

export const openProbes = (redis: Redis): Probes => {
  const put = async (): Promise<void> => void (await Promise.all(UNITS.map((unit) => putInto(redis, unit))));
  const putting = repeat(put, { everyMs: EVERY_MS, clock: systemClock, onFailure: ignored });
  return {
    isHandled: async ({ group, unit }, afterMs) => {
      const key = keyOf(unit);
      const [[first] = []] = await redis.xrange(key, Math.ceil(afterMs), '+', 'COUNT', 1);
      if (first === undefined || compareEntryIds(await lastDelivered(redis, key, group), first) < 0) return false;
      const [oldest] = (await redis.xpending(key, group, '-', first, 1)) as readonly unknown[];
      return oldest === undefined;
    },
    [Symbol.asyncDispose]: () => putting[Symbol.asyncDispose](),
  };
};
