import type { StockLine } from './catalogue.ts';
import type { OrderFacts } from './order-facts.ts';
import { failureOf, type OrderFailure } from './order-failure.ts';
import { isPaid, moneyOf, type OrderMoney } from './order-money.ts';
import { isFinal, type OrderStatus } from './order-status.ts';
import { bySaid, firstVerdict, type Outcome, outcomeOf, type StockState, type Verdict } from './verdict.ts';

/** What an order waits for, and until when (RFC 3339) at the longest where there is such a time. */
export interface Waiting {
  readonly for: 'Creation' | 'Stock' | 'Payment' | 'Owner' | 'Charge' | 'Refund' | 'Events';
  readonly until: string | null;
}

/** What the stock of an order is. `lines` are those that it holds, or has bought. */
export interface Held {
  readonly lines: readonly StockLine[];
  readonly isSold: boolean;
}

/** All that the facts of an order come to. Ledger, write side and read side know no other reading. */
export interface OrderReading {
  readonly status: OrderStatus;
  readonly verdict: Verdict | null;
  /** The outcome is decided: nothing more will be charged for the order. */
  readonly isOver: boolean;
  readonly outcome: Outcome;
  readonly stock: StockState;
  readonly held: Held;
  /** The payments cover the total. */
  readonly isPaid: boolean;
  readonly money: OrderMoney;
  /** Why the order did not go through; null while it may, and when it did. */
  readonly failure: OrderFailure | null;
  /** Null once nothing more can come: the verdict is settled in stock and in money, and each charge has an outcome. */
  readonly waitsFor: Waiting | null;
  readonly isComplete: boolean;
}

type StockFacts = Pick<OrderFacts, 'reserved' | 'reservationFailed' | 'compensated'>;

/** Without lines StockCompensated gives nothing back: either nothing will be taken, or, long ago, a sale stood all the same. */
const stockOf = ({ reserved, reservationFailed, compensated }: StockFacts): StockState => {
  if (compensated !== null && (compensated.data.lines.length > 0 || reserved === null)) return 'GivenBack';
  if (reserved === null) return reservationFailed === null ? 'Undecided' : 'Short';
  return reservationFailed !== null && bySaid(reservationFailed, reserved) < 0 ? 'Short' : 'Reserved';
};

type VerdictFacts = Pick<OrderFacts, 'confirmed' | 'rejected' | 'cancelled' | 'paymentFailed' | 'reported'>;

/** The owner's; before ADR-032 the inventory followed a report without one. */
const verdictOf = (facts: VerdictFacts, stock: StockState): Verdict | null => {
  const { confirmed, rejected, cancelled, paymentFailed, reported } = facts;
  const verdict = firstVerdict([
    confirmed && { ...confirmed, type: 'OrderConfirmed' },
    rejected && { ...rejected, type: 'OrderRejected' },
    cancelled && { ...cancelled, type: 'OrderCancelled' },
    paymentFailed && { ...paymentFailed, type: 'PaymentFailed' },
  ]);
  if (verdict !== null || stock !== 'GivenBack' || reported === null) return verdict;
  return { ...reported, type: 'PaymentFailed' };
};

/** What is known of the stock and who decided over it. */
export type AllocationFacts = StockFacts & VerdictFacts;

interface Decided {
  readonly verdict: Verdict | null;
  readonly stock: StockState;
  readonly outcome: Outcome;
}

const decidedOf = (facts: AllocationFacts): Decided => {
  const stock = stockOf(facts);
  const verdict = verdictOf(facts, stock);
  return { stock, verdict, outcome: outcomeOf(verdict, stock) };
};

const heldAs = ({ reserved }: Pick<OrderFacts, 'reserved'>, { stock, outcome }: Decided): Held => {
  const lines = stock === 'Reserved' ? (reserved?.data.lines ?? []) : [];
  return { lines, isSold: lines.length > 0 && outcome === 'Kept' };
};

/** What an order holds of the stock; nothing once that was given back. */
export const heldOf = (facts: AllocationFacts): Held => heldAs(facts, decidedOf(facts));

const lostStatus = (facts: OrderFacts, { verdict, stock }: Decided): OrderStatus => {
  const isRejected = verdict?.type === 'OrderRejected';
  if (stock === 'Undecided') return isRejected ? 'PENDING' : 'COMPENSATING';
  if (stock === 'Short') return isRejected || verdict?.type === 'OrderConfirmed' ? 'REJECTED' : 'CANCELLED';
  const isBackUnseen = stock === 'GivenBack' && facts.reserved === null && givesBack(facts);
  if (stock === 'Reserved' || isBackUnseen) return 'COMPENSATING';
  return isRejected ? 'REJECTED' : 'CANCELLED';
};

const givesBack = ({ compensated }: OrderFacts): boolean => (compensated?.data.lines.length ?? 0) > 0;

const statusOf = (facts: OrderFacts, decided: Decided): OrderStatus => {
  const { verdict, outcome } = decided;
  if (outcome === 'Lost' && verdict !== null) return lostStatus(facts, decided);
  if (facts.reserved === null) return 'PENDING';
  return outcome === 'Kept' && isPaid(facts) ? 'CONFIRMED' : 'AWAITING_PAYMENT';
};

/** Whether a charge was asked for that has no outcome. */
export const isChargeOpen = ({ paymentRequested, isChargeAnswered }: OrderFacts): boolean =>
  paymentRequested !== null && !isChargeAnswered;

/**
 * The charge was asked for whose answer was seen: the streams come in no order among each other. What others said is not
 * waited for so: Redis may have lost it.
 */
const isSeenWhole = ({ paymentRequested, isChargeAnswered }: OrderFacts): boolean =>
  paymentRequested !== null || !isChargeAnswered;

const waiting = (what: Waiting['for']): Waiting => ({ for: what, until: null });

const whileOpen = (facts: OrderFacts, stock: StockState): Waiting => {
  if (stock === 'Undecided') return waiting('Stock');
  if (isPaid(facts) || facts.reported !== null) return waiting('Owner');
  const until = facts.reserved?.data.expiresAt ?? null;
  return { for: isChargeOpen(facts) ? 'Charge' : 'Payment', until };
};

const waitingOf = (facts: OrderFacts, decided: Decided, rest: Pick<OrderReading, 'status' | 'money'>) => {
  const { verdict, outcome, stock } = decided;
  if (facts.created === null) return waiting('Creation');
  if (outcome === 'Open') return whileOpen(facts, stock);
  if (verdict === null) return waiting('Owner');
  if (outcome === 'Kept' && stock === 'Reserved' && !isPaid(facts)) return waiting('Payment');
  if (!isFinal(rest.status)) return waiting('Stock');
  if (rest.money.owedBack.length > 0) return waiting('Refund');
  if (isChargeOpen(facts)) return waiting('Charge');
  return isSeenWhole(facts) ? null : waiting('Events');
};

/** The status of {@link readOrder}, for whoever wants nothing else of it: it is a third of the work. */
export const orderStatusOf = (facts: OrderFacts): OrderStatus => statusOf(facts, decidedOf(facts));

/** The one reading of an order's facts: a function of their set. */
export const readOrder = (facts: OrderFacts): OrderReading => {
  const decided = decidedOf(facts);
  const { verdict, outcome } = decided;
  const status = statusOf(facts, decided);
  const money = moneyOf(facts, outcome);
  const waitsFor = waitingOf(facts, decided, { status, money });
  return {
    ...decided,
    status,
    money,
    waitsFor,
    isOver: outcome !== 'Open',
    held: heldAs(facts, decided),
    isPaid: isPaid(facts),
    failure: failureOf(facts, { status, verdict }),
    isComplete: waitsFor === null,
  };
};

/** When an unpaid reservation is given back (RFC 3339); null unless the order waits for its payment. */
export const reservationExpiresAt = (facts: OrderFacts): string | null => readOrder(facts).waitsFor?.until ?? null;
