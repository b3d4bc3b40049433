import { type Codec, DecodeError } from './codec.ts';
import { FORMER_PLACES, ISO_4217 } from './iso-4217.ts';

/** An ISO 4217 code. */
export type Currency = string;

/** An exact decimal number as text: `"699.99"`. */
export type Decimal = string;

/** The highest unit price, in minor units: keeps every total of an order below 2^53. */
export const MAX_PRICE_MINOR = 1_000_000_000;

/** Zeros at the end say nothing: 1.5000000 is 1.5. */
const DECIMAL = /^(-?)(\d{1,15})(?:\.(\d{1,6})0{0,34})?$/;

/** Whether the currency is in use and has a minor unit, so that something can have a price in it. Source: ISO 4217, list one. */
export const isCurrency = (value: string): boolean => (ISO_4217.get(value)?.places ?? null) !== null;

/** Every one of them, in alphabetical order. */
export const CURRENCIES: readonly Currency[] = [...ISO_4217.keys()].filter(isCurrency).toSorted();

/** Whether amounts may have been recorded in it: a code without minor unit, or given up since, among them. */
const isKnown = (value: string): boolean => ISO_4217.has(value) || FORMER_PLACES.has(value);

const PLACES_WITHOUT_MINOR_UNIT = 2;

/**
 * How many decimal places the currency has: 2 for EUR, 0 for JPY. Earlier versions had them from Intl, which gives some
 * currencies fewer and none more: what they recorded is read all the same.
 */
const digitsOf = (currency: Currency): number =>
  ISO_4217.get(currency)?.places ?? FORMER_PLACES.get(currency) ?? PLACES_WITHOUT_MINOR_UNIT;

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
  schema: { title: 'Decimal', type: 'string', pattern: '^[0-9]{1,15}([.][0-9]{1,6}0{0,34})?$' },
  decode: (value) => {
    if (typeof value !== 'string' || !DECIMAL.test(value) || value.startsWith('-')) {
      throw new DecodeError('must be a decimal number in a string, such as "699.99"');
    }
    return value;
  },
  encode: (value) => value,
};

export const currency: Codec<Currency> = {
  schema: { title: 'Currency', type: 'string', enum: [...ISO_4217.keys(), ...FORMER_PLACES.keys()].toSorted() },
  decode: (value) => {
    if (typeof value !== 'string' || !isKnown(value)) throw new DecodeError('must be an ISO 4217 currency');
    return value;
  },
  encode: (value) => value,
};
