import { describe, expect, it } from 'vitest';
import { TextCache } from './text-cache.ts';

describe('what is known of texts', () => {
  it('stays small in a flood of different texts', () => {
    const cache = new TextCache<number>();
    for (let nth = 0; nth < 5_000; nth += 1) cache.set(`{ a${nth} }`, nth);
    expect(cache.size).toBe(1_000);
    expect([cache.get('{ a3999 }'), cache.get('{ a4000 }'), cache.get('{ a4999 }')]).toEqual([undefined, 4_000, 4_999]);
  });

  it('stays small in a flood of long texts', () => {
    const cache = new TextCache<number>();
    for (let nth = 0; nth < 100; nth += 1) cache.set(`${nth}${'x'.repeat(40_000)}`, nth);
    expect(cache.size).toBeLessThan(10);
  });

  it('forgets what was not asked for the longest', () => {
    const cache = new TextCache<string>();
    cache.set('often', 'kept');
    for (let nth = 0; nth < 2_000; nth += 1) {
      cache.set(`seldom ${nth}`, 'gone');
      expect(cache.get('often')).toBe('kept');
    }
  });

  it('counts a text once, however often it is set', () => {
    const cache = new TextCache<number>();
    const texts = ['a', 'b', 'c'].map((each) => each.repeat(40_000));
    for (let nth = 0; nth < 100; nth += 1) for (const text of texts) cache.set(text, nth);
    expect(texts.map((text) => cache.get(text))).toEqual([99, 99, 99]);
  });

  it('does not take a text that would crowd out most others', () => {
    const cache = new TextCache<number>();
    cache.set('x'.repeat(60_000), 1);
    expect(cache.size).toBe(0);
  });
});
