/** Why Stripe refused, in words of its own: a code, and for cards what the issuer says. */
export interface Reason {
  readonly code?: string | null | undefined;
  readonly declineCode?: string | null | undefined;
}

const CARD_DECLINED = 'Your card was declined.';

/** For customers: nothing that tells a thief why (docs.stripe.com/declines/codes), and no text of Stripe's, which names methods. */
const MESSAGES: Readonly<Record<string, string>> = {
  insufficient_funds: 'Your card has insufficient funds.',
  expired_card: 'Your card has expired.',
  incorrect_cvc: "Your card's security code is incorrect.",
  invalid_cvc: "Your card's security code is incorrect.",
  incorrect_number: 'Your card number is incorrect.',
  card_not_supported: 'Your card does not support this kind of purchase.',
  currency_not_supported: 'Your card does not support this currency.',
  processing_error: 'The payment could not be processed.',
  authentication_required: 'The payment was not authenticated.',
  payment_intent_authentication_failure: 'The payment was not authenticated.',
  payment_intent_payment_attempt_expired: 'The payment was not completed in time.',
  amount_too_small: 'The amount is too small for this payment method.',
  amount_too_large: 'The amount is too large for this payment method.',
  card_declined: CARD_DECLINED,
};

export const NOT_PAID = 'The payment was declined.';
export const GIVEN_UP = 'The payment was given up before it was completed.';

export const notChargeable = (currency: string): string => `An amount this fine cannot be charged in ${currency}.`;

const messageFor = (code: string | null | undefined): string | undefined =>
  code !== null && code !== undefined && Object.hasOwn(MESSAGES, code) ? MESSAGES[code] : undefined;

/** A sentence for the customer. */
export const declineMessage = ({ code, declineCode }: Reason): string =>
  messageFor(declineCode) ?? messageFor(code) ?? NOT_PAID;
