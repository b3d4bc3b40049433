import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as say from '../../../harness/support/order-history.ts';
import { recordedInTurn } from '../../../harness/support/order-history.ts';
import { type DomainEvent, type OrderEvent, type Recorded, readOrder } from '../../events/index.ts';
import { recordWithConsequences } from './decide.ts';
import { emptyJournal, journalOf, type OrderJournal, receiveAll, write } from './order-journal.fixture.ts';

const placed = journalOf(say.created);
const cancelledEarly = journalOf(say.created, say.cancelled);
const { reserved, shortage, declined, compensated, succeeded } = say;

const half = (paymentId: string) => succeeded(paymentId, '10.50');

const refundOf = (paymentId: string): DomainEvent => ({
  type: 'PaymentRefunded',
  data: { orderId: 'order_1', paymentId, amount: '21.00', currency: 'EUR', reason: 'The order did not go through.' },
});

const refundsOf = ({ tasks }: Pick<OrderJournal, 'tasks'>): readonly string[] =>
  [...tasks.keys()].filter((kind) => kind.startsWith('refund:')).toSorted();

/** The task of a refund is carried out. */
const giveBack = (journal: OrderJournal, kind: string): OrderJournal => {
  const done = { kind, orderId: 'order_1' };
  const refunded = refundOf(kind.slice('refund:'.length));
  return write(journal, recordWithConsequences(journal.order.state, [refunded], { done }));
};

const giveOneBack = (journal: OrderJournal): OrderJournal => {
  const [first] = refundsOf(journal);
  return first === undefined ? journal : giveBack(journal, first);
};

const typesOf = ({ own }: OrderJournal) => own.map(({ type }) => type);
const afterReceiving = (journal: OrderJournal, ...events: readonly OrderEvent[]) =>
  receiveAll(journal, recordedInTurn(events));

describe('an order that receives what became of its stock', () => {
  it('asks for its payment, and knows when to give up', () => {
    const journal = afterReceiving(placed, reserved);
    expect(typesOf(journal)).toEqual(['OrderCreated', 'PaymentRequested']);
    expect([...journal.tasks.values()]).toEqual([
      {
        kind: 'charge',
        orderId: 'order_1',
        due: { afterMs: 0 },
        payload: { amount: '21.00', currency: 'EUR', attempt: 1 },
      },
      { kind: 'expire', orderId: 'order_1', due: { at: '2026-01-02T04:00:00.000Z' }, payload: {} },
    ]);
  });

  it('is rejected when the stock ran out', () => {
    const journal = afterReceiving(placed, shortage);
    expect(typesOf(journal)).toEqual(['OrderCreated', 'OrderRejected']);
    expect(journal.tasks.size).toBe(0);
  });

  it('waits for its customer when it has no payment method', () => {
    const { type, data } = say.created as Extract<OrderEvent, { type: 'OrderCreated' }>;
    const journal = afterReceiving(journalOf({ type, data: { ...data, methodKind: null } }), reserved);
    expect(typesOf(journal)).toEqual(['OrderCreated']);
    expect(journal.scheduled).toEqual(['expire']);
  });

  it('is not charged once it is cancelled', () => {
    const journal = afterReceiving(cancelledEarly, reserved);
    expect(typesOf(journal)).toEqual(['OrderCreated', 'OrderCancelled']);
    expect(journal.scheduled).toEqual([]);
  });

  it('has its pending charge looked at again at once when it is over', () => {
    const pending = write(afterReceiving(placed, reserved), { events: [say.pending('CUSTOMER')] });
    const before = new Map(pending.tasks).get('charge');
    const journal = afterReceiving(pending, compensated);
    expect(typesOf(journal).at(-1)).toBe('OrderCancelled');
    expect(journal.tasks.get('charge')).toEqual({ ...before, due: { afterMs: 1 } });
    expect(afterReceiving(journal, declined).tasks.get('charge')).toEqual(journal.tasks.get('charge'));
  });

  it('receives nothing twice', () => {
    const told = recordedInTurn([reserved]);
    const journal = receiveAll(placed, [...told, ...told, ...told]);
    expect(journal.order.sequence).toBe(3);
    expect(journal.scheduled).toEqual(['charge', 'expire']);
  });
});

describe('an order that receives a payment made elsewhere', () => {
  it('is confirmed, and not charged any more', () => {
    const journal = afterReceiving(placed, succeeded('pay_9'), reserved);
    expect(typesOf(journal)).toEqual(['OrderCreated', 'OrderConfirmed']);
    expect(journal.tasks.size).toBe(0);
  });

  it('gives back what comes after its end', () => {
    const journal = afterReceiving(placed, reserved, declined, compensated, succeeded('pay_9'));
    expect(journal.tasks.get('refund:pay_9')?.payload).toEqual({
      paymentId: 'pay_9',
      amount: '21.00',
      currency: 'EUR',
    });
  });

  it('gives back the later of two payments, whichever is received first', () => {
    const [, early, late] = recordedInTurn([reserved, succeeded('pay_a'), succeeded('pay_b')]);
    const confirmed = afterReceiving(placed, reserved);
    for (const told of [
      [early, late],
      [late, early],
    ] as Recorded[][]) {
      expect(receiveAll(confirmed, told).scheduled).toEqual(['charge', 'expire', 'refund:pay_b']);
    }
  });

  it('keeps a payment when another, which is given back, is told again as the earlier one', () => {
    const [, earlier, own, other] = recordedInTurn([
      reserved,
      succeeded('pay_b'),
      succeeded('pay_a'),
      succeeded('pay_b'),
    ]) as readonly [Recorded, Recorded, Recorded, Recorded];
    const paidTwice = receiveAll(afterReceiving(placed, reserved), [own, other]);
    expect(paidTwice.scheduled).toEqual(['charge', 'expire', 'refund:pay_b']);
    const meanwhile = receiveAll(paidTwice, [earlier]);
    expect(meanwhile.scheduled).toEqual(paidTwice.scheduled);
    const givenBack = [
      write(meanwhile, { events: [refundOf('pay_b')] }),
      write(paidTwice, { events: [refundOf('pay_b')] }),
    ];
    for (const journal of givenBack) {
      const told = receiveAll(journal, [earlier]);
      expect(told.scheduled).toEqual(paidTwice.scheduled);
      const { kept, owedBack } = readOrder(told.order.state).money;
      expect([kept, owedBack].map((payments) => payments.map(({ data }) => data.paymentId))).toEqual([['pay_a'], []]);
    }
  });

  it('gives back a payment that was passed over, once a third one takes the place', () => {
    const [, third, earlier, own, other] = recordedInTurn([
      reserved,
      succeeded('pay_c'),
      succeeded('pay_b'),
      succeeded('pay_a'),
      succeeded('pay_b'),
    ]) as readonly [Recorded, Recorded, Recorded, Recorded, Recorded];
    const passedOver = receiveAll(afterReceiving(placed, reserved), [own, other, earlier]);
    expect(passedOver.scheduled).toEqual(['charge', 'expire', 'refund:pay_b']);
    expect(refundsOf(receiveAll(passedOver, [third]))).toEqual(['refund:pay_a', 'refund:pay_b']);
    const alreadyBack = giveBack(passedOver, 'refund:pay_b');
    expect(refundsOf(receiveAll(alreadyBack, [third]))).toEqual(['refund:pay_a']);
  });

  it('keeps one payment and gives back the others, whatever is told again as of another time, and when', () => {
    const payments = ['pay_a', 'pay_b', 'pay_c', 'pay_d'].map((paymentId) => succeeded(paymentId));
    const tellings = [...payments, ...payments, ...payments.slice(0, 2)];
    const told = fc
      .shuffledSubarray(tellings, { minLength: 6 })
      .map((inTurn) => recordedInTurn([reserved, ...inTurn]).slice(1))
      .chain((recorded) => {
        const steps = [...recorded, ...recorded.map(() => null)];
        return fc.shuffledSubarray(steps, { minLength: steps.length });
      });
    fc.assert(
      fc.property(told, (steps) => {
        const start = afterReceiving(placed, reserved);
        const ended = steps.reduce(
          (known, step) => (step === null ? giveOneBack(known) : receiveAll(known, [step])),
          start,
        );
        const done = steps.reduce(giveOneBack, ended);
        const { kept, owedBack } = readOrder(done.order.state).money;
        expect([kept.length, owedBack, refundsOf(done)]).toEqual([1, [], []]);
      }),
      { numRuns: 500 },
    );
  });

  it.each(['constructor', '__proto__'])('gives it back even when it is called %s', (paymentId) => {
    const journal = afterReceiving(cancelledEarly, succeeded(paymentId));
    expect(journal.scheduled).toEqual([`refund:${paymentId}`]);
  });
});

const orderings = (told: readonly Recorded[]) =>
  fc
    .array(fc.constantFrom(...told), { maxLength: 4 })
    .chain((again) => fc.shuffledSubarray([...told, ...again], { minLength: told.length + again.length }));

/** What the journal says in the end; a payment that was asked for in vain is no part of the outcome. */
const outcomeOf = ({ order, own, tasks }: OrderJournal) => ({
  status: readOrder(order.state).status,
  own: new Set(own.map(({ type }) => type).filter((type) => type !== 'PaymentRequested')),
  refunds: refundsOf({ tasks }),
  isExpiring: tasks.has('expire'),
});

describe('whatever the order in which it is received', () => {
  const SETS: readonly (readonly [string, OrderJournal, readonly OrderEvent[]])[] = [
    ['a reservation', placed, [reserved]],
    ['a shortage', placed, [shortage]],
    ['a reservation and a payment', placed, [reserved, succeeded('pay_1')]],
    [
      'a reservation and three payments',
      placed,
      [reserved, succeeded('pay_c'), succeeded('pay_a'), succeeded('pay_b')],
    ],
    ['a reservation and three halves of a payment', placed, [reserved, half('pay_c'), half('pay_a'), half('pay_b')]],
    [
      'a reservation, a half and two payments',
      placed,
      [reserved, half('pay_c'), succeeded('pay_a'), succeeded('pay_b')],
    ],
    ['a reservation and too little', placed, [reserved, half('pay_1')]],
    ['a cancelled order and too little', cancelledEarly, [reserved, half('pay_1')]],
    ['a reservation and a failed payment', placed, [reserved, declined]],
    ['a failed payment before any reservation', placed, [declined]],
    ['a shortage and a late payment', placed, [shortage, succeeded('pay_1')]],
    [
      'a cancelled order with two payments',
      cancelledEarly,
      [reserved, compensated, succeeded('pay_1'), succeeded('pay_2')],
    ],
    ['an order of another service, reserved', emptyJournal, [say.created, reserved]],
    [
      'an order of another service, paid twice',
      emptyJournal,
      [say.created, reserved, succeeded('pay_1'), succeeded('pay_2')],
    ],
    ['an order of another service, cancelled and paid', emptyJournal, [say.created, say.cancelled, succeeded('pay_1')]],
  ];

  it.each(SETS)('%s ends the same', (_, start, events) => {
    const told = recordedInTurn(events);
    const expected = outcomeOf(receiveAll(start, told));
    fc.assert(
      fc.property(orderings(told), (received) => {
        const journal = receiveAll(start, received);
        expect(outcomeOf(journal)).toEqual(expected);
        expect(outcomeOf(journal).refunds).toEqual(
          readOrder(journal.order.state).money.owedBack.map(({ data }) => `refund:${data.paymentId}`),
        );
        const others = journal.scheduled.filter((kind) => !kind.startsWith('refund:'));
        expect(new Set(others).size).toBe(others.length);
      }),
    );
  });

  it('a reserved order is charged exactly once', () => {
    for (const start of [placed, emptyJournal]) {
      const told = recordedInTurn(start === placed ? [reserved] : [say.created, reserved]);
      fc.assert(
        fc.property(orderings(told), (received) => {
          expect(receiveAll(start, received).scheduled.toSorted()).toEqual(['charge', 'expire']);
        }),
      );
    }
  });
});
