import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { whenOver } from './when-over.ts';

const NOW = Date.parse('2030-01-01T00:00:00Z');
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

beforeEach(() => void vi.useFakeTimers({ now: NOW }));
afterEach(() => void vi.useRealTimers());

/** After how many milliseconds it asks, of so many, about a sign-in that is over then by this clock. */
const askedWithin = (ms: number, overAfterMs: number): readonly number[] => {
  const asked: number[] = [];
  const end = whenOver(new Date(NOW + overAfterMs).toISOString(), () => void asked.push(Date.now() - NOW));
  vi.advanceTimersByTime(ms);
  end();
  vi.advanceTimersByTime(ms);
  return asked;
};

describe('a sign-in that ends', () => {
  it('is asked for when panier takes it no longer, and not before', () => {
    expect(askedWithin(MINUTE_MS + 32_000, MINUTE_MS)).toEqual([MINUTE_MS + 31_000]);
  });

  it('is asked for again, with a pause, while panier does not say that it is over', () => {
    expect(askedWithin(16_000, -60 * MINUTE_MS)).toEqual([5_000, 10_000, 15_000]);
  });

  it('is asked for at its end, too, where that is further away than a timer waits', () => {
    expect(askedWithin(31 * DAY_MS, 30 * DAY_MS)).toContain(30 * DAY_MS + 31_000);
  });
});
