import { describe, expect, it } from 'vitest';
import { availableIn, needsOperator, outcomeOf } from './outcome.ts';

const answer = (status: number, body: unknown = {}, retryAfter: string | null = null) => ({ status, body, retryAfter });
const CALL = { productId: 'prod_1' };
const level = { productId: 'prod_1', available: 3 };

describe('what an inventory answers', () => {
  it('is done by 200 with what is available', () => {
    expect(outcomeOf(CALL, answer(200, level))).toEqual({ type: 'Done' });
  });

  it.each([undefined, null, [], 'yes', {}, { available: -1 }, { available: 1.5 }, { available: '3' }])(
    'cannot be read when 200 comes with %j',
    (body) => {
      expect(outcomeOf(CALL, answer(200, body))).toMatchObject({ type: 'NotKnown', isAway: true });
      expect(availableIn(body)).toBeNull();
    },
  );

  it('is not known when 200 comes with what is available of something else', () => {
    expect(outcomeOf(CALL, answer(200, { ...level, productId: 'prod_2' })).type).toBe('NotKnown');
    expect(outcomeOf(CALL, answer(200, { available: 3 })).type).toBe('NotKnown');
  });

  it.each([undefined, null, [], '<html>Not Found</html>'])(
    'is not known, and for an operator to see to, when 404 comes with %j, as from a proxy',
    (body) => {
      expect(outcomeOf(CALL, { status: 404, body, retryAfter: null })).toEqual({
        type: 'NotKnown',
        isAway: false,
        retryAfterMs: 0,
      });
      expect(needsOperator(404)).toBe(true);
    },
  );

  it.each([
    [409, { available: 2 }, 2],
    [409, { available: 5_000_000_000 }, 1_000_000_000],
    [404, { title: 'There is no such product.' }, 0],
  ])('is refused for good by %i %j', (status, body, available) => {
    expect(outcomeOf(CALL, answer(status, body))).toEqual({ type: 'Refused', available });
  });

  it.each([{}, { title: 'A request with this Idempotency-Key is under way.' }, { available: null }, undefined])(
    'is not known, and for an operator to see to, when 409 comes with %j, as of a key that is under way',
    (body) => {
      const conflict = { status: 409, body, retryAfter: '2' };
      expect(outcomeOf(CALL, conflict)).toEqual({ type: 'NotKnown', isAway: false, retryAfterMs: 2_000 });
      expect(needsOperator(409)).toBe(true);
    },
  );

  it.each([429, 500, 502, 503, 504])('is not known, of an inventory that is away, by %i', (status) => {
    expect(outcomeOf(CALL, answer(status))).toEqual({ type: 'NotKnown', isAway: true, retryAfterMs: 0 });
    expect(needsOperator(status)).toBe(false);
  });

  it.each([301, 400, 401, 403, 413, 415, 422])('is not known, and for an operator to see to, by %i', (status) => {
    expect(outcomeOf(CALL, answer(status))).toEqual({ type: 'NotKnown', isAway: false, retryAfterMs: 0 });
    expect(needsOperator(status)).toBe(true);
  });

  it.each([201, 204, 206])('is not known by %i, which says nothing of what was asked', (status) => {
    expect(outcomeOf(CALL, answer(status, level)).type).toBe('NotKnown');
  });

  it.each([
    ['7', 7_000],
    ['99999999', 300_000],
    ['-1', 0],
    ['1e9', 0],
    ['Wed, 21 Oct 2026 07:28:00 GMT', 0],
  ])('wants to be left alone by Retry-After: %s for %i ms', (retryAfter, retryAfterMs) => {
    expect(outcomeOf(CALL, answer(503, {}, retryAfter))).toMatchObject({ retryAfterMs });
  });
});
