import { describe, expect, it } from 'vitest';
import * as say from '../../../test/support/order-history.ts';
import type { OrderEvent } from '../../events/index.ts';
import type { CommandContext } from '../context.ts';
import { cancelOrder, expire, payOrder, recordWithConsequences } from './decide.ts';
import { emptyJournal, journalOf, write } from './order-journal.fixture.ts';

const OPERATOR: CommandContext = { idempotencyKey: null, traceparent: null, customerId: null };
const EXPIRY = { kind: 'expire', orderId: 'order_1' };
const { type, data } = say.created as Extract<OrderEvent, { type: 'OrderCreated' }>;
const unpaid: OrderEvent = { type, data: { ...data, paymentMethod: null, customerId: 'ann' } };
const { reserved, requested, succeeded, confirmed, declined, shortage, rejected, cancelled } = say;

const orderAfter = (...events: readonly OrderEvent[]) => journalOf(...events).order;
const pay = (...events: readonly OrderEvent[]) => payOrder(orderAfter(...events), 'pm_card_visa', OPERATOR);
const cancel = (...events: readonly OrderEvent[]) => cancelOrder(orderAfter(...events), null, OPERATOR);
const rejection = (code: string) => ({ ok: false, error: expect.objectContaining({ code }) as unknown });

const OVER: readonly (readonly [string, readonly OrderEvent[]])[] = [
  ['confirmed', [unpaid, reserved, succeeded(), confirmed]],
  ['cancelled', [unpaid, cancelled]],
  ['out of stock', [unpaid, shortage]],
  ['rejected', [unpaid, shortage, rejected]],
  ['declined', [unpaid, reserved, declined]],
];

describe('pay an order', () => {
  it('asks for the payment, and charges at once when the stock is reserved', () => {
    expect(pay(unpaid, reserved)).toMatchObject({
      ok: true,
      value: {
        events: [{ type: 'PaymentRequested', data: { amount: '21.00', attempt: 1 } }],
        schedule: [{ kind: 'charge' }],
      },
    });
  });

  it('leaves the charge to the reservation when that is still to come', () => {
    const decided = pay(unpaid);
    expect(decided).toMatchObject({ ok: true, value: { events: [{ type: 'PaymentRequested' }], schedule: [] } });
  });

  it.each([
    ['was given with the order', [say.created, reserved]],
    ['was asked for before', [unpaid, reserved, requested]],
    ['was made elsewhere', [unpaid, succeeded()]],
  ])('is rejected when a payment %s', (_, events) => {
    expect(pay(...events)).toEqual(rejection('PAYMENT_IN_PROGRESS'));
  });

  it.each(OVER)('is rejected when the order is %s', (_, events) => {
    expect(pay(...events)).toEqual(rejection('ORDER_CLOSED'));
  });

  it('does not know an order of another customer, nor one that does not exist', () => {
    const eve = { ...OPERATOR, customerId: 'eve' };
    expect(payOrder(orderAfter(unpaid), 'pm_card_visa', eve)).toEqual(rejection('NOT_FOUND'));
    expect(payOrder(emptyJournal.order, 'pm_card_visa', OPERATOR)).toEqual(rejection('NOT_FOUND'));
    expect(payOrder(orderAfter(unpaid), 'pm_card_visa', { ...OPERATOR, customerId: 'ann' }).ok).toBe(true);
  });
});

describe('cancel an order', () => {
  it('records why, and stops waiting for the payment', () => {
    expect(cancelOrder(orderAfter(unpaid, reserved), 'too slow', OPERATOR)).toEqual({
      ok: true,
      value: {
        events: [{ type: 'OrderCancelled', data: { orderId: 'order_1', reason: 'too slow' } }],
        schedule: [],
        unschedule: [EXPIRY],
      },
    });
  });

  it('is possible before the stock is reserved, and while the payment is under way', () => {
    expect(cancel(unpaid).ok).toBe(true);
    expect(cancel(say.created, reserved, requested).ok).toBe(true);
  });

  it('gives back what was paid already', () => {
    expect(cancel(unpaid, succeeded('pay_7'))).toMatchObject({ value: { schedule: [{ kind: 'refund:pay_7' }] } });
  });

  it.each(OVER)('is rejected when the order is %s', (_, events) => {
    expect(cancel(...events)).toEqual(rejection('ORDER_CLOSED'));
  });

  it('does not know an order of another customer, nor one that does not exist', () => {
    expect(cancelOrder(orderAfter(unpaid), null, { ...OPERATOR, customerId: 'eve' })).toEqual(rejection('NOT_FOUND'));
    expect(cancelOrder(emptyJournal.order, null, OPERATOR)).toEqual(rejection('NOT_FOUND'));
  });
});

describe('the end of a reservation', () => {
  it('fails the payment that did not come', () => {
    const decision = expire(orderAfter(unpaid, reserved), EXPIRY);
    expect(decision.events).toMatchObject([{ type: 'PaymentFailed', data: { reason: 'PAYMENT_EXPIRED' } }]);
    expect(decision.unschedule).toEqual([EXPIRY]);
  });

  it.each([...OVER, ['paid', [unpaid, reserved, succeeded()]] as const])(
    'changes nothing when the order is %s',
    (_, events) => {
      expect(expire(orderAfter(...events), EXPIRY)).toEqual({ events: [], unschedule: [EXPIRY] });
    },
  );

  it('comes once', () => {
    const expired = write(journalOf(unpaid, reserved), expire(orderAfter(unpaid, reserved), EXPIRY));
    expect(expire(expired.order, EXPIRY).events).toEqual([]);
  });
});

describe('a payment', () => {
  const CHARGE = { kind: 'charge', orderId: 'order_1' };

  it('confirms an order whose stock is reserved', () => {
    const { state } = orderAfter(say.created, reserved, requested);
    const decision = recordWithConsequences(state, [succeeded()], { done: CHARGE, causedBy: 'event_7' });
    expect(decision.events.map((event) => event.type)).toEqual(['PaymentSucceeded', 'OrderConfirmed']);
    expect(decision).toMatchObject({ schedule: [], unschedule: [CHARGE, EXPIRY] });
  });

  it('that comes too late is recorded, and given back', () => {
    const { state } = orderAfter(say.created, reserved, requested, cancelled);
    const decision = recordWithConsequences(state, [succeeded('pay_3')], { done: CHARGE, causedBy: 'event_7' });
    expect(decision.events.map((event) => event.type)).toEqual(['PaymentSucceeded']);
    expect(decision).toMatchObject({ schedule: [{ kind: 'refund:pay_3' }], unschedule: [CHARGE] });
  });

  it('that is declined ends the order', () => {
    const { state } = orderAfter(say.created, reserved, requested);
    const decision = recordWithConsequences(state, [declined], { done: CHARGE, causedBy: 'event_7' });
    expect(decision).toEqual({ events: [declined], schedule: [], unschedule: [CHARGE, EXPIRY], causedBy: 'event_7' });
  });
});
