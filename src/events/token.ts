import { instantOf, timeOf } from './codec.ts';

/** A part of a token. `read` answers null for a text that is not just what `write` makes of some value. */
export interface TokenPart<T> {
  // Methods, for their parameters are bivariant: a token takes parts of any value as TokenPart<unknown>.
  read(text: string): T | null;
  write(value: T): string;
}

/** A part whose texts never hold the sign that stands between parts. */
export interface InnerPart<T> extends TokenPart<T> {
  readonly mayStandWithin: true;
}

type Values<P> = { readonly [K in keyof P]: P[K] extends TokenPart<infer T> ? T : never };

/** What clients are given to hand back, and are not to look into. */
export interface Token<V extends readonly unknown[]> {
  encode(...values: V): string;
  /** What the token stands for; null for anything but what `encode` makes. */
  decode(token: string): V | null;
}

const MAX_BIGINT = 2n ** 63n - 1n;
const MAX_INTEGER = 2_147_483_647;
const NUMBER = /^(0|[1-9]\d{0,18})$/;

/** A position, as PostgreSQL's bigint. */
export const positionPart: InnerPart<bigint> = {
  mayStandWithin: true,
  read: (text) => (NUMBER.test(text) && BigInt(text) <= MAX_BIGINT ? BigInt(text) : null),
  write: String,
};

/** A count, as PostgreSQL's integer. */
export const countPart: InnerPart<number> = {
  mayStandWithin: true,
  read: (text) => (NUMBER.test(text) && Number(text) <= MAX_INTEGER ? Number(text) : null),
  write: String,
};

/** An id, also one that another service chose. It may hold any sign, and so is the last part. */
export const idPart: TokenPart<string> = {
  read: (text) => (/^[\w.:-]{1,100}$/.test(text) ? text : null),
  write: (id) => id,
};

/** An RFC 3339 instant in UTC with milliseconds, as it is shown; in milliseconds since 1970. */
export const instantPart: InnerPart<string> = {
  mayStandWithin: true,
  read: (text) => (/^(0|-?[1-9]\d{0,14})$/.test(text) ? instantOf(Number(text)) : null),
  write: (instant) => String(timeOf(instant) ?? ''),
};

const SEPARATOR = '.';
/** As of any argument: a cursor may name a position of each of 64 partitions. */
const MAX_LENGTH = 1_000;

const written = (text: string): string => Buffer.from(text).toString('base64url');

/** The text in a token; null when it is no token that was written here: base64 is read with anything in between. */
const textIn = (token: string): string | null => {
  if (token.length > MAX_LENGTH) return null;
  const text = Buffer.from(token, 'base64url').toString();
  return written(text) === token ? text : null;
};

/** As many texts as there are parts; the last one has what is left. */
const split = (text: string, count: number): readonly string[] => {
  const texts = text.split(SEPARATOR);
  return [...texts.slice(0, count - 1), texts.slice(count - 1).join(SEPARATOR)];
};

/**
 * A kind of opaque token, of these parts: each is read by its value, so that no form that looks like one gets further. Its
 * mark tells it from every other kind.
 */
export const tokenOf = <const P extends readonly [...InnerPart<unknown>[], TokenPart<unknown>]>(
  mark: string,
  parts: P,
): Token<Values<P>> => ({
  encode: (...values) => written(mark + parts.map((part, nth) => part.write(values[nth])).join(SEPARATOR)),
  decode: (token) => {
    const text = textIn(token);
    if (text === null || !text.startsWith(mark)) return null;
    const texts = split(text.slice(mark.length), parts.length);
    const values = parts.map((part, nth) => part.read(texts[nth] ?? ''));
    return values.includes(null) ? null : (values as Values<P>);
  },
});
