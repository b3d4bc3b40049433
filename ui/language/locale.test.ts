import { describe, expect, it } from 'vitest';
import { localeOf } from './locale.ts';

describe('how numbers and times are written', () => {
  it.each([
    ['en', ['en-GB', 'en'], 'en-GB'],
    ['fr', ['en-GB', 'fr-CA'], 'fr-CA'],
    ['fr', ['en-US'], 'fr'],
  ])('speaking %s to a browser that asks for %j: as in %s', (language, asked, locale) => {
    expect(localeOf(language, asked)).toBe(locale);
  });
});
