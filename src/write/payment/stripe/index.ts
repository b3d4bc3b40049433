import { systemClock } from '../../../platform/index.ts';
import type { OpenProvider } from '../provider.ts';
import { openChargeBook } from './charge-book.ts';
import { openClient } from './client.ts';
import { openIntents } from './intents.ts';
import { Line } from './line.ts';
import { kindOf } from './methods.ts';
import { openNotices } from './notices.ts';
import type { StripeParts } from './parts.ts';
import { refund } from './refunds.ts';

/** Stands in a process that neither charges nor is called back, and so was given no key. */
const NO_KEY = { secretKey: 'sk_none', webhookSecrets: [], apiBase: undefined };

/** Stripe (ADR-056): one payment intent a charge, and what Stripe tells is only ever a reason to ask. */
export const openStripe: OpenProvider = ({ db, logger, settings: { stripe = NO_KEY } }) => {
  const line = new Line({ clock: systemClock, logger });
  const parts: StripeParts = { stripe: openClient(stripe), line, book: openChargeBook(db), logger };
  const intents = openIntents(parts);
  return {
    ...intents,
    kindOf: (paymentMethod) => kindOf(parts, paymentMethod),
    refund: (request) => refund(parts, request),
    notices: openNotices(parts, intents, { db, webhookSecrets: stripe.webhookSecrets }),
  };
};
