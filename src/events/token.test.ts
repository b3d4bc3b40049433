import fc, { type Arbitrary } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countPart, idPart, instantPart, positionPart, tokenOf } from './token.ts';

const written = (text: string): string => Buffer.from(text).toString('base64url');

const id = fc.stringMatching(/^[\w.:-]{1,100}$/);
const instant = fc
  .date({ min: new Date('0001-01-01'), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true })
  .map((date) => date.toISOString());

const KINDS = [
  { token: tokenOf('', [countPart, idPart]), values: fc.tuple(fc.nat(), id) },
  { token: tokenOf('v', [countPart, idPart]), values: fc.tuple(fc.nat(), id) },
  { token: tokenOf('event:', [positionPart]), values: fc.tuple(fc.bigInt({ min: 0n, max: 2n ** 63n - 1n })) },
  { token: tokenOf('orders:', [instantPart, idPart]), values: fc.tuple(instant, id) },
  { token: tokenOf('stuck:', [instantPart, idPart]), values: fc.tuple(instant, id) },
  { token: tokenOf('products:', [idPart]), values: fc.tuple(id) },
].map(({ token, values }) => ({
  decode: token.decode,
  encode: (given: readonly unknown[]): string => (token.encode as (...parts: readonly unknown[]) => string)(...given),
  values: values as Arbitrary<readonly unknown[]>,
}));

const places = fc.tuple(fc.nat({ max: 200 }), fc.constantFrom('', '=', '\n', 'A', '-', ' ', '\ud800', 'Zg'));

describe('a token', () => {
  it.each(KINDS)('of any kind stands for what it was made of, and for nothing in another kind', (kind) => {
    fc.assert(
      fc.property(kind.values, (values) => {
        const token = kind.encode(values);
        expect(token).toMatch(/^[\w-]+$/);
        expect(kind.decode(token)).toEqual(values);
        expect(KINDS.filter((other) => other.decode(token) !== null)).toEqual([kind]);
      }),
    );
  });

  it.each(KINDS)('of any kind that was changed stands for nothing, or is just what its new values make', (kind) => {
    fc.assert(
      fc.property(kind.values, places, (values, [place, text]) => {
        const token = kind.encode(values);
        const changed = token.slice(0, place) + text + token.slice(place + 1);
        const read = kind.decode(changed);
        expect(read === null ? changed : kind.encode(read)).toBe(changed);
      }),
    );
  });

  it.each(KINDS)('of any kind is not any text, nor what any text makes in base64', (kind) => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const read = [text, written(text)].map((token) => [token, kind.decode(token)] as const);
        for (const [token, values] of read) expect(values === null || kind.encode(values) === token).toBe(true);
      }),
    );
  });

  it.each([
    'event:-1',
    'event:01',
    'event:9223372036854775808',
    'event:1e3',
    'event:',
    'v2147483648.cart_1',
    'v1.cart 1',
    'orders:2026-13-01T00:00:00.000Z.order_1',
    'orders:253402300800000.order_1',
    'orders:-62135596800001.order_1',
    'orders:-0.order_1',
    'products:prod_1\u0000',
  ])('of values that none can have stands for nothing: %j', (text) => {
    for (const { decode } of KINDS) expect(decode(written(text))).toBeNull();
  });
});
