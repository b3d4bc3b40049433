import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Recorded } from '../events/index.ts';
import { decide, type OrderEventHeard } from './decide.ts';
import {
  cancelled,
  confirmed,
  created,
  createdWithLines,
  failed,
  OUTSIDE,
  refunded,
  succeeded,
} from './heard.fixture.ts';
import { evolve, NO_RESERVATION, type Reservation } from './reservation.ts';
import { emptyLevel } from './stock.ts';

const ORDER = 'order_1';
const expiresAt = '2026-01-01T00:15:00.000Z';
const lines = [{ productId: 'prod_1', quantity: 2 }];
const circumstances = { stock: new Map([['prod_1', { ...emptyLevel('prod_1'), available: 5 }]]), expiresAt };

const paidEarly: Reservation = { status: 'None', isPaid: true };
const held: Reservation = { status: 'Held', lines };
const sold: Reservation = { status: 'Sold', lines };
const contested: Reservation = { status: 'Contested', lines };
const returned: Reservation = { status: 'Refunded', lines };
const final: Reservation = { status: 'Confirmed', lines, isAnswered: false };
const answered: Reservation = { status: 'Confirmed', lines, isAnswered: true };
const shortOf: Reservation = { status: 'Failed' };
const released: Reservation = { status: 'Released' };

const beginning = created(ORDER, { prod_1: 2 });
const givenBack = { type: 'StockCompensated', data: { orderId: ORDER, lines } };
const nothingToGiveBack = { type: 'StockCompensated', data: { orderId: ORDER, lines: [] } };

const after = (reservation: Reservation, recorded: Recorded<OrderEventHeard>) => {
  const { reservation: heard, answer } = decide(reservation, recorded, circumstances);
  return { answer, next: answer === null ? heard : evolve(heard, answer) };
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

  it('reserves and sells at once what was paid before', () => {
    const { answer, next } = after(paidEarly, beginning);
    expect(answer?.type).toBe('StockReserved');
    expect(next).toEqual(sold);
  });

  it.each([held, sold, contested, returned, final, answered, shortOf, released])(
    'decides nothing for an order that is $status',
    (reservation) => {
      expect(after(reservation, beginning)).toEqual(unchanged(reservation));
    },
  );
});

describe('PaymentSucceeded', () => {
  it('sells what is held', () => {
    expect(after(held, succeeded(ORDER))).toEqual({ answer: null, next: sold });
  });

  it('is remembered until the beginning is heard', () => {
    expect(after(NO_RESERVATION, succeeded(ORDER))).toEqual({ answer: null, next: paidEarly });
  });

  it.each([paidEarly, sold, contested, returned, final, shortOf, released])(
    'changes nothing for an order that is $status',
    (reservation) => {
      expect(after(reservation, succeeded(ORDER))).toEqual(unchanged(reservation));
    },
  );
});

describe('OrderConfirmed', () => {
  it.each([held, sold, returned])('makes a sale final that is $status', (reservation) => {
    expect(after(reservation, confirmed(ORDER))).toEqual({ answer: null, next: final });
  });

  it('settles a contested sale: nothing is given back', () => {
    expect(after(contested, confirmed(ORDER))).toEqual({ answer: nothingToGiveBack, next: answered });
  });

  it('counts as a payment before the beginning', () => {
    expect(after(NO_RESERVATION, confirmed(ORDER))).toEqual({ answer: null, next: paidEarly });
  });

  it.each([shortOf, released])('changes nothing for an order that is $status', (reservation) => {
    expect(after(reservation, confirmed(ORDER))).toEqual(unchanged(reservation));
  });
});

describe.each([
  ['OrderCancelled', cancelled(ORDER)],
  ["the owner's PaymentFailed", failed(ORDER)],
])('%s', (_, end) => {
  it.each([held, sold, contested, returned])('gives back what is $status', (reservation) => {
    expect(after(reservation, end)).toEqual({ answer: givenBack, next: released });
  });

  it('leaves a final sale as it is and says so once', () => {
    expect(after(final, end)).toEqual({ answer: nothingToGiveBack, next: answered });
  });

  it.each([NO_RESERVATION, paidEarly])('before the beginning sees to it that nothing will be taken', (reservation) => {
    expect(after(reservation, end)).toEqual({ answer: nothingToGiveBack, next: released });
  });

  it.each([shortOf, released, answered])(
    'changes nothing for an order that is $status and was answered',
    (reservation) => {
      expect(after(reservation, end)).toEqual(unchanged(reservation));
    },
  );
});

describe("another service's PaymentFailed", () => {
  const failure = failed(ORDER, { producer: OUTSIDE });

  it.each([held, returned])('gives back what is $status', (reservation) => {
    expect(after(reservation, failure)).toEqual({ answer: givenBack, next: released });
  });

  it('contests a sale, and leaves the answer to the word of the owner', () => {
    expect(after(sold, failure)).toEqual({ answer: null, next: contested });
    expect(after(contested, failure)).toEqual(unchanged(contested));
  });

  it('leaves a final sale as it is and says so once', () => {
    expect(after(final, failure)).toEqual({ answer: nothingToGiveBack, next: answered });
    expect(after(answered, failure)).toEqual(unchanged(answered));
  });

  it.each([NO_RESERVATION, paidEarly])('before the beginning sees to it that nothing will be taken', (reservation) => {
    expect(after(reservation, failure)).toEqual({ answer: nothingToGiveBack, next: released });
  });
});

describe('PaymentRefunded', () => {
  it('gives back what is contested: the owner believed the failure', () => {
    expect(after(contested, refunded(ORDER))).toEqual({ answer: givenBack, next: released });
  });

  it('before the beginning tells that the order is over', () => {
    expect(after(NO_RESERVATION, refunded(ORDER))).toEqual({ answer: nothingToGiveBack, next: released });
  });

  it.each([held, sold])('is remembered while it may be of one payment too many ($status)', (reservation) => {
    expect(after(reservation, refunded(ORDER))).toEqual({ answer: null, next: returned });
  });

  it.each([returned, final, answered, shortOf, released])(
    'changes nothing for an order that is $status',
    (reservation) => {
      expect(after(reservation, refunded(ORDER))).toEqual(unchanged(reservation));
    },
  );

  it('of another service changes nothing', () => {
    expect(after(contested, refunded(ORDER, { producer: OUTSIDE }))).toEqual(unchanged(contested));
  });
});

describe('an event that tells nothing new', () => {
  const reservations = [NO_RESERVATION, paidEarly, held, sold, contested, returned, final, answered, shortOf, released];
  const foreignFailure = failed(ORDER, { producer: OUTSIDE });
  const events = [beginning, succeeded(ORDER), confirmed(ORDER), cancelled(ORDER), failed(ORDER), foreignFailure];

  it.each(reservations)('leaves the very same reservation, so that no row is written ($status)', (reservation) => {
    const ends = [...events, refunded(ORDER)].map((recorded) => after(reservation, recorded).next);
    for (const next of ends) expect(next === reservation).toBe(isDeepStrictEqual(next, reservation));
  });
});
