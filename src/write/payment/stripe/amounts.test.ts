import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toDecimal, toMinor } from '../../../events/index.ts';
import { fromStripeAmount, toStripeAmount } from './amounts.ts';

describe('an amount, as Stripe counts', () => {
  it.each([
    ['21.00', 'EUR', 2_100],
    ['21', 'EUR', 2_100],
    ['0.5', 'USD', 50],
    ['500', 'JPY', 500],
    ['500.00', 'JPY', 500],
    ['5', 'ISK', 500],
    ['5', 'UGX', 500],
    ['5.120', 'KWD', 5_120],
    ['5.13', 'BHD', 5_130],
    // Two places by ISO 4217, none by Stripe.
    ['500.00', 'MGA', 500],
    ['1234.56', 'HUF', 123_456],
  ])('%s %s is %d, and back', (amount, currency, minor) => {
    expect(toStripeAmount(amount, currency)).toBe(minor);
    expect(toMinor(fromStripeAmount(minor, currency), currency)).toBe(toMinor(amount, currency));
  });

  it.each([
    ['0.001', 'EUR'],
    ['0.5', 'JPY'],
    ['500.50', 'MGA'],
    ['5.125', 'KWD'],
    ['5.5', 'ISK'],
    ['-1.00', 'EUR'],
    ['1e3', 'EUR'],
    ['', 'EUR'],
  ])('%s %s is none: nothing is rounded', (amount, currency) => {
    expect(toStripeAmount(amount, currency)).toBeNull();
  });

  it('is the same there and back, or none', () => {
    const currency = fc.constantFrom('EUR', 'JPY', 'ISK', 'UGX', 'KWD', 'MGA', 'CLP', 'TND', 'HUF');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999_999 }), currency, (minor, code) => {
        const amount = toDecimal(minor, code);
        const asked = toStripeAmount(amount, code);
        expect([null, minor]).toContain(asked === null ? null : toMinor(fromStripeAmount(asked, code), code));
      }),
    );
  });
});
