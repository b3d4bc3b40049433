/** Why a payment is refused. Source: https://docs.stripe.com/declines/codes. */
export interface Decline {
  readonly code: string;
  readonly declineCode?: string;
  readonly message: string;
}

/** What comes of a payment once it is attempted, or once its customer or the bank has done what it waits for. */
export type End =
  | { readonly type: 'Succeeds'; readonly isDisputed?: true }
  | { readonly type: 'Fails'; readonly decline: Decline }
  | { readonly type: 'Stays' };

export interface Behaviour {
  readonly kind: 'card' | 'sepa_debit' | 'us_bank_account';
  /** What it waits for first. */
  readonly waitsFor?: 'customer' | 'bank';
  /** Twenty times as long as other banks. */
  readonly isSlow?: true;
  readonly end: End;
  /** How a refund goes; at once where it is left out. */
  readonly refund?: 'pending' | 'fails';
}

const SUCCEEDS: End = { type: 'Succeeds' };
const CARD = { kind: 'card', end: SUCCEEDS } as const;
const DEBIT = { kind: 'sepa_debit', waitsFor: 'bank', end: SUCCEEDS, refund: 'pending' } as const;
const ACCOUNT = { ...DEBIT, kind: 'us_bank_account' } as const;

const fails = (code: string, message: string, declineCode?: string): End => ({
  type: 'Fails',
  decline: { code, message, ...(declineCode !== undefined && { declineCode }) },
});

const declines = (declineCode: string, message = 'Your card was declined.'): End =>
  fails('card_declined', message, declineCode);

const LACKS_FUNDS = declines('insufficient_funds', 'Your card has insufficient funds.');
const UNPAID = fails('payment_intent_payment_attempt_failed', 'The payment failed.');

/** Test methods by the names that Stripe documents. Sources: https://docs.stripe.com/testing, .../payments/sepa-debit. */
const BEHAVIOURS: ReadonlyMap<string, Behaviour> = new Map<string, Behaviour>([
  ['pm_card_visa', CARD],
  ['pm_card_mastercard', CARD],
  ['pm_card_amex', CARD],
  ['pm_card_chargeDeclined', { ...CARD, end: declines('generic_decline') }],
  ['pm_card_visa_chargeDeclined', { ...CARD, end: declines('generic_decline') }],
  ['pm_card_chargeDeclinedInsufficientFunds', { ...CARD, end: LACKS_FUNDS }],
  ['pm_card_visa_chargeDeclinedInsufficientFunds', { ...CARD, end: LACKS_FUNDS }],
  ['pm_card_visa_chargeDeclinedLostCard', { ...CARD, end: declines('lost_card') }],
  ['pm_card_visa_chargeDeclinedStolenCard', { ...CARD, end: declines('stolen_card') }],
  [
    'pm_card_chargeDeclinedExpiredCard',
    { ...CARD, end: fails('expired_card', 'Your card has expired.', 'expired_card') },
  ],
  [
    'pm_card_chargeDeclinedIncorrectCvc',
    { ...CARD, end: fails('incorrect_cvc', "Your card's security code is incorrect.", 'incorrect_cvc') },
  ],
  [
    'pm_card_chargeDeclinedProcessingError',
    {
      ...CARD,
      end: fails(
        'processing_error',
        'An error occurred while processing your card. Try again in a little bit.',
        'processing_error',
      ),
    },
  ],
  ['pm_card_authenticationRequired', { ...CARD, waitsFor: 'customer' }],
  ['pm_card_threeDSecureRequired', { ...CARD, waitsFor: 'customer' }],
  [
    'pm_card_authenticationRequiredChargeDeclinedInsufficientFunds',
    { ...CARD, waitsFor: 'customer', end: LACKS_FUNDS },
  ],
  ['pm_card_createDispute', { ...CARD, end: { type: 'Succeeds', isDisputed: true } }],
  ['pm_card_pendingRefund', { ...CARD, refund: 'pending' }],
  ['pm_card_refundFail', { ...CARD, refund: 'fails' }],
  ['pm_success_sepaDebit', DEBIT],
  ['pm_successDelayed_sepaDebit', { ...DEBIT, isSlow: true }],
  ['pm_failed_sepaDebit', { ...DEBIT, end: UNPAID }],
  ['pm_failedDelayed_sepaDebit', { ...DEBIT, isSlow: true, end: UNPAID }],
  ['pm_disputed_sepaDebit', { ...DEBIT, end: { type: 'Succeeds', isDisputed: true } }],
  ['pm_usBankAccount_success', ACCOUNT],
  ['pm_usBankAccount_insufficientFunds', { ...ACCOUNT, end: UNPAID }],
  ['pm_usBankAccount_processing', { ...ACCOUNT, end: { type: 'Stays' } }],
]);

/** How the test method of that name behaves; undefined where there is none. */
export const behaviourOf = (name: string): Behaviour | undefined => BEHAVIOURS.get(name);
