import { Stripe } from 'stripe';

/** The official SDK, at a Stripe of another address. It asks once, unless `retries` says more. */
export const sdkAt = (url: string, secretKey: string, retries = 0): Stripe => {
  const { hostname, port } = new URL(url);
  return new Stripe(secretKey, {
    host: hostname,
    port,
    protocol: 'http',
    maxNetworkRetries: retries,
    telemetry: false,
  });
};

type Raised = InstanceType<typeof Stripe.errors.StripeError>;

/** The error that the SDK makes of what was answered. @throws where there was none */
export const errorOf = async (asked: Promise<unknown>): Promise<Raised> => {
  const error = await asked.then(
    () => new Error('It was answered.'),
    (reason: unknown) => reason,
  );
  if (error instanceof Stripe.errors.StripeError) return error;
  throw error;
};
