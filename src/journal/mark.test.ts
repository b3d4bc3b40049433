import { describe, expect, it } from 'vitest';
import { formatMark, isSameMark, NO_MARK, parseMark } from './mark.ts';

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
});
