import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { codesIn, documentAt } from './markdown.ts';

interface Entry {
  readonly words: readonly string[];
  readonly meaning: string;
  readonly where: string;
}

const ROW = /^\| ([^|]+?) +\| ([^|]+?) +\| `([^|`]+)` +\|$/gm;

const entries: readonly Entry[] = [...documentAt('docs/glossary.md').text.matchAll(ROW)].map(
  ({ 1: words = '', 2: meaning = '', 3: where = '' }) => ({ words: words.split(', '), meaning, where }),
);

/** However it is written: "dead letter", `deadLetter`, `dead_letter`. */
const plain = (text: string): string => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');

describe('the glossary', () => {
  it('has each word once', () => {
    const words = entries.flatMap((entry) => entry.words);
    expect(words.filter((word, nth) => words.indexOf(word) !== nth)).toEqual([]);
    expect(words.length).toBeGreaterThan(60);
  });

  it.each(entries)('is right that $words lives in $where', ({ words, where }) => {
    const text = plain(where + readFileSync(where, 'utf8'));
    expect(words.filter((word) => !text.includes(plain(word)))).toEqual([]);
  });

  it('explains no word by itself alone', () => {
    expect(entries.filter(({ words, meaning }) => words.includes(meaning))).toEqual([]);
    expect(entries.flatMap(({ meaning }) => codesIn(meaning)).length).toBeGreaterThan(0);
  });
});
