/** What a customer does. */
export interface Play {
  readonly name: string;
  /** In a hundred. */
  readonly share: number;
  readonly method: string;
  /** `later`: checks out without a method, then pays; `twice`: the same by two clicks at once. */
  readonly pays?: 'later' | 'twice';
  /** Once asked to act; who does nothing walks away. */
  readonly acts?: 'completes' | 'refuses' | 'refuses, then pays with another card' | 'walks away';
  readonly cancels?: true;
  readonly disputes?: true;
  /** How the order may end. */
  readonly ends: readonly ('CONFIRMED' | 'CANCELLED')[];
}

const UNPAID = ['CANCELLED'] as const;
const EITHER = ['CONFIRMED', 'CANCELLED'] as const;
const CARD = 'pm_card_visa';
const ASKING = 'pm_card_authenticationRequired';

/** A payment that takes long may come too late for its order, whatever it comes to: so each end but a sure "no" is open. */
export const PLAYS: readonly Play[] = [
  { name: 'pays', share: 43, method: CARD, ends: EITHER },
  { name: 'pays later', share: 6, method: CARD, pays: 'later', ends: EITHER },
  { name: 'pays by two clicks', share: 4, method: CARD, pays: 'twice', ends: EITHER },
  { name: 'is declined', share: 6, method: 'pm_card_chargeDeclined', ends: UNPAID },
  { name: 'lacks funds', share: 3, method: 'pm_card_chargeDeclinedInsufficientFunds', ends: UNPAID },
  { name: 'authenticates', share: 9, method: ASKING, acts: 'completes', ends: EITHER },
  { name: 'refuses', share: 3, method: ASKING, acts: 'refuses', ends: UNPAID },
  {
    name: 'refuses, then pays with another card',
    share: 3,
    method: ASKING,
    acts: 'refuses, then pays with another card',
    ends: EITHER,
  },
  { name: 'walks away', share: 2, method: ASKING, acts: 'walks away', ends: UNPAID },
  { name: 'pays by debit', share: 6, method: 'pm_success_sepaDebit', ends: EITHER },
  { name: 'pays by debit, slowly', share: 2, method: 'pm_successDelayed_sepaDebit', ends: EITHER },
  { name: 'has a debit refused', share: 3, method: 'pm_failed_sepaDebit', ends: UNPAID },
  { name: 'cancels', share: 4, method: CARD, cancels: true, ends: EITHER },
  { name: 'cancels a debit', share: 2, method: 'pm_success_sepaDebit', cancels: true, ends: EITHER },
  { name: 'cancels what is refunded slowly', share: 1, method: 'pm_card_pendingRefund', cancels: true, ends: EITHER },
  { name: 'disputes', share: 2, method: CARD, disputes: true, ends: EITHER },
  { name: 'is disputed at once', share: 1, method: 'pm_card_createDispute', ends: EITHER },
];
