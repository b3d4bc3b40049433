import type { Place } from './arguments-of.ts';

export const written = (text: string): string => Buffer.from(text).toString('base64url');

/** What looks like a token, and is none; or was one. */
export const forgeriesOf = (tokens: readonly string[]): readonly string[] => [
  '',
  '=',
  '\0',
  '\ud800',
  'x'.repeat(19_000),
  written('event:9223372036854775808'),
  written('event:-1'),
  ...['2026-13-01T00:00:00.000Z order_x', '0000-01-01T00:00:00.000Z order_x', 'prod_1', '17'].map(written),
  ...['orders:99999999999999999.order_x', 'stuck:-99999999999999.order_x', 'dead:99999999999999999999'].map(written),
  ...['v1.cart_\ud800', 'r99999999999.order_x', 'v-1.order_x', '0.order_x', '1.order_x'].map(written),
  ...tokens.flatMap((token) => [`${token}=`, `${token}A`, ` ${token}`, token.slice(1), `${token}\n`]),
];

const TEXTS: readonly unknown[] = [
  '',
  '\0',
  'order_\0',
  '\ud800',
  'prod_\udc00x',
  'x'.repeat(90_000),
  '__proto__',
  "' or 1=1 --",
  '%',
  '\u202e',
];
const VALUES: Readonly<Record<string, readonly unknown[]>> = {
  ID: TEXTS,
  String: TEXTS,
  Int: [-1, 0, 1, 1_000_000_000, 2_147_483_647, -2_147_483_648, 2_147_483_648, 0.5, '1'],
  DateTime: [
    '2026-13-01T00:00:00Z',
    '0000-01-01T00:00:00Z',
    '99999-01-01T00:00:00Z',
    '2026-02-30T00:00:00Z',
    'now',
    'infinity',
    '0001-01-01T00:00:00Z',
    '9999-12-31T23:59:59Z',
    '9999-12-31T23:59:59-23:59',
    '\0',
    '\ud800',
  ],
};
const ENUMS: readonly unknown[] = ['PENDING', 'OPEN', '', '\0', 5, {}];

/** Values for an argument: what it may well take, and what it may not. */
export const valuesFor = ({ type, isList }: Place, sensible: readonly string[]): readonly unknown[] => {
  const own = VALUES[type] ?? ENUMS;
  const values = [...own, ...(own === TEXTS ? sensible : []), null, true, {}, [[[]]]];
  return isList ? [[], values, ...values.map((value) => [value]), Array<unknown>(9_000).fill(values[0])] : values;
};
