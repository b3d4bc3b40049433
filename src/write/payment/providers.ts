import type { OpenProvider } from './provider.ts';
import { openSimulatedProvider } from './simulated-provider.ts';

/** The payment providers that PANIER_PAYMENT_PROVIDER may name: a file beside this one, and a line here. */
const PROVIDERS: Readonly<Record<string, OpenProvider>> = {
  simulated: openSimulatedProvider,
};

export const paymentProviderNames: readonly string[] = Object.keys(PROVIDERS);

/** Null when there is none of this name. */
export const paymentProviderOf = (name: string): OpenProvider | null =>
  Object.hasOwn(PROVIDERS, name) ? (PROVIDERS[name] ?? null) : null;
