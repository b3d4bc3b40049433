import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areWellFormedLines, compareCodePoints, fitsInto, isVisibleText, isWellFormedText, shownText } from './text.ts';

const BICYCLE = '\u{1f6b2}';
const halves = fc.integer({ min: 0xd800, max: 0xdfff }).map((unit) => String.fromCharCode(unit));
const controls = fc
  .oneof(fc.integer({ min: 0, max: 0x1f }), fc.integer({ min: 0x7f, max: 0x9f }))
  .map((unit) => String.fromCharCode(unit));
const words = fc.string({ unit: fc.constantFrom('a', 'ß', ' ', '語', BICYCLE, '\u0301', '\u200d') });

const anywhere = fc.string({
  unit: fc.constantFrom('a', 'A', '1', '\uffff', '\ue000', '\ud7ff', BICYCLE, '\u{10ffff}'),
});

describe('texts', () => {
  it('are in the order of their code points, which is the one of their bytes in UTF-8', () => {
    fc.assert(
      fc.property(anywhere, anywhere, (one, other) => {
        const byBytes = Buffer.compare(Buffer.from(one), Buffer.from(other));
        expect(Math.sign(compareCodePoints(one, other))).toBe(byBytes);
      }),
    );
  });
});

describe('a text', () => {
  it('counts characters, not units of UTF-16', () => {
    fc.assert(
      fc.property(words, fc.nat({ max: 20 }), (text, max) => {
        expect(fitsInto(text, max)).toBe(Array.from(text).length <= max);
      }),
    );
    expect([fitsInto(BICYCLE.repeat(200), 200), fitsInto(BICYCLE.repeat(201), 200)]).toEqual([true, false]);
  });

  it('is well formed whatever words it has', () => {
    fc.assert(
      fc.property(words, (text) => {
        expect([isWellFormedText(text), areWellFormedLines(text)]).toEqual([true, true]);
      }),
    );
  });

  it('is not with half a surrogate pair anywhere', () => {
    fc.assert(
      fc.property(words, halves, fc.constantFrom('', 'x'), (before, half, after) => {
        const text = `${before}x${half}${after}`;
        expect([isWellFormedText(text), areWellFormedLines(text)]).toEqual([false, false]);
      }),
    );
  });

  it('is not with a control character anywhere; tabs and line ends are for texts of several lines', () => {
    fc.assert(
      fc.property(words, controls, words, (before, control, after) => {
        const text = before + control + after;
        expect(isWellFormedText(text)).toBe(false);
        expect(areWellFormedLines(text)).toBe('\t\n\r'.includes(control));
      }),
    );
  });

  const blanks = [
    '',
    ' ',
    '\u200b',
    '\u200d\u2060',
    '\ufeff',
    '\u00ad',
    '\u3164',
    '\u2800',
    '\u202e',
    '\ufe0f',
    '\u0301',
  ];
  it.each([...blanks, '\ufffe', '\ufdd0', '\u{1ffff}'])('of which nothing can be seen is not visible: %j', (text) => {
    expect(isVisibleText(text)).toBe(false);
    expect(isVisibleText(`${text}a`)).toBe(true);
  });

  it.each(['a', '0', '語', BICYCLE, '!', 'ا', 'e\u0301', '\ue000'])('of a single sign is visible: %j', (text) => {
    expect(isVisibleText(text)).toBe(true);
  });

  it('in a message is short, well formed and without control characters, whatever it was', () => {
    const anything = fc.array(fc.oneof(words, halves, controls), { maxLength: 300 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(anything, (text) => {
        const shown = shownText(text);
        const isFit = isWellFormedText(text) && Array.from(text).length <= 100;
        expect(isWellFormedText(shown) && Array.from(shown).length <= 100).toBe(true);
        expect(shown === text).toBe(isFit);
      }),
    );
  });
});
