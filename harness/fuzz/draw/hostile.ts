import type { Random } from '../../support/random.ts';
import { list, NULL, number, object, text, type Value } from '../value.ts';
import type { Pool } from './pool.ts';

interface Drawing {
  readonly random: Random;
  readonly pool: Pool;
}

type Draw = (drawing: Drawing) => Value;

const oneOf =
  (...values: readonly (string | Value)[]): Draw =>
  ({ random }) => {
    const value = random.pick(values);
    return typeof value === 'string' ? text(value) : value;
  };

const numbers = (...digits: readonly string[]): Draw => oneOf(...digits.map((each) => number(each)));

/** 100,000 of them would never get past the limit of a body: what is just below it has to be met as well. */
const long = (length: number): Draw => oneOf('x'.repeat(length), 'é'.repeat(Math.floor(length / 2)));

const isToken = (field: string): boolean => /cursor$|Cursor$|consistencyToken$/.test(field);
/** Not whom tokens are of: once an operation has revoked them, that viewer is refused whatever they ask. */
const isId = (field: string): boolean => /(^|\.)id$|Id$/.test(field) && !/^Viewer\.id$|\.customerId$/.test(field);

const told = ({ random, pool }: Drawing, matches: (field: string) => boolean): string =>
  pool.pick(pool.fields(matches), random) ?? 'cart_01m81w58vsmgbr007j1krnvg3s';

const withOneByteChanged = (token: string, random: Random): string => {
  const at = random.integer(0, Math.max(0, token.length - 1));
  return `${token.slice(0, at)}${random.pick(['A', '_', '9', '=', 'z'])}${token.slice(at + 1)}`;
};

const base64 = (content: string): string => Buffer.from(content).toString('base64url');

/** What no honest client sends, by kind. Every argument and every field of an input may be given any of them. */
const HOSTILE: Readonly<Record<string, Draw>> = {
  loneHighSurrogate: oneOf('\ud800', '\ud800x', 'x\udbff', 'cart_\ud83d'),
  loneLowSurrogate: oneOf('\udc00', 'x\udfff', '\ude00\ud83d'),
  nul: oneOf('\u0000', 'a\u0000b', 'prod_\u0000', 'cart_\u0000', 'order_\u0000', 'dead_\u0000', '\\u0000'),
  controls: oneOf('\u0001', 'a\u001bb', 'a\r\nb', '\u007f', '\u0085', '\u2028', '\ufffe', '\uffff', '\ufeff'),
  atTheLimit: oneOf('x'.repeat(100), 'x'.repeat(200), 'x'.repeat(500), 'x'.repeat(501), '🚲'.repeat(200)),
  long: long(8_000),
  veryLong: long(100_000),
  emoji: oneOf('🚲', '👩‍👩‍👧‍👦', '🏳️‍🌈'.repeat(40)),
  invisible: oneOf('\u200b', '\u200d\u2060', '\u00ad', '\u3164', ' ', '\t', '\u00a0'),
  bidirectional: oneOf('\u202eabc', '\u2066x\u2069', 'שלום'),
  combining: oneOf('e\u0301', `a${'\u0300'.repeat(400)}`, '\u0301'),
  prototype: oneOf('__proto__', 'constructor', 'toString', 'hasOwnProperty'),
  impossibleInstant: oneOf(
    '2026-13-01T00:00:00Z',
    '2026-02-30T00:00:00.000Z',
    '2026-01-01T24:00:01Z',
    '2026-01-01T00:60:00Z',
    '2026-01-01T00:00:60Z',
    '2026-01-01',
    '2026-01-01T00:00:00+25:00',
  ),
  farInstant: oneOf(
    '0000-01-01T00:00:00Z',
    '0001-01-01T00:00:00Z',
    '9999-12-31T23:59:59.999Z',
    '9999-12-31T23:59:59-14:00',
    '10000-01-01T00:00:00Z',
    '+275760-09-13T00:00:00Z',
    '-271821-04-20T00:00:00Z',
    'infinity',
  ),
  cartId: (drawing) => text(told(drawing, (field) => field === 'Cart.id')),
  orderId: (drawing) => text(told(drawing, (field) => field === 'Order.id')),
  productId: (drawing) => text(told(drawing, (field) => field === 'Product.id')),
  deadLetterId: (drawing) => text(told(drawing, (field) => field === 'DeadLetter.id')),
  otherId: (drawing) => text(told(drawing, isId)),
  oddId: (drawing) =>
    text(`${told(drawing, isId)}${drawing.random.pick(['\u0000', '\ud800', '\u200b', ' ', '\n', 'x'])}`),
  shapedId: oneOf('cart_', 'order_x', 'prod_', 'dead_0', 'event_1', 'pay_1', `cart_${'0'.repeat(26)}`, 'prod_a:b.c-d'),
  empty: oneOf(''),
  token: (drawing) => text(told(drawing, isToken)),
  changedToken: (drawing) => text(withOneByteChanged(told(drawing, isToken), drawing.random)),
  // Asks to wait for what will never be.
  futureToken: (drawing) => {
    const type = drawing.random.pick(['Cart', 'Order']);
    return text(base64(`v99999.${told(drawing, (field) => field === `${type}.id`)}`));
  },
  instantToken: oneOf(
    base64('2026-13-01T00:00:00.000Z order_x'),
    base64('2026-02-30T00:00:00.000Z order_01m81w58vsmgbr007j1krnvg3s'),
    base64('99999-01-01T00:00:00.000Z order_x'),
    base64('2026-01-01T00:00:00.000Z order_\u0000'),
  ),
  numberToken: oneOf(
    ...['99999999999999999999', '-1', '1e3', 'event:9223372036854775808', 'v99999999999.cart_x'].map(base64),
  ),
  junkToken: oneOf(
    ...['[]', '{"__proto__":1}', '\u0000', 'prod_\u0000', '\ufffd'].map(base64),
    '====',
    '!!',
    '//79/w==',
  ),
  integer: numbers('0', '-1', '2147483647', '2147483648', '-2147483648', '-2147483649', '999', '1000', '100', '101'),
  largeInteger: numbers('9007199254740992', '9223372036854775807', '9223372036854775808', '-9223372036854775809'),
  hugeNumber: numbers('1e400', '-1e400', '1e20', '123456789012345678901234567890'),
  negativeZero: numbers('-0', '-0.0', '-0e0'),
  fraction: numbers('0.5', '1.0', '1e2', '0.1e1', '5e-324'),
  decimal: oneOf('1.5000000', '0.0000001', '10.005', '-0.00', '1e2', '.5', '5.', '+1', '00', 'NaN', 'Infinity', '0x10'),
  largeDecimal: oneOf('99999999999999999999.99', '92233720368547758.07', '92233720368547758.08', '9'.repeat(400)),
  currency: oneOf('eur', 'EUR ', 'XXX', 'HUF', 'JPY', 'KWD', 'VED', 'ABC', 'ÉUR', 'US', 'DOLLAR'),
  enumJunk: oneOf({ type: 'Name', value: 'NONSENSE' }, { type: 'Name', value: 'open' }, 'OPEN', '__proto__'),
  null: oneOf(NULL),
  wrongType: oneOf(number(1), text('1'), list([]), object([]), { type: 'Boolean', value: true }, text('null')),
  nested: oneOf(list([list([list([])])]), object([['__proto__', object([])]]), object([['constructor', NULL]])),
  emptyList: oneOf(list([])),
  longList: ({ random }) => {
    const item = random.pick([text('prod_1'), text('x'), number(1), { type: 'Name', value: 'PENDING' } as const]);
    return list(Array.from({ length: random.pick([101, 1_000, 10_000]) }, () => item));
  },
  sql: oneOf("' or 1=1 --", "'; drop table x; --", '%', '_', '\\', '{}', '{a,b}', '(,)', '"'),
};

export const HOSTILE_KINDS: readonly string[] = Object.keys(HOSTILE);

interface Hostile {
  readonly kind: string;
  readonly value: Value;
}

/** A value of that kind. */
export const hostileOf = (kind: string, drawing: Drawing): Value => {
  const draw = HOSTILE[kind];
  if (draw === undefined) throw new Error(`There is no hostile kind ${kind}.`);
  return draw(drawing);
};

const drawAny = (drawing: Drawing): Hostile => {
  const kind = drawing.random.pick(HOSTILE_KINDS);
  return { kind, value: hostileOf(kind, drawing) };
};

const MISFITS = 0.15;
const MAX_DRAWS = 8;

/** One hostile value, and its kind; mostly of a shape that the types let through. */
export const drawHostile = (drawing: Drawing, shape: Value['type']): Hostile => {
  const draws = drawing.random.chance(MISFITS) ? 1 : MAX_DRAWS;
  let drawn = drawAny(drawing);
  for (let times = 1; times < draws && drawn.value.type !== shape; times += 1) drawn = drawAny(drawing);
  return drawn;
};
