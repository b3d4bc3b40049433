import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { OwnWrites } from './own-writes.ts';
import { customer } from './testing/run.ts';

const ANN = customer('ann');
const EVE = customer('eve');
const event = (eventId: string, aggregateId: string) => ({ eventId, aggregateId });
const toCart = event('event_1', 'cart_1');
const toOrder = event('event_2', 'order_1');
const anything = (): boolean => true;

describe('what viewers have just written', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('is known of everything that the command wrote to, and to them alone', () => {
    const writes = new OwnWrites();
    writes.note(ANN, [toCart, toOrder]);
    expect(writes.to(ANN, 'cart_1')).toEqual([toCart, toOrder]);
    expect(writes.to(ANN, 'order_1')).toEqual([toCart, toOrder]);
    expect([writes.to(ANN, 'cart_2'), writes.to(EVE, 'cart_1'), writes.to({ kind: 'Nobody' }, 'cart_1')]).toEqual([
      [],
      [],
      [],
    ]);
  });

  it('is the latest of each thing', () => {
    const writes = new OwnWrites();
    writes.note(ANN, [toCart]);
    writes.note(ANN, [event('event_3', 'cart_1')]);
    expect(writes.toAll(ANN, anything)).toEqual([event('event_3', 'cart_1')]);
  });

  it('is forgotten when it was read, and after ten seconds', () => {
    const writes = new OwnWrites();
    writes.note(ANN, [toCart]);
    writes.note(ANN, [toOrder]);
    writes.forget(ANN, writes.to(ANN, 'cart_1'));
    expect(writes.toAll(ANN, anything)).toEqual([toOrder]);
    vi.advanceTimersByTime(10_001);
    expect(writes.toAll(ANN, anything)).toEqual([]);
  });

  it('is not forgotten for a write that came later', () => {
    const writes = new OwnWrites();
    writes.note(ANN, [toCart]);
    const read = writes.to(ANN, 'cart_1');
    writes.note(ANN, [event('event_3', 'cart_1')]);
    writes.forget(ANN, read);
    expect(writes.to(ANN, 'cart_1')).toEqual([event('event_3', 'cart_1')]);
  });

  it('is bounded: the oldest of many things goes first', () => {
    const writes = new OwnWrites();
    for (let nth = 0; nth < 150; nth += 1) writes.note(ANN, [event(`event_${nth}`, `cart_${nth}`)]);
    expect(writes.toAll(ANN, anything)).toHaveLength(100);
    expect(writes.to(ANN, 'cart_149')).toHaveLength(1);
    expect(writes.to(ANN, 'cart_49')).toHaveLength(0);
  });
});
