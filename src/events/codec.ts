/** A JSON value, as it stands in an event's `data`. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/** Reads a value off the wire and writes it back. `decode` throws {@link DecodeError}; `encode` cannot fail. */
export interface Codec<T> {
  readonly decode: (value: unknown) => T;
  readonly encode: (value: T) => Json;
}

/** What the wire held could not be read; the message names the field. */
export class DecodeError extends Error {
  override readonly name = 'DecodeError';
}

export type Decoded<C> = C extends Codec<infer T> ? T : never;

const plain = <T extends Json>(isValid: (value: unknown) => value is T, expected: string): Codec<T> => ({
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
    typeof value === 'string' && value.length <= maxLength && !value.includes('\0');

const isIdentifier = (value: unknown): value is string => typeof value === 'string' && /^[\w.:-]{1,100}$/.test(value);

const isIntegerWithin =
  (min: number, max: number) =>
  (value: unknown): value is number =>
    Number.isSafeInteger(value) && (value as number) >= min && (value as number) <= max;

export const text = (maxLength = 1_000): Codec<string> => plain(isText(maxLength), `a text of at most ${maxLength} characters`);
export const identifier: Codec<string> = plain(isIdentifier, 'an identifier');
export const integer = (min: number, max: number): Codec<number> =>
  plain(isIntegerWithin(min, max), `a whole number from ${min} to ${max}`);
export const literal = <T extends string | boolean>(expected: T): Codec<T> =>
  plain((value): value is T => value === expected, JSON.stringify(expected));

/** RFC 3339 in UTC; kept as the text that it was. */
export const instant: Codec<string> = plain(
  (value): value is string => typeof value === 'string' && isInstant(value),
  'an RFC 3339 instant in UTC',
);

const isInstant = (value: string): boolean =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]00:00)$/.test(value) && !Number.isNaN(Date.parse(value));

export const nullable = <T>(codec: Codec<T>): Codec<T | null> => ({
  decode: (value) => (value === null || value === undefined ? null : codec.decode(value)),
  encode: (value) => (value === null ? null : codec.encode(value)),
});

export const list = <T>(codec: Codec<T>, maxLength: number): Codec<readonly T[]> => ({
  decode: (value) => {
    if (!Array.isArray(value) || value.length > maxLength) throw new DecodeError(`must be a list of at most ${maxLength}`);
    return value.map((item, index) => within(String(index), () => codec.decode(item)));
  },
  encode: (items) => items.map(codec.encode),
});

type RecordOf<F> = { readonly [K in keyof F]: F[K] extends Codec<infer T> ? T : never };

/** An object whose camelCase fields stand on the wire in snake_case. Fields it does not know are passed over. */
export const record = <F extends { readonly [key: string]: Codec<any> }>(fields: F): Codec<RecordOf<F>> => {
  const entries = Object.entries(fields).map(([name, codec]) => ({ name, wire: snakeCase(name), codec }));
  return {
    decode: (value) => {
      if (!isObject(value)) throw new DecodeError('must be an object');
      const read = entries.map(({ name, wire, codec }) => [name, within(wire, () => codec.decode(value[wire]))]);
      return Object.fromEntries(read) as RecordOf<F>;
    },
    encode: (value) =>
      Object.fromEntries(entries.map(({ name, wire, codec }) => [wire, codec.encode(value[name])])) as JsonObject,
  };
};

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
