/** How the shop's customers pay, as the gateway says in the page. */
export type Payments =
  | { readonly kind: 'Simulated' }
  | { readonly kind: 'Stripe'; readonly publishableKey: string; readonly library: string }
  /** By Stripe, and nobody said with which publishable key. */
  | { readonly kind: 'StripeWithoutKey' };

/** Both sides know it: `src/pages/shop-page.ts` writes it. */
const META = 'meta[name="panier-payments"]';

const read = (): Payments => {
  const { provider, key = '', library = '' } = document.querySelector<HTMLMetaElement>(META)?.dataset ?? {};
  if (provider !== 'stripe') return { kind: 'Simulated' };
  return key === '' ? { kind: 'StripeWithoutKey' } : { kind: 'Stripe', publishableKey: key, library };
};

let known: Payments | null = null;

export const payments = (): Payments => {
  known ??= read();
  return known;
};

/** Whether nobody's money moves. */
export const isPretence = (): boolean => {
  const how = payments();
  return how.kind === 'Simulated' || (how.kind === 'Stripe' && how.publishableKey.startsWith('pk_test_'));
};
