import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as say from '../../harness/support/order-history.ts';
import { factsOf, HISTORIES, recordedInTurn } from '../../harness/support/order-history.ts';
import type { OrderEvent } from './catalogue.ts';
import { learn } from './order-facts.ts';
import { readOrder, reservationExpiresAt } from './order-reading.ts';

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
    ['PENDING', [created, confirmed]],
    ['CONFIRMED', HISTORIES['confirmed']],
    ['REJECTED', HISTORIES['rejected']],
    ['COMPENSATING', [created, reserved, requested, declined]],
    ['COMPENSATING', [created, reserved, cancelled]],
    ['COMPENSATING', [created, cancelled]],
    ['COMPENSATING', [created, cancelled, compensated]],
    ['COMPENSATING', [created, reserved, say.rejected]],
    ['REJECTED', [created, reserved, say.rejected, compensated]],
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
    expect(readOrder(factsAfter(...(events ?? []))).status).toBe(status);
  });
});

const failureAfter = (name: keyof typeof HISTORIES) => readOrder(factsAfter(...(HISTORIES[name] ?? []))).failure;

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
    expect(readOrder(factsAfter(created, reserved, cancelled, declined)).failure?.reason).toBe('CANCELLED_BY_CUSTOMER');
    expect(readOrder(factsAfter(created, reserved, declined, cancelled)).failure?.reason).toBe('PAYMENT_DECLINED');
  });

  it('is none while it may go through, and when it did', () => {
    expect(failureAfter('confirmed')).toBeNull();
    expect(readOrder(factsAfter(created, reserved, requested)).failure).toBeNull();
    expect(readOrder(factsAfter(created, say.rejected)).failure).toBeNull();
  });
});

describe('the stock of an order', () => {
  it('is held from the reservation until it is given back', () => {
    expect(readOrder(factsAfter(created)).held.lines).toEqual([]);
    expect(readOrder(factsAfter(created, reserved)).held.lines).toEqual([{ productId: 'prod_1', quantity: 2 }]);
    expect(readOrder(factsAfter(created, reserved, declined, compensated)).held.lines).toEqual([]);
  });

  it('stands when, long ago, its failure was answered without lines', () => {
    const { held, status } = readOrder(
      factsAfter(created, reserved, say.succeeded(), confirmed, say.nothingToCompensate),
    );
    expect({ status, isSold: held.isSold, lines: held.lines.length }).toEqual({
      status: 'CONFIRMED',
      isSold: true,
      lines: 1,
    });
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
    [false, [say.succeeded('pay_1', '21.005')]],
    [false, [requested]],
  ])('is paid (%s) once its payments cover its total, %#', (paid, events) => {
    expect(readOrder(factsAfter(created, ...events)).isPaid).toBe(paid);
  });

  it('is not known to be paid before it is known itself', () => {
    expect(readOrder(factsAfter(say.succeeded())).isPaid).toBe(false);
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
  it.each(Object.entries(HISTORIES))('does not depend on how it was received: %s', (_, events) => {
    const told = recordedInTurn(events);
    const facts = factsOf(told);
    const retold = fc
      .array(fc.constantFrom(...told), { maxLength: 6 })
      .chain((again) => fc.shuffledSubarray([...told, ...again], { minLength: told.length + again.length }));
    fc.assert(
      fc.property(retold, (received) => {
        const known = factsOf(received);
        expect(known).toEqual(facts);
        expect(readOrder(known)).toEqual(readOrder(facts));
      }),
      { numRuns: 200 },
    );
  });

  it('does not depend on how it was received when all of it occurred at once', () => {
    const at = '2026-01-02T00:00:00.000Z';
    const told = recordedInTurn(HISTORIES['told twice with different data'] ?? []).map(({ envelope, event }) => ({
      envelope: { ...envelope, occurredAt: at },
      event,
    }));
    fc.assert(
      fc.property(fc.shuffledSubarray(told, { minLength: told.length }), (received) => {
        expect(factsOf(received)).toEqual(factsOf(told));
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
    expect(readOrder(facts).isPaid).toBe(true);
    expect(facts.asides).toEqual([]);
    expect(Object.keys(factsAfter(created, say.succeeded(paymentId), say.succeeded('pay_1')).succeeded)).toHaveLength(
      2,
    );
  });
});
