import { describe, expect, it } from 'vitest';
import { cancelled, confirmed, created, createdWithLines, failed, OUTSIDE, succeeded } from './heard.fixture.ts';
import { decide, evolve, NO_RESERVATION, type Reservation } from './reservation.ts';
import { emptyLevel } from './stock.ts';

const ORDER = 'order_1';
const expiresAt = '2026-01-01T00:15:00.000Z';
const lines = [{ productId: 'prod_1', quantity: 2 }];
const circumstances = { stock: new Map([['prod_1', { ...emptyLevel('prod_1'), available: 5 }]]), expiresAt };

const held: Reservation = { status: 'Held', lines };
const sold: Reservation = { status: 'Sold', lines, isContested: false };
const contested: Reservation = { status: 'Sold', lines, isContested: true };
const shortOf: Reservation = { status: 'Failed' };
const released: Reservation = { status: 'Released' };
const paidEarly: Reservation = { status: 'None', isPaid: true };

const beginning = created(ORDER, { prod_1: 2 });
const givenBack = { type: 'StockCompensated', data: { orderId: ORDER, lines } };
const nothingToGiveBack = { type: 'StockCompensated', data: { orderId: ORDER, lines: [] } };
const foreignFailure = failed(ORDER, { producer: OUTSIDE });

const after = (reservation: Reservation, recorded: Parameters<typeof decide>[1]) => {
  const answer = decide(reservation, recorded, circumstances);
  const next = evolve(reservation, recorded.event);
  return { answer, next: answer === null ? next : evolve(next, answer) };
};

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

  it('reserves and sells at once what was paid before', () => {
    const { answer, next } = after(paidEarly, beginning);
    expect(answer?.type).toBe('StockReserved');
    expect(next).toEqual(sold);
  });

  it.each([held, sold, contested, shortOf, released])('decides nothing for an order that is $status', (reservation) => {
    expect(after(reservation, beginning)).toEqual({ answer: null, next: reservation });
  });
});

describe.each([
  ['OrderCancelled', cancelled(ORDER)],
  ["the owner's PaymentFailed", failed(ORDER)],
])('%s', (_, end) => {
  it.each([held, sold])('gives back what is $status', (reservation) => {
    expect(after(reservation, end)).toEqual({ answer: givenBack, next: released });
  });

  it.each([NO_RESERVATION, paidEarly])('before the beginning sees to it that nothing will be taken', (reservation) => {
    expect(after(reservation, end)).toEqual({ answer: nothingToGiveBack, next: released });
  });

  it.each([shortOf, released])('moves nothing for an order that is $status', (reservation) => {
    expect(after(reservation, end)).toEqual({ answer: null, next: reservation });
  });

  it('moves nothing once a contested sale was answered: the one StockCompensated is spent', () => {
    expect(after(contested, end)).toEqual({ answer: null, next: contested });
  });
});

describe("another service's PaymentFailed", () => {
  it('gives back what is held', () => {
    expect(after(held, foreignFailure)).toEqual({ answer: givenBack, next: released });
  });

  it('leaves a sale as it is and says so once', () => {
    expect(after(sold, foreignFailure)).toEqual({ answer: nothingToGiveBack, next: contested });
    expect(after(contested, foreignFailure)).toEqual({ answer: null, next: contested });
  });

  it('before the beginning sees to it that nothing will be taken', () => {
    expect(after(NO_RESERVATION, foreignFailure)).toEqual({ answer: nothingToGiveBack, next: released });
  });
});

describe.each([
  ['PaymentSucceeded', succeeded(ORDER)],
  ['OrderConfirmed', confirmed(ORDER)],
])('%s', (_, payment) => {
  it('sells what is held', () => {
    expect(after(held, payment)).toEqual({ answer: null, next: sold });
  });

  it('is remembered until the beginning is heard', () => {
    expect(after(NO_RESERVATION, payment)).toEqual({ answer: null, next: paidEarly });
  });

  it.each([paidEarly, sold, contested, shortOf, released])(
    'changes nothing for an order that is $status',
    (reservation) => {
      const { answer, next } = after(reservation, payment);
      expect(answer).toBeNull();
      expect(next).toBe(reservation);
    },
  );
});
