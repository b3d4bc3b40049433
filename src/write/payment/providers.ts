import type { OpenProvider } from './provider.ts';
import { openSimulatedProvider } from './simulated-provider.ts';

/** The payment providers that PANIER_PAYMENT_PROVIDER may name: a file beside this one, and a line here. */
const PROVIDERS: Readonly<Record<string, () => Promise<OpenProvider>>> = {
  simulated: async () => openSimulatedProvider,
  // Its client is not small: who does not ask for it does not load it.
  stripe: async () => (await import('./stripe/index.ts')).openStripe,
};

export const paymentProviderNames: readonly string[] = Object.keys(PROVIDERS);

/** Null when there is none of this name. */
export const paymentProviderOf = async (name: string): Promise<OpenProvider | null> =>
  Object.hasOwn(PROVIDERS, name) ? ((await PROVIDERS[name]?.()) ?? null) : null;
