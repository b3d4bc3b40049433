import type { Stripe } from 'stripe';
import { isWord } from '../../../events/index.ts';
import type { DisputeStatus, Learned } from '../provider.ts';
import { fromStripeAmount } from './amounts.ts';

const STATUSES: Readonly<Record<string, DisputeStatus>> = {
  won: 'WON',
  lost: 'LOST',
  warning_closed: 'CLOSED',
  prevented: 'CLOSED',
};

const wordOf = (text: string): string => {
  const word = text.toUpperCase();
  return isWord(word) ? word : 'OTHER';
};

/** A dispute as Stripe has it, of whatever stage: all that is not over is open. */
export const disputeOf = (dispute: Stripe.Dispute, paymentId: string): Learned => {
  const currency = dispute.currency.toUpperCase();
  return {
    type: 'Dispute',
    dispute: {
      disputeId: dispute.id,
      paymentId,
      amount: fromStripeAmount(dispute.amount, currency),
      currency,
      reason: wordOf(dispute.reason),
      status: STATUSES[dispute.status] ?? 'OPEN',
    },
  };
};
