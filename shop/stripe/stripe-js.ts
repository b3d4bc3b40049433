/** Why Stripe's library did not do it: `message` is for the customer. */
export interface StripeProblem {
  readonly message?: string;
}

interface CardElement {
  readonly mount: (place: HTMLElement) => void;
  readonly destroy: () => void;
}

export interface Elements {
  readonly create: (kind: 'payment') => CardElement;
  readonly submit: () => Promise<{ readonly error?: StripeProblem }>;
}

interface ElementsOptions {
  readonly mode: 'payment';
  /** In the currency's smallest unit. */
  readonly amount: number;
  /** In lower case. */
  readonly currency: string;
  readonly paymentMethodCreation: 'manual';
  readonly paymentMethodTypes: readonly ['card'];
}

/** What the shop uses of Stripe's library. Source: https://docs.stripe.com/js. */
export interface StripeJs {
  readonly elements: (options: ElementsOptions) => Elements;
  readonly createPaymentMethod: (from: {
    readonly elements: Elements;
  }) => Promise<{ readonly paymentMethod?: { readonly id: string }; readonly error?: StripeProblem }>;
  readonly handleNextAction: (what: { readonly clientSecret: string }) => Promise<{ readonly error?: StripeProblem }>;
}

declare global {
  interface Window {
    readonly Stripe?: (publishableKey: string, options: { readonly locale: string }) => StripeJs;
  }
}

interface StripeAccount {
  readonly publishableKey: string;
  readonly library: string;
}

const scriptLoaded = (library: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = library;
    script.addEventListener('load', () => resolve());
    script.addEventListener('error', () => {
      script.remove();
      reject(new Error(`${library} could not be loaded.`));
    });
    document.head.append(script);
  });

let opening: Promise<StripeJs> | null = null;

const openStripe = async ({ publishableKey, library }: StripeAccount): Promise<StripeJs> => {
  await scriptLoaded(library);
  const stripe = window.Stripe?.(publishableKey, { locale: document.documentElement.lang });
  if (stripe === undefined) throw new Error(`${library} is not Stripe’s library.`);
  return stripe;
};

/** Stripe's library, loaded once, and only when a customer pays. @throws when it cannot be loaded; asked again, it is tried again */
export const stripeOf = (account: StripeAccount): Promise<StripeJs> => {
  opening ??= openStripe(account).catch((error: unknown) => {
    opening = null;
    throw error;
  });
  return opening;
};
