import { type OrderStory, of, outcomeOf } from './told.ts';
import type { Ended, Violation } from './violation.ts';

const cents = (amount: unknown): bigint => {
  const [whole = '0', fraction = ''] = String(amount).split('.');
  return BigInt(whole + fraction.padEnd(2, '0'));
};

const totalOf = (story: OrderStory): bigint => cents(of(story, 'OrderCreated')[0]?.envelope.data['total_amount']);

const kept = ({ provider }: Ended, story: OrderStory): bigint =>
  [...provider.charges.values()]
    .filter(({ orderId, isCaptured, isRefunded }) => orderId === story.id && isCaptured && !isRefunded)
    .reduce((sum, { amount }) => sum + cents(amount), 0n);

const refundsOf = ({ provider }: Ended, story: OrderStory): number =>
  [...provider.charges.values()].filter(({ orderId, isRefunded }) => orderId === story.id && isRefunded).length;

/** I-12b: what the provider took and did not give back is the total of what was confirmed, to the cent. */
export const moneyIsRight = (ended: Ended): readonly Violation[] =>
  ended.orders.flatMap((story) => {
    const due = outcomeOf(story) === 'CONFIRMED' ? totalOf(story) : 0n;
    const taken = kept(ended, story);
    const told = of(story, 'PaymentRefunded').length;
    const problems = [
      taken === due ? null : `the provider keeps ${taken} cents of ${due}`,
      told === refundsOf(ended, story) ? null : `${told} refunds told, ${refundsOf(ended, story)} made`,
    ];
    return problems
      .filter((what) => what !== null)
      .map((what) => ({ rule: 'the money is right', what, aggregateId: story.id }));
  });
