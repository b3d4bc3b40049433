import { Stripe } from 'stripe';
import type { StripeSettings } from '../../../platform/index.ts';

/** With one repetition, under the same idempotency key, three calls end within a task's lease where Stripe is only slow. */
const TIMEOUT_MS = 8_000;
const REPETITIONS = 1;

/** While a customer waits, who is answered within `PANIER_MAX_OPERATION_MS`. */
export const AT_ONCE = { timeout: 3_000, maxNetworkRetries: 0 } as const;

const addressOf = (apiBase: string | undefined): Pick<Stripe.StripeConfig, 'host' | 'port' | 'protocol'> => {
  if (apiBase === undefined) return {};
  const { protocol, hostname, port } = new URL(apiBase);
  const isSecure = protocol === 'https:';
  return { protocol: isSecure ? 'https' : 'http', host: hostname, port: port || (isSecure ? 443 : 80) };
};

/** Stripe's own client, in the version of the API that it was made for. */
export const openClient = ({ secretKey, apiBase }: StripeSettings): Stripe =>
  new Stripe(secretKey, {
    ...addressOf(apiBase),
    timeout: TIMEOUT_MS,
    maxNetworkRetries: REPETITIONS,
    telemetry: false,
    appInfo: { name: 'panier' },
  });
