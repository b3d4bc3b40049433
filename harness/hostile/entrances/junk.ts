import { randomBytes } from 'node:crypto';
import type { Random } from '../../support/random.ts';

/** Bytes that the generator decides. */
export const bytes = (random: Random, length: number): Buffer =>
  Buffer.from(Array.from({ length }, () => random.integer(0, 255)));

const VALUES: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1e308,
  '',
  ' ',
  '\u0000',
  '\ud800',
  '{',
  [],
  [[[[]]]],
  {},
  { toString: 1 },
  { __proto__: null },
  'constructor',
  '__proto__',
  'x'.repeat(5_000),
];

export const value = (random: Random): unknown => random.pick(VALUES);

const nested = (open: string, close: string, depth: number): string => open.repeat(depth) + close.repeat(depth);

const DOCUMENTS: readonly string[] = [
  '',
  '{',
  '{ __typename }',
  '\uFEFF{__typename}',
  '\u0000',
  nested('{a', '}', 8_000),
  nested('[', ']', 10_000),
  `{ node(id: ${nested('[', ']', 10_000)}) { id } }`,
  `query ($a: ${nested('[', ']', 10_000)}) { a }`,
  '{ ...F } fragment F on Query { ...F }',
  'subscription { cart(id: "x") { id } }',
  'subscription { orderStatus(orderId: "order_x") { order { id } } }',
  'subscription { stock(productIds: []) { id } }',
  'subscription { events(after: "x") { cursor } }',
  'subscription { __typename }',
  'mutation { createCart { __typename } ',
  'query A { a } query A { a }',
  '{ order(id: "\ud800") { id } }',
  'type X { a: Int }',
  '"""'.repeat(3_000),
  '#'.repeat(50_000),
  '{ __schema { types { name } } }',
  `{ ${Array.from({ length: 500 }, (_, nth) => `a${nth}: __typename`).join(' ')} }`,
];

export const document = (random: Random): string => random.pick(DOCUMENTS);

/** A GraphQL request, in JSON that may not be any. */
export const params = (random: Random): string => {
  const body: Record<string, unknown> = { query: random.chance(0.8) ? document(random) : value(random) };
  for (const name of ['variables', 'operationName', 'extensions', 'more'])
    if (random.chance(0.3)) body[name] = value(random);
  const text = JSON.stringify(body);
  return random.chance(0.2) ? text.slice(0, random.integer(0, text.length)) : text;
};

/** Some bytes of it are others now. */
export const damaged = (random: Random, whole: Buffer): Buffer => {
  const copy = Buffer.from(whole);
  for (let nth = random.integer(1, 4); nth > 0 && copy.length > 0; nth -= 1)
    copy[random.integer(0, copy.length - 1)] = random.integer(0, 255);
  return copy;
};

/** For what must differ each time, and decides nothing. */
export const unique = (): string => randomBytes(6).toString('hex');
