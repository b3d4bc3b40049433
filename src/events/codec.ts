import type { Json } from './json.ts';
import { IDENTIFIER_SCHEMA, INSTANT_SCHEMA, type JsonSchema, orNull, takesNull } from './json-schema.ts';
import { isReadableText } from './readable.ts';
import { fitsInto } from './text.ts';

/**
 * Reads a value off the wire and writes it back. `decode` throws {@link DecodeError}; `encode` cannot fail. `schema` takes
 * what `decode` takes, of what JSON can say.
 */
export interface Codec<T> {
  readonly schema: JsonSchema;
  // Methods, for their parameters are bivariant: a record takes codecs of any field as Codec<unknown>.
  decode(value: unknown): T;
  encode(value: T): Json;
}

/** What the wire held could not be read; the message names the field. */
export class DecodeError extends Error {
  override readonly name = 'DecodeError';
}

export type Decoded<C> = C extends Codec<infer T> ? T : never;

interface Plain<T> {
  readonly isValid: (value: unknown) => value is T;
  readonly expected: string;
  readonly schema: JsonSchema;
}

const plain = <T extends Json>({ isValid, expected, schema }: Plain<T>): Codec<T> => ({
  schema,
  decode: (value) => {
    if (!isValid(value)) throw new DecodeError(`must be ${expected}`);
    return value;
  },
  encode: (value) => value,
});

const isText =
  (maxLength: number) =>
  (value: unknown): value is string =>
    // PostgreSQL's text holds no NUL: such an event could never be kept.
    typeof value === 'string' && fitsInto(value, maxLength) && isReadableText(value);

const isIdentifier = (value: unknown): value is string => typeof value === 'string' && /^[\w.:-]{1,100}$/.test(value);

export const isWord = (value: string): boolean => /^[A-Z][A-Z_]{0,29}$/.test(value);

const isIntegerWithin =
  (min: number, max: number) =>
  (value: unknown): value is number =>
    Number.isSafeInteger(value) && (value as number) >= min && (value as number) <= max;

export const text = (maxLength = 1_000): Codec<string> =>
  plain({
    isValid: isText(maxLength),
    expected: `a text of at most ${maxLength} characters`,
    schema: { type: 'string', maxLength, pattern: String.raw`^[^\u0000\ud800-\udfff]*$` },
  });
export const identifier: Codec<string> = plain({
  isValid: isIdentifier,
  expected: 'an identifier',
  schema: IDENTIFIER_SCHEMA,
});
/** A short word of capitals, such as CARD. */
export const word: Codec<string> = plain({
  isValid: (value): value is string => typeof value === 'string' && isWord(value),
  expected: 'a word of at most 30 capital letters and underscores',
  schema: { type: 'string', pattern: '^[A-Z][A-Z_]{0,29}$' },
});
export const integer = (min: number, max: number): Codec<number> =>
  plain({
    isValid: isIntegerWithin(min, max),
    expected: `a whole number from ${min} to ${max}`,
    schema: { type: 'integer', minimum: min, maximum: max },
  });
/** One of these words. */
export const oneOf = <T extends string>(...words: readonly T[]): Codec<T> =>
  plain({
    isValid: (value): value is T => words.some((each) => each === value),
    expected: words.map((each) => JSON.stringify(each)).join(' or '),
    schema: { type: 'string', enum: words },
  });
export const literal = <T extends boolean>(expected: T): Codec<T> =>
  plain({
    isValid: (value): value is T => value === expected,
    expected: JSON.stringify(expected),
    schema: { type: 'boolean', const: expected },
  });

/** RFC 3339 in UTC; kept as the text that it was. */
export const instant: Codec<string> = plain({
  isValid: (value): value is string => typeof value === 'string' && isInstant(value),
  expected: 'an RFC 3339 instant in UTC',
  schema: INSTANT_SCHEMA,
});

const isInstant = (value: string): boolean => {
  const timeMs = timeOf(value);
  // 30 February is taken for 2 March here, but refused by PostgreSQL, again at every delivery.
  return (
    timeMs !== null && /(Z|[+-]00:00)$/.test(value) && new Date(timeMs).toISOString().startsWith(value.slice(0, 19))
  );
};

const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/;

const EARLIEST_MS = Date.parse('0001-01-01T00:00:00Z');
const LATEST_MS = Date.parse('9999-12-31T23:59:59.999Z');

/** Milliseconds since 1970 of an RFC 3339 instant in any time zone, in the years 1 to 9999 of UTC; null when it is none. */
export const timeOf = (value: string): number | null => {
  const timeMs = RFC_3339.test(value) ? Date.parse(value) : Number.NaN;
  return timeMs >= EARLIEST_MS && timeMs <= LATEST_MS ? timeMs : null;
};

/** The instant, in UTC with milliseconds; null outside of the years 1 to 9999. */
export const instantOf = (timeMs: number): string | null =>
  timeMs >= EARLIEST_MS && timeMs <= LATEST_MS ? new Date(timeMs).toISOString() : null;

export const nullable = <T>(codec: Codec<T>): Codec<T | null> => ({
  schema: orNull(codec.schema),
  decode: (value) => (value === null || value === undefined ? null : codec.decode(value)),
  encode: (value) => (value === null ? null : codec.encode(value)),
});

/** Of a field that came later: where it is missing, or null, it is undefined; and then it is not written. */
export const added = <T>(codec: Codec<T>): Codec<T | undefined> => ({
  schema: orNull(codec.schema),
  decode: (value) => (value === null || value === undefined ? undefined : codec.decode(value)),
  encode: (value) => (value === undefined ? null : codec.encode(value)),
});

export const list = <T>(codec: Codec<T>, maxLength: number): Codec<readonly T[]> => ({
  schema: { type: 'array', maxItems: maxLength, items: codec.schema },
  decode: (value) => {
    if (!Array.isArray(value) || value.length > maxLength)
      throw new DecodeError(`must be a list of at most ${maxLength}`);
    return value.map((item, index) => within(String(index), () => codec.decode(item)));
  },
  encode: (items) => items.map((item) => codec.encode(item)),
});

type DecodedBy<C> = C extends Codec<infer T> ? T : never;
type AddedIn<F> = { [K in keyof F]: undefined extends DecodedBy<F[K]> ? K : never }[keyof F];
type RecordOf<F> = { readonly [K in Exclude<keyof F, AddedIn<F>>]: DecodedBy<F[K]> } & {
  readonly [K in AddedIn<F>]?: DecodedBy<F[K]>;
};

/** An object whose camelCase fields stand on the wire in snake_case. Fields it does not know are passed over. */
export const record = <F extends { readonly [key: string]: Codec<unknown> }>(fields: F): Codec<RecordOf<F>> => {
  const entries = Object.entries(fields).map(([name, codec]) => ({ name, wire: snakeCase(name), codec }));
  return {
    schema: schemaOf(entries),
    decode: (value) => {
      if (!isObject(value)) throw new DecodeError('must be an object');
      const read: Record<string, unknown> = {};
      for (const { name, wire, codec } of entries) {
        const field = within(wire, () => codec.decode(value[wire]));
        if (field !== undefined) read[name] = field;
      }
      return read as RecordOf<F>;
    },
    encode: (value) => {
      const written: Record<string, Json> = {};
      for (const { name, wire, codec } of entries) {
        const field = (value as Readonly<Record<string, unknown>>)[name];
        if (field !== undefined) written[wire] = codec.encode(field);
      }
      return written;
    },
  };
};

type Field = { readonly wire: string; readonly codec: Codec<unknown> };

const schemaOf = (fields: readonly Field[]): JsonSchema => ({
  type: 'object',
  properties: Object.fromEntries(fields.map(({ wire, codec }) => [wire, codec.schema])),
  required: fields.filter(({ codec }) => !takesNull(codec.schema)).map(({ wire }) => wire),
});

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const within = <T>(field: string, decode: () => T): T => {
  try {
    return decode();
  } catch (error) {
    if (error instanceof DecodeError) throw new DecodeError(`${field}: ${error.message}`);
    throw error;
  }
};
