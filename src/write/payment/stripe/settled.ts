import type { Stripe } from 'stripe';
import type { ChargeResult } from '../provider.ts';
import { fromStripeAmount } from './amounts.ts';
import type { BookedCharge } from './charge-book.ts';
import type { StripeParts } from './parts.ts';

type Intent = Stripe.PaymentIntent;
type Succeeded = Extract<ChargeResult, { readonly type: 'Succeeded' }>;

/** What was received in place of what was asked for is said as it is: the order's reading tells whether it pays. */
export const succeeded = ({ logger }: Pick<StripeParts, 'logger'>, charge: BookedCharge, intent: Intent): Succeeded => {
  const { id: paymentId, amount_received: receivedMinor } = intent;
  const currency = intent.currency.toUpperCase();
  if (receivedMinor === charge.amountMinor && currency === charge.currency) return { type: 'Succeeded', paymentId };
  const received = { amount: fromStripeAmount(receivedMinor, currency), currency };
  const asked = { amount: fromStripeAmount(charge.amountMinor, charge.currency), currency: charge.currency };
  logger.error(
    { orderId: charge.orderId, paymentId, asked, received },
    'Stripe received another amount than asked for',
  );
  return { type: 'Succeeded', paymentId, received };
};

/** Where the customer has to act: by Stripe's own library, or where the method's page is. */
const actionRequired = ({ next_action: action, client_secret: clientSecret }: Intent): ChargeResult => {
  const url = action?.redirect_to_url?.url;
  if (typeof url === 'string') return { type: 'ActionRequired', nextAction: { type: 'Redirect', url } };
  if (clientSecret === null) return { type: 'Pending' };
  return { type: 'ActionRequired', nextAction: { type: 'Confirm', clientSecret } };
};

/** How an intent stands that is neither paid nor to be given up. What is not known of here may become anything. */
export const underWay = (intent: Intent): ChargeResult =>
  intent.status === 'requires_action' ? actionRequired(intent) : { type: 'Pending' };
