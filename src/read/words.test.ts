import { describe, expect, it } from 'vitest';
import { isSearchable, rarestFirst, wordsOf } from './words.ts';

describe('words', () => {
  it('are letters and digits, in small letters, each once', () => {
    expect(wordsOf('Carte refusée: CARTE «プリペイド» prod_7 -- !')).toEqual([
      'carte',
      'refusée',
      'プリペイド',
      'prod',
      '7',
    ]);
    expect(wordsOf('y'.repeat(100))).toEqual(['y'.repeat(64), 'y'.repeat(36)]);
    expect(wordsOf(Array.from({ length: 99 }, (_, nth) => `w${nth}`).join(' '))).toHaveLength(50);
    expect(['«»', '', ' - '].map(isSearchable)).toEqual([false, false, false]);
    expect(rarestFirst(['a', 'abc', 'ab'])).toEqual(['abc', 'ab', 'a']);
  });
});
