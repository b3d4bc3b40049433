import type { HandStored } from '../../harness/support/partitioned-store.ts';
import type { Random } from '../../harness/support/random.ts';
import { partitionOf } from '../../src/events/index.ts';

/** Something that happens to an event store while others walk through it. */
export type Act =
  | { readonly type: 'Divide'; readonly partitions: number }
  | { readonly type: 'Store'; readonly partition: number; readonly events: readonly HandStored[] }
  | { readonly type: 'Commit'; readonly partition: number }
  | { readonly type: 'Read'; readonly size: number };

const TYPES = ['OrderCreated', 'OrderConfirmed'] as const;
const AGGREGATES = 5;
const SHUFFLED_FAR = 6;

/** Events with causes that happened before them, in the order in which they happened. */
const happened = (random: Random, prefix: string, count: number): readonly Omit<HandStored, 'partition'>[] => {
  const ids = Array.from({ length: count }, (_, nth) => `event_${prefix}_${nth}`);
  return ids.map((eventId, nth) => ({
    eventId,
    aggregateId: `order_${prefix}_${random.integer(1, AGGREGATES)}`,
    causationId: nth > 0 && random.chance(0.8) ? (ids[random.integer(Math.max(0, nth - 4), nth - 1)] ?? null) : null,
    type: random.pick(TYPES),
  }));
};

/** Stored in about that order: what happened to one thing in its own, what happened elsewhere earlier or later. */
const stored = (random: Random, events: readonly HandStored[]): readonly HandStored[] => {
  const late = new Map<string, number>();
  const places = events.map((event, nth) => {
    const place = Math.max(late.get(event.aggregateId) ?? 0, nth + random.integer(0, SHUFFLED_FAR));
    late.set(event.aggregateId, place);
    return { event, place };
  });
  return places.toSorted((one, other) => one.place - other.place).map(({ event }) => event);
};

const actsOf = (random: Random, events: readonly HandStored[]): readonly Act[] => {
  const acts: Act[] = [];
  for (let rest = events; rest.length > 0; ) {
    const partition = rest[0]?.partition ?? 0;
    const end = rest.findIndex((event) => event.partition !== partition);
    const count = Math.min(random.integer(1, 3), end === -1 ? rest.length : end);
    acts.push({ type: 'Store', partition, events: rest.slice(0, count) });
    rest = rest.slice(count);
    if (random.chance(0.5)) acts.push({ type: 'Commit', partition: random.integer(0, 3) });
    if (random.chance(0.5)) acts.push({ type: 'Read', size: random.integer(1, 6) });
  }
  return acts;
};

/** A history of these numbers of partitions, one after the other. */
export const historyOf = (random: Random, prefix: string, numbers: readonly number[]): readonly Act[] =>
  numbers.flatMap((partitions, phase) => {
    const events = happened(random, `${prefix}_${phase}`, 24).map((event) => ({
      ...event,
      partition: partitionOf(event.aggregateId, partitions),
    }));
    return [{ type: 'Divide', partitions } as const, ...actsOf(random, stored(random, events))];
  });

const follows = (before: readonly HandStored[], event: HandStored, partition: ReadonlyMap<string, number>) =>
  before.filter((each) => partition.get(each.eventId) === partition.get(event.eventId));

/** Whether an event has to come before another, by the order of partitions, of things and of causes among these. */
export const mustPrecede = (one: HandStored, other: HandStored, inStoreOrder: readonly HandStored[]): boolean => {
  const partition = new Map(inStoreOrder.map((each) => [each.eventId, each.partition] as const));
  const seen = new Set<string>();
  const reaches = (event: HandStored): boolean => {
    if (event.eventId === one.eventId) return true;
    if (seen.has(event.eventId)) return false;
    seen.add(event.eventId);
    const before = inStoreOrder.slice(0, inStoreOrder.indexOf(event));
    const causes = inStoreOrder.filter(({ eventId }) => eventId === event.causationId);
    const sameThing = before.filter(({ aggregateId }) => aggregateId === event.aggregateId);
    return [...causes, ...sameThing, ...follows(before, event, partition)].some(reaches);
  };
  return reaches(other);
};
