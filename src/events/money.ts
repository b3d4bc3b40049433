import { type Codec, DecodeError } from './codec.ts';

/** An ISO 4217 code that this runtime knows. */
export type Currency = string;

/** An exact decimal number as text: `"699.99"`. */
export type Decimal = string;

/** The highest unit price, in minor units: keeps every total of an order below 2^53. */
export const MAX_PRICE_MINOR = 1_000_000_000;

const DECIMAL = /^(-?)(\d{1,15})(?:\.(\d{1,6}))?$/;
const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));
const digitsByCurrency = new Map<Currency, number>();

export const isCurrency = (value: string): boolean => CURRENCIES.has(value);

/** How many decimal places the currency has: 2 for EUR, 0 for JPY. Source: ISO 4217, by way of CLDR. */
const digitsOf = (currency: Currency): number => {
  const known = digitsByCurrency.get(currency);
  if (known !== undefined) return known;
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  digitsByCurrency.set(currency, digits);
  return digits;
};

/** Minor units (cents) of a decimal amount; null when it is no decimal number or finer than the currency allows. */
export const toMinor = (amount: Decimal, currency: Currency): number | null => {
  const match = DECIMAL.exec(amount);
  if (match === null) return null;
  const [, sign = '', whole = '', fraction = ''] = match;
  const digits = digitsOf(currency);
  if (fraction.slice(digits).replaceAll('0', '') !== '') return null;
  const minor = Number(`${sign}${whole}${fraction.slice(0, digits).padEnd(digits, '0')}`);
  return Number.isSafeInteger(minor) ? minor + 0 : null;
};

/** The decimal text of an amount in minor units, with as many places as the currency has. */
export const toDecimal = (amountMinor: number, currency: Currency): Decimal => {
  const digits = digitsOf(currency);
  const sign = amountMinor < 0 ? '-' : '';
  const padded = String(Math.abs(amountMinor)).padStart(digits + 1, '0');
  if (digits === 0) return `${sign}${padded}`;
  return `${sign}${padded.slice(0, -digits)}.${padded.slice(-digits)}`;
};

/** As {@link toMinor}, for an amount that an event recorded: a recorded amount that cannot be read is a defect. */
export const recordedMinor = (amount: Decimal, currency: Currency): number => {
  const minor = toMinor(amount, currency);
  if (minor === null) throw new DecodeError(`${amount} is not an amount in ${currency}`);
  return minor;
};

/** A decimal amount, not negative, as it stands in events. */
export const decimal: Codec<Decimal> = {
  decode: (value) => {
    if (typeof value !== 'string' || !DECIMAL.test(value) || value.startsWith('-')) {
      throw new DecodeError('must be a decimal number in a string, such as "699.99"');
    }
    return value;
  },
  encode: (value) => value,
};

export const currency: Codec<Currency> = {
  decode: (value) => {
    if (typeof value !== 'string' || !isCurrency(value)) throw new DecodeError('must be an ISO 4217 currency');
    return value;
  },
  encode: (value) => value,
};
