import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FORMER_PLACES, ISO_4217 } from './iso-4217.ts';
import { currency, decimal, isCurrency, recordedMinor, toDecimal, toMinor } from './money.ts';

const DIGITS: readonly (readonly [string, number])[] = [
  ['JPY', 0],
  ['EUR', 2],
  ['KWD', 3],
  ['HUF', 2],
  ['IQD', 3],
  ['VED', 2],
  ['CLF', 4],
];

const minors = fc.maxSafeInteger();

/** Exact minor units of a decimal text, by whole numbers of any size. */
const exactMinor = (amount: string, digits: number): bigint => {
  const [whole = '', fraction = ''] = amount.split('.');
  return BigInt(whole + fraction.padEnd(digits, '0').slice(0, digits));
};

describe.each(DIGITS)('an amount in %s, of %i decimal places', (code, digits) => {
  it('comes back as the amount that it was', () => {
    fc.assert(
      fc.property(minors, (minor) => {
        const text = toDecimal(minor, code);
        const inBounds = Math.abs(minor) < 1e15;
        expect(toMinor(text, code)).toBe(inBounds || toMinor(text, code) !== null ? minor : null);
      }),
    );
  });

  it('is exact', () => {
    const amounts = fc.tuple(fc.nat(), fc.stringMatching(new RegExp(`^\\d{${digits}}0{0,3}$`)));
    fc.assert(
      fc.property(amounts, ([whole, fraction]) => {
        const text = fraction === '' ? `${whole}` : `${whole}.${fraction}`;
        expect(BigInt(toMinor(text, code) ?? -1)).toBe(exactMinor(text, digits));
      }),
    );
  });

  it('has as many places as the currency', () => {
    fc.assert(
      fc.property(minors, (minor) => {
        expect(toDecimal(minor, code)).toMatch(digits === 0 ? /^-?\d+$/ : new RegExp(`^-?\\d+\\.\\d{${digits}}$`));
      }),
    );
  });

  it('cannot be finer than the currency', () => {
    expect(toMinor(`1.${'0'.repeat(digits)}1`, code)).toBeNull();
    expect(toMinor(`1.${'0'.repeat(digits)}0`, code)).toBe(10 ** digits);
  });
});

describe('an amount', () => {
  it('does not know negative zero', () => {
    expect(toMinor('-0.00', 'EUR')).toBe(0);
    expect(toDecimal(-0, 'EUR')).toBe('0.00');
  });

  it('is not rounded by binary fractions', () => {
    expect([toMinor('1.005', 'KWD'), toMinor('0.29', 'EUR'), toMinor('1.15', 'EUR')]).toEqual([1_005, 29, 115]);
  });

  it.each(['', '.', '1.', '.5', '+1', '1,00', '1e3', ' 1', '0x10', 'NaN', '1234567890123456', '1.1234567'])(
    'is not %j',
    (text) => {
      expect(toMinor(text, 'EUR')).toBeNull();
    },
  );

  it('ends where whole numbers are no longer exact', () => {
    expect(toMinor('90071992547409.91', 'EUR')).toBe(Number.MAX_SAFE_INTEGER);
    expect(toMinor('90071992547409.92', 'EUR')).toBeNull();
  });

  it('says nothing by zeros at its end', () => {
    fc.assert(
      fc.property(fc.constantFrom('1.5', '1.50', '0.0', '699.99'), fc.nat({ max: 34 }), (text, zeros) => {
        expect(toMinor(text + '0'.repeat(zeros), 'EUR')).toBe(toMinor(text, 'EUR'));
      }),
    );
  });

  it('that was recorded and cannot be read is a defect', () => {
    expect(recordedMinor('1.50', 'EUR')).toBe(150);
    expect(() => recordedMinor('1.505', 'EUR')).toThrow('1.505 is not an amount in EUR');
  });
});

describe('the money of an event', () => {
  it('is a decimal text that is not negative', () => {
    expect(decimal.decode('699.99')).toBe('699.99');
    expect(decimal.decode('1.5000000')).toBe('1.5000000');
    for (const value of ['-1', 5, null, '', '1e5', '1.0000001'])
      expect(() => decimal.decode(value)).toThrow('decimal number');
  });

  it('has a currency that there is', () => {
    expect(currency.decode('EUR')).toBe('EUR');
    for (const value of ['eur', 'EURO', '', null, 'constructor'])
      expect(() => currency.decode(value)).toThrow('ISO 4217');
    expect(isCurrency('toString')).toBe(false);
  });
});

describe('the currencies of ISO 4217', () => {
  it('have a code of their own and a number of their own', () => {
    const entries = [...ISO_4217.values()];
    expect(entries).toHaveLength(178);
    expect(new Set(entries.map(({ number }) => number)).size).toBe(entries.length);
    for (const { code, number } of entries) expect(`${code} ${number}`).toMatch(/^[A-Z]{3} \d{3}$/);
  });

  it('can price unless they have no minor unit, or have been given up', () => {
    for (const { code, places } of ISO_4217.values()) expect([code, isCurrency(code)]).toEqual([code, places !== null]);
    expect([...FORMER_PLACES.keys()].filter((code) => ISO_4217.has(code) || isCurrency(code))).toEqual([]);
  });

  /** What Node's Intl said of them when earlier versions recorded amounts. */
  it.each([
    ['HUF', '1050'],
    ['IQD', '1050'],
    ['AFN', '0'],
    ['XDR', '10.50'],
    ['BGN', '10.50'],
    ['SLL', '1050'],
  ])('are read as earlier versions recorded them: %s %s', (code, amount) => {
    expect(currency.decode(code)).toBe(code);
    const minor = recordedMinor(amount, code);
    expect(recordedMinor(toDecimal(minor, code), code)).toBe(minor);
    expect(minor).toBe(Number(amount) * 10 ** (ISO_4217.get(code)?.places ?? 2));
  });
});
