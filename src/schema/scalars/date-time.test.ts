import { describe, expect, it } from 'vitest';
import { parseInstant } from './date-time.ts';

describe('a DateTime', () => {
  it.each([
    ['2026-01-31T09:30:00Z', '2026-01-31T09:30:00.000Z'],
    ['2026-01-31T09:30:00.123456Z', '2026-01-31T09:30:00.123Z'],
    ['2026-01-31T01:00:00+02:00', '2026-01-30T23:00:00.000Z'],
    ['2024-02-29T00:00:00.5-00:00', '2024-02-29T00:00:00.500Z'],
  ])('is taken from %s', (given, expected) => {
    expect(parseInstant(given)).toBe(expected);
  });

  it.each([
    '2026-02-30T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-01-31',
    '2026-01-31T09:30:00',
    '2026-01-31T24:00:00Z',
    '0000-01-01T00:00:00Z',
    '0001-01-01T00:00:00+00:01',
    '9999-12-31T23:59:59-00:01',
    '99999-01-01T00:00:00Z',
    '+010000-01-01T00:00:00Z',
    '2026-01-31T09:30:00Z\ud800',
    '1',
    1,
    null,
  ])('is not %s', (given) => {
    expect(() => parseInstant(given)).toThrow('A DateTime is an RFC 3339 instant');
  });
});
