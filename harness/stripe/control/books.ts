import type { Account } from '../account/account.ts';
import { refundedOf } from '../account/objects.ts';
import type { Charge, Intent, IntentStatus } from '../account/records.ts';

/** What the account did with one intent; amounts in the currency's smallest unit. */
export interface BookEntry {
  readonly paymentIntent: string;
  readonly status: IntentStatus;
  readonly amount: number;
  readonly currency: string;
  readonly metadata: Readonly<Record<string, string>>;
  /** The idempotency keys by which it was made and confirmed. */
  readonly keys: readonly string[];
  readonly isForeign: boolean;
  /** What was taken of the customer, in so many charges. */
  readonly charged: number;
  readonly charges: number;
  /** When, first; null while nothing was. */
  readonly paidAtMs: number | null;
  /** What was given back, by so many refunds that have not failed. */
  readonly refunded: number;
  readonly refunds: number;
  readonly failedRefunds: number;
  readonly disputes: number;
  /** Of those, how many the endpoint was never told of: all their events were lost. */
  readonly untoldDisputes: number;
}

const sumOf = <T>(items: readonly T[], valueOf: (item: T) => number): number =>
  items.reduce((sum, item) => sum + valueOf(item), 0);

type IsUntold = (objectId: string) => boolean;

const entryOf = (intent: Intent, all: readonly Charge[], isUntold: IsUntold): BookEntry => {
  const charges = all.filter(({ status }) => status === 'succeeded');
  const refunds = charges.flatMap((charge) => charge.refunds);
  const disputes = charges.flatMap(({ dispute }) => (dispute === null ? [] : [dispute.id]));
  const failedRefunds = refunds.filter(({ status }) => status === 'failed').length;
  return {
    paymentIntent: intent.id,
    status: intent.status,
    amount: intent.amount,
    currency: intent.currency,
    metadata: intent.metadata,
    keys: intent.keys,
    isForeign: intent.isForeign,
    charged: sumOf(charges, ({ amount }) => amount),
    charges: charges.length,
    paidAtMs: charges[0]?.paidAtMs ?? null,
    refunded: sumOf(charges, refundedOf),
    refunds: refunds.length - failedRefunds,
    failedRefunds,
    disputes: disputes.length,
    untoldDisputes: disputes.filter(isUntold).length,
  };
};

/** All intents with what became of their money, oldest first. */
export const booksOf = ({ intents, charges }: Account, isUntold: IsUntold): readonly BookEntry[] => {
  const byIntent = Map.groupBy(charges.values(), ({ intent }) => intent);
  return [...intents.values()].map((intent) => entryOf(intent, byIntent.get(intent) ?? [], isUntold));
};
