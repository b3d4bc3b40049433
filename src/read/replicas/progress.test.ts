import { describe, expect, it } from 'vitest';
import { Progress } from './progress.ts';

describe('how old a copy of the event store is', () => {
  const progress = new Progress();
  progress.note({ atMs: 1_000, position: 5n });
  progress.note({ atMs: 1_100, position: 5n });
  progress.note({ atMs: 1_200, position: 9n });

  it.each([
    { position: 9n, asOfMs: 1_200 },
    { position: 12n, asOfMs: 1_200 },
    { position: 8n, asOfMs: 1_100 },
    { position: 5n, asOfMs: 1_100 },
    { position: 4n, asOfMs: null },
  ])('at $position it lacks nothing of $asOfMs', ({ position, asOfMs }) =>
    expect(progress.asOfMs(position)).toBe(asOfMs),
  );

  it('is known of the latest looks alone', () => {
    const long = new Progress();
    for (let look = 1; look <= 500; look += 1) long.note({ atMs: look, position: BigInt(look) });
    expect(long.asOfMs(450n)).toBe(450);
    expect(long.asOfMs(400n)).toBeNull();
  });
});
