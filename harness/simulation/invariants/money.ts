import { type OrderStory, of, outcomeOf } from './told.ts';
import type { Ended, Violation } from './violation.ts';

const cents = (amount: unknown): bigint => {
  const [whole = '0', fraction = ''] = String(amount).split('.');
  return BigInt(whole + fraction.padEnd(2, '0'));
};

const totalOf = (story: OrderStory): bigint => cents(of(story, 'OrderCreated')[0]?.envelope.data['total_amount']);

const kept = ({ provider }: Ended, story: OrderStory): bigint =>
  [...provider.charges.values()]
    .filter(({ orderId, outcome, isRefunded }) => orderId === story.id && outcome === 'Succeeded' && !isRefunded)
    .reduce((sum, { amount }) => sum + cents(amount), 0n);

const refundsOf = ({ provider }: Ended, story: OrderStory): readonly string[] =>
  [...provider.charges.values()]
    .filter(({ orderId, isRefunded }) => orderId === story.id && isRefunded)
    .map(({ paymentId }) => paymentId);

/** What others paid and nobody gave back, in cents: nothing unless it is in whole cents of the order's currency. */
const keptOfOthers = ({ foreign }: Ended, story: OrderStory): readonly bigint[] => {
  const refunded = of(story, 'PaymentRefunded').map(({ envelope }) => envelope.data['payment_id']);
  const payments = foreign
    .map(({ envelope }) => envelope)
    .filter(({ type, aggregateId }) => type === 'PaymentSucceeded' && aggregateId === story.id);
  const first = new Map(payments.toReversed().map(({ data }) => [data['payment_id'], data]));
  return [...first.values()]
    .filter((data) => !refunded.includes(data['payment_id'] ?? ''))
    .map(({ amount, currency }) =>
      currency === 'EUR' && typeof amount === 'string' && /^\d+\.\d\d$/.test(amount) ? cents(amount) : 0n,
    );
};

/** A confirmed order keeps what covers its total and not a payment more; any other one keeps nothing. */
const keptProblem = (ended: Ended, story: OrderStory): string | null => {
  const [taken, others, total] = [kept(ended, story), keptOfOthers(ended, story), totalOf(story)];
  const sum = taken + others.reduce((all, each) => all + each, 0n);
  if (outcomeOf(story) !== 'CONFIRMED')
    return taken === 0n && others.length === 0 ? null : `${taken} cents and ${others.length} payments are kept`;
  if (sum < total) return `${sum} cents are kept of ${total}`;
  if (taken > 0n && (taken !== total || others.length > 0)) return `the provider keeps ${taken} cents of ${total}`;
  return others.some((each) => each === 0n || sum - each >= total) ? `more is kept than ${total} cents need` : null;
};

/** I-12b: what is kept is what the confirmed order costs, and what was given back was told. */
export const moneyIsRight = (ended: Ended): readonly Violation[] =>
  ended.orders.flatMap((story) => {
    const made = refundsOf(ended, story);
    const told = of(story, 'PaymentRefunded').map(({ envelope }) => envelope.data['payment_id']);
    const problems = [
      keptProblem(ended, story),
      made.every((paymentId) => told.includes(paymentId)) ? null : `${made.length} refunds made, ${told.length} told`,
      new Set(told).size === told.length ? null : 'a refund was told twice',
    ];
    return problems
      .filter((what) => what !== null)
      .map((what) => ({ rule: 'the money is right', what, aggregateId: story.id }));
  });
