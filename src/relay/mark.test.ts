import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatMark, isSameMark, NO_MARK, parseMark, UNREADABLE_MARK } from './mark.ts';

describe('a mark', () => {
  it('names the last entry of its publication and of the one before', () => {
    expect(parseMark('7:1767225600000-2:1767225599000-0')).toEqual({
      number: 7n,
      lastEntryId: '1767225600000-2',
      previousEntryId: '1767225599000-0',
    });
  });

  it('begins as it is written without the entry before', () => {
    const text = '7:1767225600000-2:1767225599000-0';
    expect(text.startsWith(`${formatMark(parseMark(text))}:`)).toBe(true);
  });

  it('is nothing when it is missing', () => {
    expect(parseMark('')).toBe(NO_MARK);
    expect(formatMark(NO_MARK)).toBe('');
  });

  it('is another one when another attempt has its number', () => {
    expect(isSameMark(parseMark('7:1-0:0-1'), parseMark('7:2-0:0-1'))).toBe(false);
    expect(isSameMark(parseMark('7:1-0:0-1'), { number: 7n, lastEntryId: '1-0' })).toBe(true);
  });

  it.each([
    '149',
    'junk',
    ':x',
    '0:1-0:',
    '01:1-0:',
    '7:1-0',
    '7:1:',
    '7::',
    '-7:1-0:',
    '7:1-0:x',
    '9'.repeat(19),
    '7:1-0: ',
  ])('is lost where something else stands: %s', (text) => {
    expect(parseMark(text)).toBe(UNREADABLE_MARK);
  });

  it('is read from any text without a throw: as it was written, or as lost', () => {
    const id = fc.tuple(fc.nat(), fc.nat()).map(([ms, nth]) => `${ms}-${nth}`);
    const whole = fc.record({
      number: fc.bigInt(1n, 10n ** 18n - 1n),
      last: id,
      previous: fc.oneof(id, fc.constant('')),
    });
    const written = whole.map(({ number, last, previous }) => `${number}:${last}:${previous}`);
    const others = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.stringMatching(/^[\d:x-]{0,60}$/),
      fc.bigInt().map(String),
    );
    fc.assert(
      fc.property(fc.oneof(written, others), (text) => {
        const mark = parseMark(text);
        const { number, lastEntryId, previousEntryId } = mark;
        const isLost = mark.isUnreadable === true || text === '';
        const meant = isLost ? '0::' : text;
        expect(`${number}:${lastEntryId}:${previousEntryId}`).toBe(meant);
      }),
    );
    fc.assert(fc.property(written, (text) => parseMark(text).isUnreadable === undefined));
  });
});
