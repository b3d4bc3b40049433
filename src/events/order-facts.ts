import type { DataOf, EventType, OrderEvent } from './catalogue.ts';
import type { Recorded } from './envelope.ts';
import { standing } from './standing.ts';
import { isBelieved, isOwners } from './testimony.ts';
import { bySaid, ORDER_OVER, PAYMENT_EXPIRED, type Said } from './verdict.ts';

/** One thing known of an order: the data of the event that says it, and when it occurred. */
export interface Fact<T extends EventType> {
  readonly eventId: string;
  readonly occurredAt: string;
  readonly data: DataOf<T>;
}

/** A payment. `isOthers`: the owner has not told of it, whose word on its amount weighs more than another service's. */
export interface PaymentFact extends Fact<'PaymentSucceeded'> {
  readonly isOthers?: true;
}

/** An event that is not among the facts, or not for certain, and why. */
export interface Aside {
  readonly eventId: string;
  readonly occurredAt: string;
  readonly type: OrderEvent['type'];
  readonly why: 'NotItsToSay' | 'SaidBefore' | 'Report';
}

/**
 * What is known of an order: at most one fact of each kind, except payments, one of each kind per payment id.
 * A plain JSON value. It is a function of the *set* of the order's events: {@link learn} gives the same facts for every
 * order and every repetition of them. What is not for its producer to say is set aside, and is no fact.
 */
export interface OrderFacts {
  readonly created: Fact<'OrderCreated'> | null;
  readonly reserved: Fact<'StockReserved'> | null;
  readonly reservationFailed: Fact<'StockReservationFailed'> | null;
  readonly paymentRequested: Fact<'PaymentRequested'> | null;
  /** How the charge stood last, while it had no outcome; absent where it had one at once. */
  readonly paymentPending?: Fact<'PaymentPending'>;
  /** The owner's verdict. */
  readonly paymentFailed: Fact<'PaymentFailed'> | null;
  /** Another service's report, on which the owner decides. */
  readonly reported: Fact<'PaymentFailed'> | null;
  readonly confirmed: Fact<'OrderConfirmed'> | null;
  readonly rejected: Fact<'OrderRejected'> | null;
  readonly cancelled: Fact<'OrderCancelled'> | null;
  readonly compensated: Fact<'StockCompensated'> | null;
  /** Whether the charge that the owner asked for has an outcome. */
  readonly isChargeAnswered: boolean;
  readonly succeeded: Readonly<Record<string, PaymentFact>>;
  readonly refunded: Readonly<Record<string, Fact<'PaymentRefunded'>>>;
  /** How each dispute over a payment stood last, by its id; absent where there was none. */
  readonly disputes?: Readonly<Record<string, Fact<'PaymentDisputed'>>>;
  /** The earliest {@link MAX_ASIDES}; the number of the others (where those are repeated, each counts again). */
  readonly asides: readonly Aside[];
  readonly moreAsides: number;
}

export const NOTHING_KNOWN: OrderFacts = {
  created: null,
  reserved: null,
  reservationFailed: null,
  paymentRequested: null,
  paymentFailed: null,
  reported: null,
  confirmed: null,
  rejected: null,
  cancelled: null,
  compensated: null,
  isChargeAnswered: false,
  succeeded: {},
  refunded: {},
  asides: [],
  moreAsides: 0,
};

/** Anybody may send without end: an order keeps so many of the events that it does not believe. */
export const MAX_ASIDES = 20;

const setAside = (facts: OrderFacts, aside: Aside): OrderFacts => {
  if (facts.asides.some(({ eventId }) => eventId === aside.eventId)) return facts;
  const asides = [...facts.asides, aside].toSorted(bySaid);
  const more = Math.max(0, asides.length - MAX_ASIDES);
  return { ...facts, asides: asides.slice(0, MAX_ASIDES), moreAsides: facts.moreAsides + more };
};

/** Kinds of which an order has one fact, and where it is kept. PaymentFailed is kept by who says it. */
const SINGLE = {
  OrderCreated: 'created',
  OrderConfirmed: 'confirmed',
  OrderRejected: 'rejected',
  OrderCancelled: 'cancelled',
  StockReserved: 'reserved',
  StockReservationFailed: 'reservationFailed',
  StockCompensated: 'compensated',
  PaymentRequested: 'paymentRequested',
} as const satisfies Partial<Record<OrderEvent['type'], keyof OrderFacts>>;

type SingleKey = (typeof SINGLE)[keyof typeof SINGLE] | 'paymentFailed' | 'reported';
type SingleFact = NonNullable<OrderFacts[SingleKey]>;

const withoutOther = (facts: OrderFacts, { type }: OrderEvent, other: Said | null): OrderFacts =>
  other === null
    ? facts
    : setAside(facts, { eventId: other.eventId, occurredAt: other.occurredAt, type, why: 'SaidBefore' });

const learnOne = (facts: OrderFacts, key: SingleKey, { envelope, event }: Recorded<OrderEvent>): OrderFacts => {
  const { eventId, occurredAt } = envelope;
  const { fact, other } = standing<Said>(facts[key], { eventId, occurredAt, data: event.data } as SingleFact);
  return withoutOther({ ...facts, [key]: fact }, event, other);
};

/** The facts after one more event of the order. */
export const learn = (facts: OrderFacts, recorded: Recorded<OrderEvent>): OrderFacts => {
  const { envelope, event } = recorded;
  const { eventId, occurredAt } = envelope;
  if (!isBelieved(recorded)) return setAside(facts, { eventId, occurredAt, type: event.type, why: 'NotItsToSay' });
  const said = { eventId, occurredAt };
  if (event.type === 'PaymentSucceeded') return learnPayment(facts, recorded, { ...said, data: event.data });
  if (event.type === 'PaymentPending') return learnPending(facts, { ...said, data: event.data });
  if (event.type === 'PaymentDisputed') return learnDispute(facts, { ...said, data: event.data });
  if (event.type === 'PaymentRefunded') return learnRefund(facts, recorded, { ...said, data: event.data });
  if (event.type !== 'PaymentFailed') return learnOne(facts, SINGLE[event.type], recorded);
  const failure = { ...said, data: event.data };
  return isOwners(recorded) ? learnFailure(facts, recorded, failure) : learnReport(facts, failure);
};

/** The newest stands: a charge goes from one such state to the other. */
const learnPending = (facts: OrderFacts, pending: Fact<'PaymentPending'>): OrderFacts => {
  const known = facts.paymentPending;
  return known !== undefined && bySaid(known, pending) >= 0 ? facts : { ...facts, paymentPending: pending };
};

/** The newest stands: a dispute goes from one such state to the next. */
const learnDispute = (facts: OrderFacts, dispute: Fact<'PaymentDisputed'>): OrderFacts => {
  const { disputes = {} } = facts;
  const { disputeId } = dispute.data;
  const known = ownOf(disputes, disputeId);
  if (known !== undefined && bySaid(known, dispute) >= 0) return facts;
  return { ...facts, disputes: { ...disputes, [disputeId]: dispute } };
};

/** An expired order was not charged; whatever else the owner says of a failed payment answers its charge. */
const learnFailure = (
  facts: OrderFacts,
  recorded: Recorded<OrderEvent>,
  { data: { reason } }: Fact<'PaymentFailed'>,
): OrderFacts => {
  const known = reason === PAYMENT_EXPIRED ? facts : { ...facts, isChargeAnswered: true };
  return reason === ORDER_OVER ? known : learnOne(known, 'paymentFailed', recorded);
};

const learnReport = (facts: OrderFacts, report: Fact<'PaymentFailed'>): OrderFacts => {
  const { fact } = standing(facts.reported, report);
  const { eventId, occurredAt } = report;
  return setAside({ ...facts, reported: fact }, { eventId, occurredAt, type: 'PaymentFailed', why: 'Report' });
};

/** What every object inherits is no fact: a payment may be called `constructor`. */
const ownOf = <F>(facts: Readonly<Record<string, F>>, paymentId: string): F | undefined =>
  Object.hasOwn(facts, paymentId) ? facts[paymentId] : undefined;

/** What is known of a payment; undefined where nothing is. */
export const paymentIn = ({ succeeded }: Pick<OrderFacts, 'succeeded'>, paymentId: string): PaymentFact | undefined =>
  ownOf(succeeded, paymentId);

/** How much its own charge took, the owner alone knows: whoever hears of it may say so before, and something else. */
const ownersFirst = (one: PaymentFact, other: PaymentFact): number =>
  Number(one.isOthers === true) - Number(other.isOthers === true) || bySaid(one, other);

const learnPayment = (
  facts: OrderFacts,
  recorded: Recorded<OrderEvent>,
  said: Fact<'PaymentSucceeded'>,
): OrderFacts => {
  const { paymentId } = said.data;
  const isOwn = isOwners(recorded);
  const payment: PaymentFact = isOwn ? said : { ...said, isOthers: true };
  const { fact, other } = standing(paymentIn(facts, paymentId), payment, ownersFirst);
  const known = isOwn ? { ...facts, isChargeAnswered: true } : facts;
  return withoutOther({ ...known, succeeded: { ...facts.succeeded, [paymentId]: fact } }, recorded.event, other);
};

const learnRefund = (
  facts: OrderFacts,
  recorded: Recorded<OrderEvent>,
  refund: Fact<'PaymentRefunded'>,
): OrderFacts => {
  const { paymentId } = refund.data;
  const { fact, other } = standing(ownOf(facts.refunded, paymentId), refund);
  return withoutOther({ ...facts, refunded: { ...facts.refunded, [paymentId]: fact } }, recorded.event, other);
};
