import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_STOCK } from '../events/index.ts';
import { apply } from './apply.ts';
import { AT_LEDGER, afterAll, ledgerOf, shuffledWithRepetitions, typesOf } from './ledger.fixture.ts';
import { levelOf, reservationOf } from './ledger.ts';
import { adjusted, cancelled, created, upserted } from './received.fixture.ts';

describe('a batch', () => {
  it('lets an order see what earlier ones of the batch have left', () => {
    const ledger = afterAll(3, [created('order_1', { prod_1: 2 }), created('order_2', { prod_1: 2 })]);
    expect(typesOf(ledger.answers)).toEqual(['StockReserved', 'StockReservationFailed']);
    expect(ledger.answers[1]?.event.data).toMatchObject({ shortages: [{ requested: 2, available: 1 }] });
  });

  it('numbers the answers of an order and names what they answer', () => {
    const beginning = created('order_1', { prod_1: 1 }, { traceparent: '00-trace-1' });
    const end = cancelled('order_1', { traceparent: '00-trace-2' });
    expect(afterAll(1, [beginning, end]).answers).toMatchObject([
      { version: 1, sequence: 1, causationId: beginning.envelope.eventId, traceparent: '00-trace-1' },
      { version: 2, sequence: 2, causationId: end.envelope.eventId, traceparent: '00-trace-2' },
    ]);
  });

  it('changes no row when it tells nothing new', () => {
    const ledger = ledgerOf(1);
    apply(ledger, upserted('prod_1'), AT_LEDGER);
    const level = levelOf(ledger, 'prod_1');
    apply(ledger, created('order_1', { prod_1: 2 }), AT_LEDGER);
    const { reservation } = reservationOf(ledger, 'order_1');
    apply(ledger, created('order_1', { prod_1: 1 }), AT_LEDGER);
    expect(reservationOf(ledger, 'order_1').reservation).toBe(reservation);
    expect(levelOf(ledger, 'prod_1')).toBe(level);
  });
});

describe("another service's StockAdjusted", () => {
  it('is applied once', () => {
    const delivery = adjusted('prod_1', 4);
    expect(levelOf(afterAll(0, [delivery, delivery]), 'prod_1').available).toBe(4);
  });

  it('waits until the stock allows it', () => {
    const shrinkage = adjusted('prod_1', -3);
    const waiting = afterAll(2, [shrinkage]);
    expect(levelOf(waiting, 'prod_1').available).toBe(2);
    apply(waiting, adjusted('prod_1', 2), AT_LEDGER);
    expect(levelOf(waiting, 'prod_1').available).toBe(1);
  });

  it('waits for stock that an order gives back', () => {
    const ledger = afterAll(2, [created('order_1', { prod_1: 2 }), adjusted('prod_1', -2)]);
    expect(levelOf(ledger, 'prod_1')).toMatchObject({ available: 0, reserved: 2 });
    apply(ledger, cancelled('order_1'), AT_LEDGER);
    expect(levelOf(ledger, 'prod_1')).toMatchObject({ available: 0, reserved: 0 });
  });

  it('waits below the upper bound too', () => {
    const ledger = afterAll(MAX_STOCK, [adjusted('prod_1', 5)]);
    expect(levelOf(ledger, 'prod_1').available).toBe(MAX_STOCK);
    apply(ledger, adjusted('prod_1', -5), AT_LEDGER);
    expect(levelOf(ledger, 'prod_1').available).toBe(MAX_STOCK);
  });

  it('adds up to the same stock in every order, whenever all of it can be applied', () => {
    const deltas = fc.array(fc.integer({ min: -9, max: 9 }), { maxLength: 8 });
    const cases = deltas
      .map((all) => all.map((delta) => adjusted('prod_1', delta)))
      .chain((all) => fc.record({ all: fc.constant(all), received: shuffledWithRepetitions(all) }));
    fc.assert(
      fc.property(cases, ({ all, received }) => {
        const sum = all.reduce((total, { event }) => total + event.data.delta, 72);
        expect(levelOf(afterAll(72, received), 'prod_1').available).toBe(sum);
      }),
    );
  });
});
