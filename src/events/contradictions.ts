import { toDecimal, toMinor } from './money.ts';
import { type Aside, type Fact, MAX_ASIDES, type OrderFacts } from './order-facts.ts';
import type { Payment } from './order-money.ts';
import type { OrderReading } from './order-reading.ts';
import { speakerOf } from './testimony.ts';
import { bySaid, type Said } from './verdict.ts';

/** An event that is not believed, or not as it stands, and why: a sentence for operators. */
export interface Contradiction {
  readonly eventId: string;
  readonly reason: string;
}

/** Those of one order, earliest first, at most {@link MAX_ASIDES}; and how many more there are. */
export interface Contradictions {
  readonly listed: readonly Contradiction[];
  readonly more: number;
}

type Found = Said & Contradiction;

const found = ({ eventId, occurredAt }: Said, reason: string): Found => ({ eventId, occurredAt, reason });

/** Of a payment, the owner's word weighs more than an earlier one. */
const standsFor = (type: Aside['type']): string =>
  type === 'PaymentSucceeded'
    ? 'Another PaymentSucceeded of this payment stands: the one that its order told, or was said earlier.'
    : `Another ${type} was said earlier, and stands.`;

const ofAside = (aside: Aside, { outcome }: OrderReading): readonly Found[] => {
  const { type, why } = aside;
  if (why === 'NotItsToSay')
    return [found(aside, `${type} is for ${speakerOf(type)} to say: the order did not change.`)];
  if (why === 'SaidBefore') return [found(aside, standsFor(type))];
  if (outcome !== 'Kept') return [];
  return [found(aside, 'The order is confirmed: the report that its payment failed did not change it.')];
};

const ofVerdicts = ({ confirmed, rejected, cancelled, paymentFailed }: OrderFacts, reading: OrderReading) => {
  const { verdict, outcome } = reading;
  if (verdict === null) return [];
  const others = [confirmed, rejected, cancelled, paymentFailed]
    .filter((word) => word !== null)
    .filter(({ eventId }) => eventId !== verdict.eventId)
    .map((word) => found(word, `The order was decided before, by ${verdict.type}: an order has one end.`));
  if (verdict.type !== 'OrderConfirmed' || outcome === 'Kept') return others;
  return [...others, found(verdict, 'There is no stock for the order: it cannot be confirmed.')];
};

const ofStock = ({ reserved, reservationFailed }: OrderFacts): readonly Found[] => {
  if (reserved === null || reservationFailed === null) return [];
  const later = bySaid(reserved, reservationFailed) < 0 ? reservationFailed : reserved;
  return [found(later, 'The stock of the order was decided before, the other way.')];
};

const ofPayment = (payment: Payment, created: Fact<'OrderCreated'>, reading: OrderReading): readonly Found[] => {
  const { amount, currency } = payment.data;
  const owed = created.data.currency;
  if (currency !== owed) return [found(payment, `${amount} ${currency} pays nothing of an order in ${owed}.`)];
  if (toMinor(amount, currency) === null)
    return [found(payment, `${amount} is no amount of ${currency}: it pays nothing.`)];
  const { kept, excessMinor } = reading.money;
  if (excessMinor === 0 || kept.toSorted(bySaid).at(-1) !== payment) return [];
  const excess = toDecimal(excessMinor, owed);
  return [found(payment, `${excess} ${owed} more were paid than the order costs, and are kept.`)];
};

/** What came of the charge that was asked for, when it is not that much and does not do. */
const ofShortfall = (
  { paymentRequested, isChargeAnswered }: OrderFacts,
  payment: Payment,
  { isPaid }: OrderReading,
) => {
  const { amount, currency } = payment.data;
  const asked = paymentRequested?.data;
  if (asked === undefined || !isChargeAnswered || isPaid || currency !== asked.currency) return [];
  const paid = toMinor(amount, currency);
  if (paid === null || paid === toMinor(asked.amount, currency)) return [];
  return [found(payment, `${asked.amount} ${currency} were asked for: ${amount} do not pay the order.`)];
};

const ofPayments = (facts: OrderFacts, reading: OrderReading): readonly Found[] => {
  const { created, succeeded } = facts;
  if (created === null) return [];
  return Object.values(succeeded).flatMap((payment) => [
    ...ofPayment(payment, created, reading),
    ...ofShortfall(facts, payment, reading),
  ]);
};

/** What was said of an order and is not believed. */
export const contradictionsOf = (facts: OrderFacts, reading: OrderReading): Contradictions => {
  const all = [
    ...facts.asides.flatMap((aside) => ofAside(aside, reading)),
    ...ofVerdicts(facts, reading),
    ...ofStock(facts),
    ...ofPayments(facts, reading),
  ].toSorted(bySaid);
  const listed = all.slice(0, MAX_ASIDES).map(({ eventId, reason }) => ({ eventId, reason }));
  return { listed, more: all.length - listed.length + facts.moreAsides };
};
