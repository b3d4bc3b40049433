import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as say from '../../test/support/order-history.ts';
import { factsOf, HISTORIES, recordedInTurn } from '../../test/support/order-history.ts';
import type { OrderEvent } from './catalogue.ts';
import { failureOf, isFinal, isPaid, learn, linesHeld, reservationExpiresAt, statusOf } from './order-lifecycle.ts';

const factsAfter = (...events: readonly OrderEvent[]) => factsOf(recordedInTurn(events));
const { created, reserved, requested, shortage, declined, cancelled, compensated, confirmed } = say;

describe('the status of an order', () => {
  it.each([
    ['PENDING', [created]],
    ['PENDING', []],
    ['PENDING', [created, requested]],
    ['PENDING', [created, say.rejected]],
    ['PENDING', [created, shortage]],
    ['PENDING', [created, say.succeeded()]],
    ['AWAITING_PAYMENT', [created, reserved]],
    ['AWAITING_PAYMENT', [created, reserved, requested]],
    ['AWAITING_PAYMENT', [created, reserved, requested, say.succeeded()]],
    ['AWAITING_PAYMENT', [created, reserved, requested, confirmed]],
    ['CONFIRMED', HISTORIES['confirmed']],
    ['REJECTED', HISTORIES['rejected']],
    ['COMPENSATING', [created, reserved, requested, declined]],
    ['COMPENSATING', [created, reserved, cancelled]],
    ['COMPENSATING', [created, cancelled]],
    ['COMPENSATING', [created, cancelled, compensated]],
    ['CANCELLED', HISTORIES['declined']],
    ['CANCELLED', HISTORIES['expired']],
    ['CANCELLED', HISTORIES['cancelled before the reservation']],
    ['CANCELLED', HISTORIES['cancelled after the reservation']],
    ['CANCELLED', HISTORIES['cancelled while the stock ran out']],
    ['CANCELLED', HISTORIES['paid too late']],
    ['CONFIRMED', HISTORIES['paid twice']],
    ['CONFIRMED', HISTORIES['said to have failed after it was confirmed']],
    ['CANCELLED', HISTORIES['given back after it was confirmed']],
  ] as const)('is %s after its events %#', (status, events) => {
    expect(statusOf(factsAfter(...(events ?? [])))).toBe(status);
  });

  it('is final when nothing can change it any more', () => {
    const statuses = ['PENDING', 'AWAITING_PAYMENT', 'CONFIRMED', 'REJECTED', 'COMPENSATING', 'CANCELLED'] as const;
    expect(statuses.filter(isFinal)).toEqual(['CONFIRMED', 'REJECTED', 'CANCELLED']);
  });
});

const failureAfter = (name: keyof typeof HISTORIES) => failureOf(factsAfter(...(HISTORIES[name] ?? [])));

describe('the failure of an order', () => {
  it('names the products that ran out', () => {
    const message = 'prod_1: 2 wanted, 1 available';
    expect(failureAfter('rejected')).toEqual({ reason: 'OUT_OF_STOCK', message, productIds: ['prod_1'] });
  });

  it.each([
    ['declined', 'PAYMENT_DECLINED', 'Your card was declined.'],
    ['expired', 'PAYMENT_EXPIRED', 'Too late.'],
    ['cancelled after the reservation', 'CANCELLED_BY_CUSTOMER', 'changed my mind'],
    ['paid too late', 'PAYMENT_EXPIRED', 'Too late.'],
    ['told twice with different data', 'PAYMENT_DECLINED', 'Your card was declined.'],
  ] as const)('of one that was %s is %s', (name, reason, message) => {
    expect(failureAfter(name)).toEqual({ reason, message, productIds: [] });
  });

  it('is whatever came first', () => {
    expect(failureOf(factsAfter(created, reserved, cancelled, declined))?.reason).toBe('CANCELLED_BY_CUSTOMER');
    expect(failureOf(factsAfter(created, reserved, declined, cancelled))?.reason).toBe('PAYMENT_DECLINED');
  });

  it('is none while it may go through, and when it did', () => {
    expect(failureAfter('confirmed')).toBeNull();
    expect(failureOf(factsAfter(created, reserved, requested))).toBeNull();
    expect(failureOf(factsAfter(created, say.rejected))).toBeNull();
  });
});

describe('the stock of an order', () => {
  it('is held from the reservation until it is given back', () => {
    expect(linesHeld(factsAfter(created))).toEqual([]);
    expect(linesHeld(factsAfter(created, reserved))).toEqual([{ productId: 'prod_1', quantity: 2 }]);
    expect(linesHeld(factsAfter(created, reserved, declined, compensated))).toEqual([]);
  });

  it('is given back in vain when nothing was held', () => {
    expect(linesHeld(factsAfter(created, say.nothingToCompensate, reserved))).toHaveLength(1);
  });
});

describe('an order', () => {
  it.each([
    [true, [say.succeeded('pay_1')]],
    [true, [say.succeeded('pay_1', '10.50'), say.succeeded('pay_2', '10.50')]],
    [true, [say.succeeded('pay_1', '500.00')]],
    [false, [say.succeeded('pay_1', '20.99')]],
    [false, [say.succeeded('pay_1', '10.50'), say.succeeded('pay_1', '10.50')]],
    [false, [say.succeeded('pay_1', '2100', 'JPY')]],
    [false, [requested]],
  ])('is paid (%s) once its payments cover its total, %#', (paid, events) => {
    expect(isPaid(factsAfter(created, ...events))).toBe(paid);
  });

  it('is not known to be paid before it is known itself', () => {
    expect(isPaid(factsAfter(say.succeeded()))).toBe(false);
  });
});

describe('the end of a reservation', () => {
  it('is known while the order waits for its payment', () => {
    expect(reservationExpiresAt(factsAfter(created))).toBeNull();
    expect(reservationExpiresAt(factsAfter(created, reserved))).toBe('2026-01-02T04:00:00.000Z');
    expect(reservationExpiresAt(factsAfter(created, reserved, say.succeeded()))).toBeNull();
    expect(reservationExpiresAt(factsAfter(created, reserved, declined))).toBeNull();
  });
});

describe('what is known of an order', () => {
  it.each(Object.entries(HISTORIES))('does not depend on how it was heard: %s', (_, events) => {
    const told = recordedInTurn(events);
    const facts = factsOf(told);
    const retold = fc
      .array(fc.constantFrom(...told), { maxLength: 6 })
      .chain((again) => fc.shuffledSubarray([...told, ...again], { minLength: told.length + again.length }));
    fc.assert(
      fc.property(retold, (heard) => {
        const known = factsOf(heard);
        expect(known).toEqual(facts);
        expect([statusOf(known), failureOf(known)]).toEqual([statusOf(facts), failureOf(facts)]);
      }),
      { numRuns: 200 },
    );
  });

  it('does not depend on how it was heard when all of it occurred at once', () => {
    const at = '2026-01-02T00:00:00.000Z';
    const told = recordedInTurn(HISTORIES['told twice with different data'] ?? []).map(({ envelope, event }) => ({
      envelope: { ...envelope, occurredAt: at },
      event,
    }));
    fc.assert(
      fc.property(fc.shuffledSubarray(told, { minLength: told.length }), (heard) => {
        expect(factsOf(heard)).toEqual(factsOf(told));
      }),
    );
  });

  it('survives being kept as JSON', () => {
    const facts = factsAfter(...(HISTORIES['paid twice'] ?? []));
    expect(JSON.parse(JSON.stringify(facts))).toEqual(facts);
  });

  it('changes only by an event', () => {
    const facts = factsAfter(created);
    const before = structuredClone(facts);
    for (const event of recordedInTurn([reserved, say.succeeded()])) learn(facts, event);
    expect(facts).toEqual(before);
  });

  it.each(['__proto__', 'constructor', 'toString'])('has room for a payment called %s', (paymentId) => {
    const facts = factsAfter(created, reserved, say.succeeded(paymentId));
    expect(Object.keys(facts.succeeded)).toEqual([paymentId]);
    expect(isPaid(facts)).toBe(true);
    expect(Object.keys(factsAfter(created, say.succeeded(paymentId), say.succeeded('pay_1')).succeeded)).toHaveLength(
      2,
    );
  });
});
