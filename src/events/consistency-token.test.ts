import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeConsistencyToken, encodeConsistencyToken } from './consistency-token.ts';

const made = (text: string) => Buffer.from(text).toString('base64url');

describe('a consistency token', () => {
  it('stands for the point that it was made of', () => {
    const points = fc.record({
      aggregateId: fc.stringMatching(/^[\w.:-]{1,100}$/),
      measure: fc.constantFrom('Version' as const, 'Revision' as const),
      reached: fc.nat({ max: 999_999_999 }),
    });
    fc.assert(
      fc.property(points, (point) => {
        expect(decodeConsistencyToken(encodeConsistencyToken(point))).toEqual(point);
      }),
    );
  });

  it('can go into an address as it is', () => {
    expect(encodeConsistencyToken({ aggregateId: 'order_1', measure: 'Version', reached: 3 })).toMatch(/^[\w-]+$/);
  });

  it.each([
    '',
    '!!!',
    made('x1.order_1'),
    made('v.order_1'),
    made('v-1.order_1'),
    made('v1.'),
    made('v1.a b'),
    made('v1.a\nb'),
  ])('that panier did not make stands for nothing: %j', (token) => {
    expect(decodeConsistencyToken(token)).toBeNull();
  });

  it('stands for something or nothing, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (token) => {
        const point = decodeConsistencyToken(token);
        expect(point === null || Number.isSafeInteger(point.reached)).toBe(true);
      }),
    );
  });
});
