import { describe, expect, it } from 'vitest';
import { instantOf, localOf } from './local-time.ts';

describe('a time of the browser’s zone', () => {
  it.each(['2026-01-31T09:30', '2026-07-01T23:05', '0206-01-31T09:30'])('%s comes back from its instant', (local) => {
    expect(localOf(instantOf(local))).toBe(local);
  });

  it('is empty where there is none', () => {
    expect([localOf(''), localOf('yesterday'), instantOf('')]).toEqual(['', '', '']);
  });
});
