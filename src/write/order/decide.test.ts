import { describe, expect, it, vi } from 'vitest';
import * as say from '../../../harness/support/order-history.ts';
import { recordedInTurn } from '../../../harness/support/order-history.ts';
import { customerReach } from '../../../harness/support/reach.ts';
import { recorded } from '../../../harness/support/recorded.ts';
import { NOTHING_KNOWN, type OrderEvent, type OrderFacts, readOrder } from '../../events/index.ts';
import type { CommandContext } from '../execution/commander.ts';
import { cancelOrder, expire, payOrder, recordWithConsequences } from './decide.ts';
import { orderAggregate } from './order.ts';
import { emptyJournal, journalOf, receiveAll, write } from './order-journal.fixture.ts';
import { progress } from './progress.ts';

const OPERATOR: CommandContext = { idempotencyKey: null, traceparent: null, reach: 'Everything' };
const CARD = { reference: 'pm_card_visa', kind: 'CARD' };
const EXPIRY = { kind: 'expire', orderId: 'order_1' };
const { type, data } = say.created as Extract<OrderEvent, { type: 'OrderCreated' }>;
const unpaid: OrderEvent = { type, data: { ...data, methodKind: null, customerId: 'ann' } };
const { reserved, requested, succeeded, confirmed, declined, shortage, rejected, cancelled } = say;

const orderAfter = (...events: readonly OrderEvent[]) => journalOf(...events).order;
const pay = (...events: readonly OrderEvent[]) => payOrder(orderAfter(...events), { method: CARD }, OPERATOR);
const cancel = (...events: readonly OrderEvent[]) => cancelOrder(orderAfter(...events), null, OPERATOR);
const learnAll = (facts: OrderFacts, ...events: readonly OrderEvent[]): OrderFacts =>
  recordedInTurn(events).reduce(orderAggregate.evolve, facts);
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
        events: [{ type: 'PaymentRequested', data: { amount: '21.00', methodKind: 'CARD', attempt: 1 } }],
        schedule: [{ kind: 'charge' }],
        keeps: { orderId: 'order_1', reference: 'pm_card_visa' },
        forgets: [],
      },
    });
  });

  it('says why in its event, where that was told', () => {
    const paid = payOrder(orderAfter(unpaid), { method: CARD, reason: 'by telephone' }, OPERATOR);
    expect(paid).toMatchObject({ value: { events: [{ data: { reason: 'by telephone' } }] } });
    expect(JSON.stringify(pay(unpaid))).not.toContain('reason');
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
    const eve = { ...OPERATOR, reach: customerReach('eve') };
    expect(payOrder(orderAfter(unpaid), { method: CARD }, eve)).toEqual(rejection('NOT_FOUND'));
    expect(payOrder(emptyJournal.order, { method: CARD }, OPERATOR)).toEqual(rejection('NOT_FOUND'));
    expect(payOrder(orderAfter(unpaid), { method: CARD }, { ...OPERATOR, reach: customerReach('ann') }).ok).toBe(true);
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
        forgets: [],
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
    expect(cancelOrder(orderAfter(unpaid), null, { ...OPERATOR, reach: customerReach('eve') })).toEqual(
      rejection('NOT_FOUND'),
    );
    expect(cancelOrder(emptyJournal.order, null, OPERATOR)).toEqual(rejection('NOT_FOUND'));
  });
});

describe('the end of a reservation', () => {
  const GRACE_MS = 60_000;
  const fired = { ...EXPIRY, payload: {} };

  it('fails the payment that did not come', () => {
    const decision = expire(orderAfter(unpaid, reserved), fired, GRACE_MS);
    expect(decision.events).toMatchObject([{ type: 'PaymentFailed', data: { reason: 'PAYMENT_EXPIRED' } }]);
    expect(decision.unschedule).toEqual([EXPIRY]);
  });

  it('waits once for a charge under way, counted from its own time', () => {
    const charged = orderAfter(say.created, reserved, requested);
    const decision = expire(charged, fired, GRACE_MS);
    const again = { ...EXPIRY, due: { at: '2026-01-02T04:01:00.000Z' }, payload: { inGrace: true } };
    expect(decision).toEqual({ events: [], schedule: [again] });
    const [, ...later] = expire(charged, { ...EXPIRY, payload: again.payload }, GRACE_MS).events;
    expect(later).toEqual([]);
    expect(expire(charged, { ...EXPIRY, payload: again.payload }, GRACE_MS).events).toHaveLength(1);
  });

  it('waits for no charge where there is no grace', () => {
    expect(expire(orderAfter(say.created, reserved, requested), fired, 0).events).toMatchObject([
      { data: { reason: 'PAYMENT_EXPIRED' } },
    ]);
  });

  it.each(OVER.filter(([name]) => name !== 'out of stock'))('changes nothing when the order is %s', (_, events) => {
    const nothing = { events: [], schedule: [], unschedule: [EXPIRY], forgets: [] };
    expect(expire(orderAfter(...events), fired, GRACE_MS)).toEqual(nothing);
  });

  it.each([
    ['paid', 'OrderConfirmed', [unpaid, reserved, succeeded()]],
    ['out of stock', 'OrderRejected', [unpaid, shortage]],
  ] as const)('decides over an order that is %s, where nobody has: %s', (_, verdict, events) => {
    const decision = expire(orderAfter(...events), fired, GRACE_MS);
    expect(decision).toMatchObject({ events: [{ type: verdict }], unschedule: [EXPIRY] });
  });

  it('confirms what its own charge paid, where an older version believed a stranger’s word on the amount', () => {
    const stranger = recorded(succeeded('pay_1', '0.01'), { producer: 'payment-service' });
    const told = receiveAll(journalOf(say.created, reserved, requested), [stranger]);
    const { order } = write(told, { events: [succeeded('pay_1')] });
    const decision = expire(order, fired, GRACE_MS);
    expect(decision).toMatchObject({ events: [{ type: 'OrderConfirmed' }], schedule: [], unschedule: [EXPIRY] });
  });

  it('comes once', () => {
    const expired = write(journalOf(unpaid, reserved), expire(orderAfter(unpaid, reserved), fired, GRACE_MS));
    expect(expire(expired.order, fired, GRACE_MS).events).toEqual([]);
  });
});

describe('an order of nothing', () => {
  const free: OrderEvent = { type, data: { ...data, totalAmount: '0.00' } };

  it('is confirmed with its stock, and nothing is charged', () => {
    const { state } = orderAfter(free);
    const decision = progress(state, learnAll(state, reserved));
    expect(decision).toMatchObject({ events: [{ type: 'OrderConfirmed' }], schedule: [] });
  });

  it('keeps no money that somebody pays all the same, in whatever currency', () => {
    const paid = orderAfter(free, reserved, confirmed, succeeded('pay_1', '50.00', 'USD'), succeeded('pay_2', '5.00'));
    expect(readOrder(paid.state).money.owedBack.map(({ data: { paymentId } }) => paymentId)).toEqual([
      'pay_1',
      'pay_2',
    ]);
  });
});

describe('an order whose charge was asked for before its stock was reserved', () => {
  it('says that it was never charged, when it ends before', () => {
    const decided = cancel(unpaid, requested);
    expect(decided).toMatchObject({
      value: { events: [{ type: 'OrderCancelled' }, { type: 'PaymentFailed', data: { reason: 'ORDER_OVER' } }] },
    });
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

  it('that comes after the order was confirmed by another is given back, though the clock is behind', () => {
    const others = [say.created, reserved, requested, succeeded('pay_others'), confirmed];
    vi.useFakeTimers({ now: Date.UTC(2026, 0, 1), toFake: ['Date'] });
    try {
      const decision = recordWithConsequences(learnAll(NOTHING_KNOWN, ...others), [succeeded('pay_own')]);
      expect(decision).toMatchObject({ schedule: [{ kind: 'refund:pay_own' }] });
    } finally {
      vi.useRealTimers();
    }
  });

  it('that is declined ends the order', () => {
    const { state } = orderAfter(say.created, reserved, requested);
    const decision = recordWithConsequences(state, [declined], { done: CHARGE, causedBy: 'event_7' });
    expect(decision).toEqual({
      events: [declined],
      forgets: ['order_1'],
      schedule: [],
      unschedule: [CHARGE, EXPIRY],
      causedBy: 'event_7',
    });
  });
});
