import { describe, expect, it } from 'vitest';
import { beginningOf, type EventEdge, MAX_KEPT, nextTail, type Tail, type TailAction } from './tail.ts';

const edge = (at: number): EventEdge => ({
  cursor: `c${at}`,
  node: {
    eventId: `event_${at}`,
    type: 'CartCreated',
    occurredAt: '2026-01-01T00:00:00.000Z',
    aggregateId: 'cart_1',
    correlationId: 'cart_1',
    producerInstance: 'ecommerce-api-1',
  },
});

const edges = (from: number, to: number): readonly EventEdge[] =>
  Array.from({ length: to - from + 1 }, (_, at) => edge(from + at));

const shown = (tail: Tail): readonly number[] => tail.edges.map(({ cursor }) => Number(cursor.slice(1)));

const after = (...actions: readonly TailAction[]): Tail => actions.reduce(nextTail, beginningOf('all'));

const first = (from: number, to: number): TailAction => ({
  kind: 'First',
  key: 'all',
  edges: edges(from, to),
  hasOlder: from > 1,
  start: null,
  isHeld: false,
});

const came = (from: number, to: number, isHeld = false): TailAction => ({
  kind: 'Came',
  key: 'all',
  edges: edges(from, to),
  isHeld,
});

describe('the tail of the event store', () => {
  it('has the newest first', () => {
    expect(shown(after(first(1, 3), came(4, 5)))).toEqual([5, 4, 3, 2, 1]);
  });

  it('shows nothing twice that the page and the feed both tell of', () => {
    expect(shown(after(first(1, 3), came(2, 4)))).toEqual([4, 3, 2, 1]);
  });

  it('counts what comes while it is held, and shows it when it is released', () => {
    const held = after(first(1, 2), came(3, 4, true), came(5, 5, true));
    expect(shown(held)).toEqual([2, 1]);
    expect(held.heldCount).toBe(3);
    expect(shown(nextTail(held, { kind: 'Released' }))).toEqual([5, 4, 3, 2, 1]);
  });

  it('takes what came before the first page was there for what comes after it', () => {
    expect(shown(after(came(3, 4), first(1, 3)))).toEqual([4, 3, 2, 1]);
  });

  it('keeps no more than it has room for, and knows that there are older ones', () => {
    const tail = after(first(1, 3), came(4, MAX_KEPT + 2));
    expect(tail.edges).toHaveLength(MAX_KEPT);
    expect(shown(tail).at(-1)).toBe(3);
    expect(tail.hasOlder).toBe(true);
  });

  it('begins anew at what it holds when it could not hold all: the others are older ones', () => {
    const held = after(first(1, 3), came(4, MAX_KEPT + 10, true));
    expect(held.heldCount).toBe(MAX_KEPT + 7);
    const tail = nextTail(held, { kind: 'Released' });
    expect([shown(tail)[0], shown(tail).at(-1)]).toEqual([MAX_KEPT + 10, 11]);
    expect(tail.hasOlder).toBe(true);
    const older = nextTail(tail, { kind: 'Older', key: 'all', edges: edges(1, 10), hasOlder: false });
    expect(shown(older)).toEqual(Array.from({ length: MAX_KEPT + 10 }, (_, at) => MAX_KEPT + 10 - at));
  });

  it('has room for older ones that were asked for', () => {
    const tail = after(first(11, MAX_KEPT + 10), { kind: 'Older', key: 'all', edges: edges(1, 10), hasOlder: false });
    expect(tail.edges).toHaveLength(MAX_KEPT + 10);
    const next = nextTail(tail, came(MAX_KEPT + 11, MAX_KEPT + 11));
    expect(next.edges).toHaveLength(MAX_KEPT + 10);
    expect(next.hasOlder).toBe(true);
  });

  it('passes over what belongs to another filter', () => {
    const tail = after(first(1, 2), { kind: 'Asked', key: 'carts' }, came(3, 3));
    expect(tail.heldCount).toBe(0);
    expect(nextTail(tail, { ...first(1, 1), key: 'carts' } as TailAction).edges).toEqual(edges(1, 1));
  });
});
