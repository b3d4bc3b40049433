import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Recorded, Verdict } from '../events/index.ts';
import { decide, type OwnersWord } from './decide.ts';
import { cancelled, confirmed, created, createdWithLines, failed, rejected } from './received.fixture.ts';
import { evolve, NO_RESERVATION, placeOf, type Reservation } from './reservation.ts';
import { emptyLevel } from './stock.ts';

const ORDER = 'order_1';
const expiresAt = '2026-01-01T00:15:00.000Z';
const EARLIER = '2025-12-31T00:00:00.000Z';
const lines = [{ productId: 'prod_1', quantity: 2 }];
const circumstances = {
  stock: new Map([['prod_1', { ...emptyLevel('prod_1'), available: 5 }]]),
  expiresAt,
  now: EARLIER,
  keeper: 'Ledger',
} as const;

const said = (type: Verdict['type'], occurredAt = EARLIER): Verdict => ({ type, eventId: 'event_0', occurredAt });

const confirmedEarly: Reservation = { ...NO_RESERVATION, verdict: said('OrderConfirmed') };
const held: Reservation = { stock: 'Reserved', lines, verdict: null, intent: null };
const sold: Reservation = { stock: 'Reserved', lines, verdict: said('OrderConfirmed'), intent: null };
const shortOf: Reservation = { stock: 'Short', lines: [], verdict: null, intent: null };
const released: Reservation = { stock: 'GivenBack', lines: [], verdict: said('OrderCancelled'), intent: null };

const beginning = created(ORDER, { prod_1: 2 });
const givenBack = { type: 'StockCompensated', data: { orderId: ORDER, lines } };
const nothingToGiveBack = { type: 'StockCompensated', data: { orderId: ORDER, lines: [] } };

const after = (reservation: Reservation, recorded: Recorded<OwnersWord>) => {
  const { reservation: received, answer } = decide(reservation, recorded, circumstances);
  return { answer, next: answer === null ? received : evolve(received, answer) };
};

const unchanged = (reservation: Reservation) => ({ answer: null, next: reservation });

describe('OrderCreated', () => {
  it('takes every line when all are available', () => {
    const data = { orderId: ORDER, ok: true, lines, expiresAt };
    expect(after(NO_RESERVATION, beginning)).toEqual({ answer: { type: 'StockReserved', data }, next: held });
  });

  it('merges the lines of one product before it looks at the stock', () => {
    const line = { productId: 'prod_1', quantity: 3, unitPrice: '1.00' };
    const shortages = [{ productId: 'prod_1', requested: 6, available: 5 }];
    const { answer } = after(NO_RESERVATION, createdWithLines(ORDER, [line, line]));
    expect(answer).toEqual({ type: 'StockReservationFailed', data: { orderId: ORDER, ok: false, shortages } });
  });

  it('takes nothing when one line is short, and names every short line', () => {
    const { answer, next } = after(NO_RESERVATION, created(ORDER, { prod_1: 1, prod_2: 1, prod_3: 2 }));
    expect(answer?.data).toMatchObject({ shortages: [{ productId: 'prod_2' }, { productId: 'prod_3' }] });
    expect(next).toEqual(shortOf);
  });

  it('reserves and sells at once what was confirmed before', () => {
    const { answer, next } = after(confirmedEarly, beginning);
    expect(answer?.type).toBe('StockReserved');
    expect(placeOf(next)).toBe('sold');
  });

  it.each([held, sold, shortOf, released])('decides nothing for an order whose stock is $stock', (reservation) => {
    expect(after(reservation, beginning)).toEqual(unchanged(reservation));
  });
});

describe('OrderConfirmed', () => {
  it('sells what is held', () => {
    const { answer, next } = after(held, confirmed(ORDER));
    expect({ answer, place: placeOf(next), lines: next.lines }).toEqual({ answer: null, place: 'sold', lines });
  });

  it('is remembered until the beginning is received', () => {
    const { answer, next } = after(NO_RESERVATION, confirmed(ORDER));
    expect({ answer, verdict: next.verdict?.type }).toEqual({ answer: null, verdict: 'OrderConfirmed' });
  });

  it.each([shortOf, released])('changes nothing for an order whose stock is $stock', (reservation) => {
    expect(after(reservation, confirmed(ORDER))).toEqual(unchanged(reservation));
  });
});

describe.each([
  ['OrderCancelled', cancelled(ORDER)],
  ['OrderRejected', rejected(ORDER)],
  ['PaymentFailed', failed(ORDER)],
])('%s', (_, end) => {
  it('gives back what is held', () => {
    const { answer, next } = after(held, end);
    expect({ answer, place: placeOf(next), lines: next.lines }).toEqual({
      answer: givenBack,
      place: 'available',
      lines: [],
    });
  });

  it('leaves a sale as it is that was confirmed earlier', () => {
    expect(after(sold, end)).toEqual(unchanged(sold));
  });

  it('gives back a sale that was confirmed later', () => {
    const later = { ...sold, verdict: said('OrderConfirmed', '2026-01-02T00:00:00.000Z') };
    expect(after(later, end).answer).toEqual(givenBack);
  });

  it('before the beginning sees to it that nothing will be taken', () => {
    const { answer, next } = after(NO_RESERVATION, end);
    expect(answer).toEqual(nothingToGiveBack);
    expect(after(next, beginning)).toEqual(unchanged(next));
  });

  it.each([shortOf, released])('changes nothing for an order whose stock is $stock', (reservation) => {
    expect(after(reservation, end)).toEqual(unchanged(reservation));
  });
});

describe('a charge that came to nothing after the order was over', () => {
  it.each([NO_RESERVATION, held, sold, released])('decides nothing ($stock)', (reservation) => {
    expect(after(reservation, failed(ORDER, {}, 'ORDER_OVER'))).toEqual(unchanged(reservation));
  });
});

describe('an event that tells nothing new', () => {
  const events = [beginning, confirmed(ORDER), rejected(ORDER), cancelled(ORDER), failed(ORDER)];

  it.each([NO_RESERVATION, confirmedEarly, held, sold, shortOf, released])(
    'leaves the very same reservation, so that no row is written ($stock)',
    (reservation) => {
      const ends = events.map((recorded) => after(reservation, recorded).next);
      for (const next of ends) expect(next === reservation).toBe(isDeepStrictEqual(next, reservation));
    },
  );
});
