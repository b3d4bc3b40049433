import type { BookEntry } from '../../stripe/index.ts';
import type { OrderSeen } from '../shop/orders.ts';
import { type Case, type Evidence, minorOf, netOf, stepsOf, unknownForMs } from './evidence.ts';

/** What must hold once everything has come to rest. */
export interface Rule {
  readonly name: string;
  /** What is wrong, a sentence each. */
  readonly find: (evidence: Evidence) => readonly string[];
}

type Known = Case & { readonly order: OrderSeen };

const isKnown = (each: Case): each is Known => each.order !== null;

/** A rule on each order that panier knows; null where it is right. */
const ofEach = (name: string, problemOf: (known: Known) => string | null): Rule => ({
  name,
  find: ({ cases }) =>
    cases.filter(isKnown).flatMap((known) => {
      const problem = problemOf(known);
      return problem === null ? [] : [`${known.orderId} (${known.order.status}): ${problem}`];
    }),
});

const FINAL = ['CONFIRMED', 'CANCELLED', 'REJECTED'];

const sumOf = (entries: readonly BookEntry[], valueOf: (entry: BookEntry) => number): number =>
  entries.reduce((sum, entry) => sum + valueOf(entry), 0);

const charged = ({ entries }: Case): readonly BookEntry[] => entries.filter((entry) => entry.charges > 0);

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** What an event says of a payment, as the provider counts. */
const moneyIn = (data: Readonly<Record<string, unknown>>): number =>
  minorOf({ amount: text(data['amount']), currency: text(data['currency']) });

const MONEY: readonly Rule[] = [
  ofEach('nobody is charged twice, net', ({ entries }) => {
    const kept = entries.filter((entry) => netOf(entry) > 0);
    return kept.length > 1 ? `${kept.map(({ paymentIntent }) => paymentIntent).join(', ')} are all paid` : null;
  }),
  ofEach('what was paid is confirmed, or given back', ({ order, entries }) => {
    // What the customer's bank has taken back, nobody can give back.
    const net = sumOf(entries, (entry) => (entry.disputes > 0 ? 0 : netOf(entry)));
    return order.status !== 'CONFIRMED' && net !== 0 ? `${net} are kept` : null;
  }),
  ofEach('what is confirmed is paid, exactly', ({ order, entries }) => {
    const [net, total] = [sumOf(entries, netOf), minorOf(order.totalAmount)];
    return order.status === 'CONFIRMED' && net !== total ? `${net} are paid of ${total}` : null;
  }),
  ofEach('amount and currency are the order’s', ({ order, entries }) => {
    const { currency } = order.totalAmount;
    const wrong = entries.find((each) => {
      const isAmount = each.amount === minorOf(order.totalAmount);
      return !isAmount || each.currency !== currency.toLowerCase();
    });
    return wrong === undefined ? null : `${wrong.paymentIntent} is of ${wrong.amount} ${wrong.currency}`;
  }),
  ofEach('a refund is made once, of all', ({ entries }) => {
    const wrong = entries.find(
      ({ refunds, refunded, charged: all }) => refunds > 1 || (refunds > 0 && refunded !== all),
    );
    return wrong === undefined ? null : `${wrong.paymentIntent}: ${wrong.refunds} refunds of ${wrong.refunded}`;
  }),
];

const ENDS: readonly Rule[] = [
  { name: 'customers can do what they may', find: ({ refused }) => refused },
  {
    name: 'panier knows every order',
    find: ({ cases }) => cases.filter((each) => !isKnown(each)).map(({ orderId }) => orderId),
  },
  ofEach('every order ends', ({ order }) => (FINAL.includes(order.status) ? null : 'it has not ended')),
  ofEach('an order ends as its customer’s doing allows', ({ order, ends }) =>
    !FINAL.includes(order.status) || ends.includes(order.status) ? null : `it was to end ${ends.join(' or ')}`,
  ),
  ofEach('no payment is left open', ({ order, entries }) => {
    const open = entries.find(({ status }) => status === 'requires_action' || status === 'processing');
    return !FINAL.includes(order.status) || open === undefined ? null : `${open.paymentIntent} is ${open.status}`;
  }),
];

/** Three times what one question may wait: it may be lost, too, as the notice was, or find that Stripe is to be left alone. */
const KNOWN_WITHIN_MS = 180_000;

const TOLD: readonly Rule[] = [
  ofEach('what was paid is known in time', (known) => {
    const longest = Math.max(0, ...unknownForMs(known));
    return longest > KNOWN_WITHIN_MS ? `after ${(longest / 1_000).toFixed(1)} s` : null;
  }),
  ofEach('every charge is recorded once, with its amount', (known) => {
    const recorded = stepsOf(known.order, 'PaymentSucceeded').map(
      (data) => `${text(data['payment_id'])} ${moneyIn(data)}`,
    );
    const made = charged(known).map((entry) => `${entry.paymentIntent} ${entry.charged}`);
    const same = recorded.toSorted().join() === made.toSorted().join();
    return same ? null : `recorded: ${recorded.join(', ') || 'none'}; made: ${made.join(', ') || 'none'}`;
  }),
  ofEach('every refund is recorded once, with its amount', (known) => {
    const recorded = stepsOf(known.order, 'PaymentRefunded').map(
      (data) => `${text(data['payment_id'])} ${moneyIn(data)}`,
    );
    const made = charged(known)
      .filter(({ refunds }) => refunds > 0)
      .map((entry) => `${entry.paymentIntent} ${entry.refunded}`);
    const same = recorded.toSorted().join() === made.toSorted().join();
    return same ? null : `recorded: ${recorded.join(', ') || 'none'}; made: ${made.join(', ') || 'none'}`;
  }),
  ofEach('every dispute that was told is recorded', ({ order, entries }) => {
    const disputes = sumOf(entries, (entry) => entry.disputes);
    const told = disputes - sumOf(entries, (entry) => entry.untoldDisputes);
    const recorded = new Set(stepsOf(order, 'PaymentDisputed').map((data) => data['dispute_id'])).size;
    return recorded < told || recorded > disputes ? `${recorded} of ${told}` : null;
  }),
];

const OTHERS: readonly Rule[] = [
  {
    name: 'nothing is done to what is not ours',
    find: ({ others }) =>
      others
        .filter(({ isForeign, refunds, status }) => isForeign && (refunds > 0 || status !== 'succeeded'))
        .map(({ paymentIntent, status }) => `${paymentIntent} is ${status}`),
  },
  {
    name: 'nothing is charged for no order',
    find: ({ others }) =>
      others.filter(({ isForeign, charges }) => !isForeign && charges > 0).map(({ paymentIntent }) => paymentIntent),
  },
];

export const RULES: readonly Rule[] = [...MONEY, ...ENDS, ...TOLD, ...OTHERS];
