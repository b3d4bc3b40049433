import { isWord } from '../../../events/index.ts';
import { AT_ONCE } from './client.ts';
import { Refused } from './line.ts';
import type { StripeParts } from './parts.ts';

const REFERENCE = /^pm_\w{1,200}$/;

/** As Stripe calls it, in capitals: CARD, SEPA_DEBIT; null for what is no payment method of this account. */
export const kindOf = async ({ stripe, line }: StripeParts, reference: string): Promise<string | null> => {
  if (!REFERENCE.test(reference)) return null;
  try {
    const { type } = await line.ask(() => stripe.paymentMethods.retrieve(reference, {}, AT_ONCE));
    const kind = type.toUpperCase();
    return isWord(kind) ? kind : 'OTHER';
  } catch (error) {
    if (error instanceof Refused) return null;
    throw error;
  }
};
