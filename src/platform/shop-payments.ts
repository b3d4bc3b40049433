import type { EnvironmentReader } from './environment.ts';

/** How customers of panier's own shop pay. */
export type ShopPayments =
  | { readonly kind: 'Simulated' }
  | {
      readonly kind: 'Stripe';
      /** Known to everybody who opens the shop. Undefined: cards cannot be entered there. */
      readonly publishableKey: string | undefined;
      /** Where the page loads Stripe's library from. */
      readonly library: string;
    };

const PUBLISHABLE_KEY = 'STRIPE_PUBLISHABLE_KEY';
const LIBRARY = 'STRIPE_JS_URL';

/** Stripe allows its library from there alone. Source: https://docs.stripe.com/js. */
export const STRIPE_LIBRARY = 'https://js.stripe.com/endive/stripe.js';

const isAddress = (given: string): boolean => /^https?:$/.test(URL.parse(given)?.protocol ?? '');

/** What the shop needs to take cards by Stripe, if panier is paid by it. */
export const readShopPayments = ({ text, problems }: EnvironmentReader): ShopPayments => {
  const [publishableKey, library] = [text(PUBLISHABLE_KEY), text(LIBRARY)];
  if (publishableKey !== undefined && !/^pk_(?:test|live)_\w+$/.test(publishableKey))
    // It is not repeated: a secret key may have been set in its place.
    problems.push(
      `${PUBLISHABLE_KEY} is no publishable key of Stripe's: set it to one that starts with pk_test_ or pk_live_.`,
    );
  if (library !== undefined && !isAddress(library))
    problems.push(
      `${LIBRARY} is "${library}", which is no address of a script: leave it out, and Stripe's own is loaded.`,
    );
  if (text('PANIER_PAYMENT_PROVIDER') !== 'stripe') return { kind: 'Simulated' };
  return { kind: 'Stripe', publishableKey, library: library ?? STRIPE_LIBRARY };
};
