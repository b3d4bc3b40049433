import { describe, expect, it } from 'vitest';
import { DecodeError, identifier, instant, integer, list, nullable, record, text } from './codec.ts';

const line = record({ productId: identifier, quantity: integer(1, 999) });

describe('a record', () => {
  it('names the path to what cannot be read', () => {
    const order = record({ orderLines: list(line, 10) });
    const data = {
      order_lines: [
        { product_id: 'a', quantity: 1 },
        { product_id: 'b', quantity: 0 },
      ],
    };
    expect(() => order.decode(data)).toThrow(
      new DecodeError('order_lines: 1: quantity: must be a whole number from 1 to 999'),
    );
  });

  it.each([null, undefined, [], 'text', 5])('is not %j', (value) => {
    expect(() => line.decode(value)).toThrow('must be an object');
  });
});

describe('a list', () => {
  it('has an end', () => {
    expect(() => list(identifier, 2).decode(['a', 'b', 'c'])).toThrow('must be a list of at most 2');
    expect(() => list(identifier, 2).decode({ length: 1, 0: 'a' })).toThrow('must be a list of at most 2');
  });
});

describe('a nullable value', () => {
  it('is null when it is left out', () => {
    expect([null, undefined].map(nullable(text()).decode)).toEqual([null, null]);
    expect(() => nullable(text()).decode(5)).toThrow(DecodeError);
  });
});

describe('a text', () => {
  it.each(['a\0b', 'x'.repeat(1_001), 5, null])('is not %j', (value) => {
    expect(() => text().decode(value)).toThrow('must be a text of at most 1000 characters');
  });
});

describe('a whole number', () => {
  it.each([0, 1.5, '1', Number.NaN, Number.POSITIVE_INFINITY, 1e20, 1_000])('from 1 to 999 is not %j', (value) => {
    expect(() => integer(1, 999).decode(value)).toThrow('must be a whole number from 1 to 999');
  });
});

describe('an instant', () => {
  it.each(['2026-01-02T03:04:05Z', '2026-01-02T03:04:05.123456Z', '2026-01-02T03:04:05+00:00', '2024-02-29T00:00:00Z'])(
    'is kept as the text that it was: %s',
    (value) => {
      expect(instant.decode(value)).toBe(value);
    },
  );

  it.each([
    '2026-01-02',
    '2026-01-02T03:04:05',
    '2026-01-02T03:04:05+02:00',
    '2026-02-30T00:00:00Z',
    '2026-01-02T24:00:00Z',
    '0000-01-01T00:00:00Z',
    'now',
    0,
  ])('is not %j', (value) => {
    expect(() => instant.decode(value)).toThrow('must be an RFC 3339 instant in UTC');
  });
});
