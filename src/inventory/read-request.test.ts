import type { IncomingHttpHeaders } from 'node:http';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { admit, BOUNDS } from '../commands/index.ts';
import { BODIES } from './bodies.ts';
import { readKey, readProductId, readQuantity } from './read-request.ts';

const JSON_HEADERS = { 'content-type': 'application/json' };
const CONTEXT = { idempotencyKey: null, traceparent: null, reach: 'Everything' } as const;

const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
const isDocumented = ajv.compile(BODIES.Quantity);

/** Whether code takes what was sent: both what reads the body, and the door of commands behind it. */
const isTaken = (text: string): boolean => {
  const quantity = readQuantity(JSON_HEADERS, Buffer.from(text));
  if (!quantity.ok) return false;
  return admit('reduceStock', { productId: 'prod_1', quantity: quantity.value as number }, CONTEXT).ok;
};

const { min, max } = BOUNDS.quantityToMove;
const NUMBERS = [min, max, min - 1, max + 1, -1, 0, 1.5, 1e99, 0.1 + 0.2, 2 ** 53, -0];

const quantities = fc.oneof(
  fc.constantFrom(...NUMBERS),
  fc.integer({ min, max }),
  fc.double(),
  fc.constantFrom('1', true, null, [1], { quantity: 1 }),
);
const bodies = fc.oneof(
  quantities.map((quantity) => ({ quantity })),
  fc.record({ quantity: quantities, unit: fc.constantFrom('dozen', 1) }, { requiredKeys: [] }),
  fc.jsonValue(),
);

const messageOf = (text: string | null, headers: IncomingHttpHeaders = JSON_HEADERS): string => {
  const quantity = readQuantity(headers, text === null ? null : Buffer.from(text));
  return quantity.ok ? 'taken' : `${quantity.error.status} ${quantity.error.message}`;
};

describe('a body', () => {
  it('is taken when the document says so, and only then', () => {
    const taken = new Set<boolean>();
    fc.assert(
      fc.property(bodies, (body) => {
        const text = JSON.stringify(body);
        expect(isTaken(text)).toBe(isDocumented(JSON.parse(text)));
        taken.add(isTaken(text));
      }),
      { numRuns: 2_000 },
    );
    expect(taken).toEqual(new Set([true, false]));
  });

  it.each([
    ['', 'The body is no JSON: send {"quantity": n}.'],
    ['{"quantity": 1', 'The body is no JSON: send {"quantity": n}.'],
    ['{"quantity": NaN}', 'The body is no JSON: send {"quantity": n}.'],
    ['[1]', 'The body is no JSON object: send {"quantity": n}.'],
    ['null', 'The body is no JSON object: send {"quantity": n}.'],
    ['{}', 'The body has no quantity: send {"quantity": n}.'],
    ['{"quantity": 1, "unit": "dozen"}', 'The body has "unit", which is not known: send {"quantity": n}.'],
    ['{"quantity": 1, "__proto__": {}}', 'The body has "__proto__", which is not known: send {"quantity": n}.'],
  ])('that is %j is refused, and told what would do', (text, message) => {
    expect(messageOf(text)).toBe(`400 ${message}`);
  });

  it.each([undefined, 'text/plain', 'application/jsonp', 'application/x-www-form-urlencoded'])(
    'of type %s is refused before it is read',
    (type) => {
      expect(messageOf('{"quantity": 1}', type === undefined ? {} : { 'content-type': type })).toMatch(
        /^415 Send JSON/,
      );
    },
  );

  it('that is missing is no JSON', () => {
    expect(messageOf(null)).toMatch(/^400 The body is no JSON/);
  });
});

const quantityMessage = (quantity: unknown): string => {
  const admitted = admit('reduceStock', { productId: 'prod_1', quantity: quantity as number }, CONTEXT);
  return admitted.ok ? 'taken' : admitted.error.message;
};

describe('a quantity', () => {
  it.each([
    ['1', 'the text "1"'],
    [1.5, '1.5'],
    [-1, '-1'],
    [1e99, '1e+99'],
    [null, 'null'],
    [true, 'a boolean'],
    [[1], 'an object or a list'],
  ])('that is %j is told apart from what would do', (quantity, said) => {
    expect(quantityMessage(quantity)).toBe(`quantity is a whole number from 1 to 1000000000, not ${said}.`);
  });
});

const isKey = (key: string): boolean => readKey({ 'idempotency-key': key }).ok;

/** Whether the door of commands takes it as well. */
const isAdmitted = (idempotencyKey: string): boolean =>
  admit('reduceStock', { productId: 'prod_1', quantity: 1 }, { ...CONTEXT, idempotencyKey }).ok;

describe('an Idempotency-Key', () => {
  it('has 1 to 200 visible characters of ASCII, all of which the door of commands takes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary-ascii', maxLength: 210 }), (key) => {
        const isVisible = key.length > 0 && key.length <= 200 && !/[^\x21-\x7e]/.test(key);
        expect([isKey(key), isKey(key) && !isAdmitted(key)]).toEqual([isVisible, false]);
      }),
    );
  });

  it('comes once: two headers are joined, and are none', () => {
    expect(isKey('a, b')).toBe(false);
  });

  it('may be left out', () => {
    expect(readKey({})).toEqual({ ok: true, value: null });
  });
});

const idIn = (encoded: string): string => {
  const id = readProductId(encoded);
  return id.ok ? id.value : `${id.error.status}`;
};

describe('the id of a product', () => {
  it.each([
    ['prod_2', 'prod_2'],
    ['prod%5F2', 'prod_2'],
    ['prod_a%3Ab', 'prod_a:b'],
    ['2', '404'],
    ['prod_', '404'],
    ['prod_%2F..%2F1', '404'],
    ['prod_%00', '404'],
    ['prod_é', '404'],
    [`prod_${'1'.repeat(96)}`, '404'],
    ['prod_%', '400'],
    ['prod_%zz', '400'],
    ['prod_%ff', '400'],
  ])('in a path, %s, is %s', (encoded, expected) => {
    expect(idIn(encoded)).toBe(expected);
  });
});
