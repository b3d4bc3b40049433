import type { Currency, Decimal } from '../../../events/index.ts';

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

/** Where Stripe departs from two decimal places, also where ISO 4217 does not (MGA). Source: docs.stripe.com/currencies. */
const NO_PLACES = words('BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF');
const THREE_PLACES = words('BHD JOD KWD OMR TND');
/** Whole units, which Stripe takes as two-decimal all the same. */
const WHOLE_UNITS = words('ISK UGX');

const TWO_PLACES = 2;

const placesOf = (currency: Currency): number => {
  if (NO_PLACES.has(currency)) return 0;
  return THREE_PLACES.has(currency) ? 3 : TWO_PLACES;
};

/** What the last digits of an amount have to be divisible by. */
const stepOf = (currency: Currency): number => {
  if (WHOLE_UNITS.has(currency)) return 100;
  return THREE_PLACES.has(currency) ? 10 : 1;
};

const DECIMAL = /^(\d{1,15})(?:\.(\d+))?$/;

/** An amount as Stripe takes it; null when Stripe takes none so fine, for to round it would charge something else. */
export const toStripeAmount = (amount: Decimal, currency: Currency): number | null => {
  const [, whole, fraction = ''] = DECIMAL.exec(amount) ?? [];
  if (whole === undefined) return null;
  const places = placesOf(currency);
  if (/[1-9]/.test(fraction.slice(places))) return null;
  const minor = Number(whole + fraction.slice(0, places).padEnd(places, '0'));
  return Number.isSafeInteger(minor) && minor % stepOf(currency) === 0 ? minor : null;
};

/** What Stripe says of an amount, as events say it. */
export const fromStripeAmount = (minor: number, currency: Currency): Decimal => {
  const places = placesOf(currency);
  const digits = String(minor).padStart(places + 1, '0');
  return places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
};
