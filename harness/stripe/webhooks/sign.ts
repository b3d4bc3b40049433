import { createHmac } from 'node:crypto';

/** The header Stripe-Signature: one signature for each secret. Source: https://docs.stripe.com/webhooks/signature. */
export const signatureOf = (body: string, secrets: readonly string[], atSeconds: number): string => {
  const signatures = secrets.map(
    (secret) => `v1=${createHmac('sha256', secret).update(`${atSeconds}.${body}`).digest('hex')}`,
  );
  return [`t=${atSeconds}`, ...signatures].join(',');
};
