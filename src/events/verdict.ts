import type { OrderEvent } from './catalogue.ts';
import type { Recorded } from './envelope.ts';
import { isOwners } from './testimony.ts';
import { compareCodePoints } from './text.ts';

/**
 * The `reason` of the owner's PaymentFailed for a charge that came to nothing after the order was over: it answers the
 * charge, and decides nothing.
 */
export const ORDER_OVER = 'ORDER_OVER';
/** The `reason` of the owner's PaymentFailed when nobody paid in time: it is not the answer to a charge. */
export const PAYMENT_EXPIRED = 'PAYMENT_EXPIRED';

/** The word of its owner that decides an order. A plain JSON value. */
export interface Verdict {
  readonly type: 'OrderConfirmed' | 'OrderRejected' | 'OrderCancelled' | 'PaymentFailed';
  readonly eventId: string;
  /** RFC 3339. */
  readonly occurredAt: string;
}

export type Said = Pick<Verdict, 'eventId' | 'occurredAt'>;

/** By time, then by id: the order in which contradicting words weigh, whatever the one in which they arrive. */
export const bySaid = (one: Said, other: Said): number =>
  Date.parse(one.occurredAt) - Date.parse(other.occurredAt) || compareCodePoints(one.eventId, other.eventId);

const VERDICTS: readonly Verdict['type'][] = ['OrderConfirmed', 'OrderRejected', 'OrderCancelled', 'PaymentFailed'];

/** The verdict that the event is; null when it is none, or not its owner's. */
export const verdictIn = (recorded: Recorded<OrderEvent>): Verdict | null => {
  const { envelope, event } = recorded;
  if (!isOwners(recorded)) return null;
  const type = VERDICTS.find((each) => each === event.type);
  if (type === undefined || (event.type === 'PaymentFailed' && event.data.reason === ORDER_OVER)) return null;
  return { type, eventId: envelope.eventId, occurredAt: envelope.occurredAt };
};

/** The owner speaks once. Of several verdicts, as only forged or damaged input can have them, the earliest stands. */
export const firstVerdict = (verdicts: readonly (Verdict | null)[]): Verdict | null =>
  verdicts.filter((verdict) => verdict !== null).toSorted(bySaid)[0] ?? null;

/** What the inventory has said of an order's stock. */
export type StockState = 'Undecided' | 'Reserved' | 'Short' | 'GivenBack';

/** Whether an order is decided: to be kept, its stock sold and its total paid; or lost, its stock and money given back. */
export type Outcome = 'Open' | 'Kept' | 'Lost';

/**
 * The rule that ledger, write side and read side share. Stock that was refused or given back cannot be called back: it
 * weighs more than any verdict.
 */
export const outcomeOf = (verdict: Verdict | null, stock: StockState): Outcome => {
  if (stock === 'Short' || stock === 'GivenBack') return 'Lost';
  if (verdict === null) return 'Open';
  return verdict.type === 'OrderConfirmed' ? 'Kept' : 'Lost';
};
