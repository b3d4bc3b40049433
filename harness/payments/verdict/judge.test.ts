import { describe, expect, it } from 'vitest';
import type { BookEntry } from '../../stripe/index.ts';
import type { OrderSeen } from '../shop/orders.ts';
import { evidenceOf } from './evidence.ts';
import { isSound, judge } from './judge.ts';
import { RULES } from './rules.ts';

const ID = 'order_1';
const MONEY = { amount: '21.00', currency: 'EUR' };

const entry = (given: Partial<BookEntry> = {}): BookEntry => ({
  paymentIntent: 'pi_1',
  status: 'succeeded',
  amount: 2_100,
  currency: 'eur',
  metadata: { order_id: ID },
  keys: [`${ID}:1`],
  isForeign: false,
  charged: 2_100,
  charges: 1,
  paidAtMs: Date.parse(PAID_AT),
  refunded: 0,
  refunds: 0,
  failedRefunds: 0,
  disputes: 0,
  untoldDisputes: 0,
  ...given,
});

const GIVEN_BACK = { refunded: 2_100, refunds: 1 };
const UNPAID = { status: 'canceled', charged: 0, charges: 0 } as const;

const PAID_AT = '2026-01-02T03:04:05.000Z';

const step = (type: string, data: Readonly<Record<string, unknown>>, occurredAt = PAID_AT) => ({
  event: { type, data, occurredAt },
});
const paid = (id = 'pi_1', money = MONEY) => step('PaymentSucceeded', { payment_id: id, ...money });
const refunded = (id = 'pi_1') => step('PaymentRefunded', { payment_id: id, ...MONEY });
const disputed = (id = 'dp_1') => step('PaymentDisputed', { dispute_id: id });

const order = (given: Partial<OrderSeen> = {}): OrderSeen => ({
  id: ID,
  status: 'CONFIRMED',
  totalAmount: MONEY,
  payment: { status: 'SUCCEEDED' },
  steps: [paid()],
  ...given,
});

const CANCELLED: Partial<OrderSeen> = { status: 'CANCELLED', steps: [] };

interface Told {
  readonly order?: OrderSeen | null;
  readonly books?: readonly BookEntry[];
  readonly ends?: readonly string[];
  readonly refused?: readonly string[];
}

const brokenBy = ({
  order: seen = order(),
  books = [entry()],
  ends = ['CONFIRMED', 'CANCELLED'],
  refused = [],
}: Told) => {
  const orders = new Map(seen === null ? [] : [[ID, seen]]);
  const verdicts = judge(evidenceOf({ placed: new Map([[ID, ends]]), orders, books, refused }));
  return verdicts.filter(({ broken }) => broken.length > 0).map(({ rule }) => rule);
};

const TWICE = [entry(), entry({ paymentIntent: 'pi_2' })];
const BOTH_PAID = [paid(), paid('pi_2')];

const BREAKING: readonly (readonly [rule: string, told: Told])[] = [
  ['nobody is charged twice, net', { order: order({ steps: BOTH_PAID }), books: TWICE }],
  ['what was paid is confirmed, or given back', { order: order({ ...CANCELLED, steps: [paid()] }) }],
  ['what is confirmed is paid, exactly', { order: order({ steps: [] }), books: [entry(UNPAID)] }],
  ['what is confirmed is paid, exactly', { order: order({ steps: BOTH_PAID }), books: TWICE }],
  ['amount and currency are the order’s', { books: [entry({ amount: 2_000 })] }],
  ['amount and currency are the order’s', { books: [entry({ currency: 'usd' })] }],
  ['a refund is made once, of all', { books: [entry({ refunded: 100, refunds: 1 })] }],
  ['a refund is made once, of all', { books: [entry({ refunded: 2_100, refunds: 2 })] }],
  ['customers can do what they may', { refused: ['customer 7: no'] }],
  ['panier knows every order', { order: null }],
  ['every order ends', { order: order({ status: 'AWAITING_PAYMENT' }) }],
  ['an order ends as its customer’s doing allows', { ends: ['CANCELLED'] }],
  ['no payment is left open', { order: order(CANCELLED), books: [entry({ ...UNPAID, status: 'requires_action' })] }],
  ['every charge is recorded once, with its amount', { order: order({ steps: [] }) }],
  ['every charge is recorded once, with its amount', { order: order({ steps: [paid(), paid()] }) }],
  [
    'every charge is recorded once, with its amount',
    { order: order({ steps: [paid('pi_1', { amount: '20.00', currency: 'EUR' })] }) },
  ],
  ['every refund is recorded once, with its amount', { books: [entry(GIVEN_BACK)] }],
  ['every refund is recorded once, with its amount', { order: order({ steps: [paid(), refunded()] }) }],
  [
    'what was paid is known in time',
    {
      order: order({ steps: [step('PaymentSucceeded', { payment_id: 'pi_1', ...MONEY }, '2026-01-02T03:07:06.000Z')] }),
    },
  ],
  ['every dispute that was told is recorded', { order: order({ steps: [paid(), disputed()] }) }],
  ['every dispute that was told is recorded', { books: [entry({ disputes: 1 })] }],
  ['nothing is done to what is not ours', { books: [entry(), entry({ metadata: {}, isForeign: true, refunds: 1 })] }],
  ['nothing is charged for no order', { books: [entry(), entry({ metadata: { order_id: 'order_2' } })] }],
];

describe('the judge', () => {
  it.each<[string, Told]>([
    ['what was paid and is confirmed', {}],
    ['what was not paid and is cancelled', { order: order(CANCELLED), books: [entry(UNPAID)] }],
    ['what was never charged', { order: order({ ...CANCELLED, payment: null }), books: [] }],
    [
      'what was paid too late and given back',
      { order: order({ status: 'CANCELLED', steps: [paid(), refunded()] }), books: [entry(GIVEN_BACK)] },
    ],
    [
      'a payment that was given back beside the one that counts',
      {
        order: order({ steps: [...BOTH_PAID, refunded('pi_2')] }),
        books: [entry(), entry({ paymentIntent: 'pi_2', ...GIVEN_BACK })],
      },
    ],
    [
      'what the bank took back, of an order that did not go through',
      { order: order({ status: 'CANCELLED', steps: [paid(), disputed()] }), books: [entry({ disputes: 1 })] },
    ],
    ['a dispute of which nothing was told', { books: [entry({ disputes: 1, untoldDisputes: 1 })] }],
    ['an intent that nobody confirmed', { books: [entry(), entry({ ...UNPAID, status: 'requires_confirmation' })] }],
    ['somebody else’s payment', { books: [entry(), entry({ metadata: {}, isForeign: true })] }],
    [
      'yen',
      {
        order: order({
          totalAmount: { amount: '1500', currency: 'JPY' },
          steps: [paid('pi_1', { amount: '1500', currency: 'JPY' })],
        }),
        books: [entry({ amount: 1_500, charged: 1_500, currency: 'jpy' })],
      },
    ],
  ])('finds nothing wrong with %s', (_, told) => {
    expect(brokenBy(told)).toEqual([]);
  });

  it.each(BREAKING)('finds that it does not hold: %s', (rule, told) => {
    expect(brokenBy(told)).toContain(rule);
  });

  it('has each rule tried above', () => {
    expect(new Set(BREAKING.map(([rule]) => rule))).toEqual(new Set(RULES.map(({ name }) => name)));
    expect(isSound(judge(evidenceOf({ placed: new Map(), orders: new Map(), books: [], refused: [] })))).toBe(true);
  });
});
