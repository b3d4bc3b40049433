import { describe, expect, it } from 'vitest';
import type { Sample } from './samples.ts';
import { verdictsOf } from './verdict.ts';

const MINUTE = 60;
const TOTAL = 15 * MINUTE;

const soak = (bytesAt: (seconds: number) => number): readonly Sample[] =>
  Array.from({ length: TOTAL / 5 + 1 }, (_, nth) => ({ seconds: nth * 5, memory: { heap: bytesAt(nth * 5) } }));

describe('the verdict on a soak', () => {
  it('calls memory bounded that grows at first and then stays', () => {
    const [verdict] = verdictsOf(
      soak((seconds) => Math.min(seconds, 3 * MINUTE) * 1_000),
      TOTAL,
    );
    expect(verdict).toEqual({ name: 'heap', settled: 180_000, end: 180_000, isBounded: true });
  });

  it('calls memory unbounded that goes on growing', () => {
    const [verdict] = verdictsOf(
      soak((seconds) => 100_000 + seconds * 100),
      TOTAL,
    );
    expect(verdict?.isBounded).toBe(false);
  });

  it('overlooks the peaks of a single sample', () => {
    const [verdict] = verdictsOf(
      soak((seconds) => (seconds === TOTAL ? 900_000 : 100_000)),
      TOTAL,
    );
    expect(verdict?.isBounded).toBe(true);
  });

  it('is refused where nothing was sampled', () => {
    expect(() => verdictsOf(soak(() => 1).slice(0, 3), TOTAL)).toThrow('No memory was sampled before second 300.');
  });
});
