import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { orderHistory, recorded } from '../../harness/support/recorded.ts';
import type { Recorded } from '../events/index.ts';
import { causesFirst } from './causes-first.ts';

interface Given {
  readonly stream: string;
  readonly eventId: string;
  readonly causationId?: string | null;
  readonly occurredAt?: string;
}

const event = (given: Given): Recorded =>
  recorded({ type: 'OrderConfirmed', data: { orderId: 'order_1' } }, { causationId: null, ...given });

const idsOf = (events: readonly Recorded[]): readonly string[] => events.map(({ envelope }) => envelope.eventId);

const at = (second: number): string => `2026-01-02T03:04:0${second}.000Z`;

const IDS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

/** Events of three streams with causes of any kind: before, behind, in a ring, unknown, none, their own. Some come twice. */
const batches = fc.array(
  fc.record({
    stream: fc.constantFrom('s', 't', 'u'),
    eventId: fc.constantFrom(...IDS),
    causationId: fc.option(fc.constantFrom(...IDS, 'unknown')),
    occurredAt: fc.integer({ min: 0, max: 4 }).map(at),
  }),
  { maxLength: 14 },
);

const causeOf = (events: readonly Recorded[], { envelope }: Recorded): Recorded | undefined =>
  events.find((each) => each.envelope.eventId === envelope.causationId);

const isInRing = (events: readonly Recorded[], start: Recorded): boolean => {
  let cause = causeOf(events, start);
  for (let steps = 0; cause !== undefined && cause !== start && steps < events.length; steps += 1)
    cause = causeOf(events, cause);
  return cause === start;
};

/** What must come behind an event, by causes and streams, in so many steps as there are. */
const behind = (events: readonly Recorded[], start: Recorded): ReadonlySet<Recorded> => {
  const found = new Set([start]);
  for (const each of found) {
    const inStream = events.filter(({ envelope }) => envelope.stream === each.envelope.stream);
    const next = inStream[inStream.indexOf(each) + 1];
    if (next !== undefined) found.add(next);
    for (const effect of events) if (causeOf(events, effect) === each) found.add(effect);
  }
  return found;
};

/** The streams of a batch, mixed in another way. */
const mixed = (batch: readonly Recorded[], seed: readonly number[]): readonly Recorded[] => {
  const streams = [...Map.groupBy(batch, ({ envelope }) => envelope.stream).values()].map((each) => [...each]);
  return batch.flatMap((_, nth) => {
    const left = streams.filter(({ length }) => length > 0);
    return left[(seed[nth] ?? 0) % left.length]?.shift() ?? [];
  });
};

describe('events of one batch', () => {
  it('are each there once, and none stands before its cause', () => {
    fc.assert(
      fc.property(batches, (given) => {
        const events = causesFirst(given.map(event));
        expect(idsOf(events).toSorted()).toEqual([...new Set(given.map(({ eventId }) => eventId))].toSorted());
        const afterCause = events.filter((each) => {
          const cause = causeOf(events, each);
          return cause === undefined || isInRing(events, each) || events.indexOf(cause) < events.indexOf(each);
        });
        expect(afterCause).toEqual(events);
      }),
      { numRuns: 2_000 },
    );
  });

  it('keep the order of their stream, unless a cause forces another', () => {
    fc.assert(
      fc.property(batches, (given) => {
        const batch = given.map(event);
        const events = causesFirst(batch);
        const kept = batch.filter((each) => events.includes(each));
        for (const [index, one] of kept.entries()) {
          for (const later of kept.slice(index + 1)) {
            if (one.envelope.stream !== later.envelope.stream || events.indexOf(one) < events.indexOf(later)) continue;
            expect(behind(kept, later)).toContain(one);
          }
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('are in the same order however their streams were mixed', () => {
    const mixings = fc.array(fc.nat({ max: 5 }), { minLength: 14, maxLength: 14 });
    fc.assert(
      fc.property(batches, mixings, (given, mixing) => {
        const batch = given.map(event);
        expect(idsOf(causesFirst(mixed(batch, mixing)))).toEqual(idsOf(causesFirst(batch)));
      }),
      { numRuns: 2_000 },
    );
  });

  it('stay, with equal times and no causes, as their author counted them', () => {
    const own = orderHistory('order_1', 'Confirmed').filter(({ envelope }) => envelope.producer === 'ecommerce-api');
    const batch = own
      .map((each) => ({ ...each, envelope: { ...each.envelope, occurredAt: at(1) } }))
      .toSorted((one, other) => other.envelope.stream.localeCompare(one.envelope.stream));
    expect(batch.map(({ envelope }) => envelope.version)).toEqual([2, 3, 1, 4]);
    expect(causesFirst(batch).map(({ envelope }) => envelope.version)).toEqual([1, 2, 3, 4]);
  });
});

const LONG = 100_000;

const chained = (nth: number, stream: string): Recorded =>
  event({ stream, eventId: `event_${nth}`, causationId: nth === 0 ? null : `event_${nth - 1}` });

describe('a large batch', () => {
  it.each([
    ['a stream that is the wrong way round', (nth: number) => chained(LONG - 1 - nth, 's')],
    ['two streams that wait for each other', (nth: number) => chained(LONG - 1 - nth, nth % 2 === 0 ? 's' : 't')],
    [
      'a ring',
      (nth: number) => event({ stream: 's', eventId: `event_${nth}`, causationId: `event_${(nth + 1) % LONG}` }),
    ],
    [
      'one cause of all, at the end',
      (nth: number) => event({ stream: 's', eventId: `event_${nth}`, causationId: `event_${LONG - 1}` }),
    ],
  ])('costs no more for each event: %s', (_, nthOf) => {
    const batch = Array.from({ length: LONG }, (__, nth) => nthOf(nth));
    const began = performance.now();
    expect(causesFirst(batch)).toHaveLength(LONG);
    expect(performance.now() - began).toBeLessThan(20_000);
  });
});
