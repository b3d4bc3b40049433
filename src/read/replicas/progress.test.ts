import { describe, expect, it } from 'vitest';
import type { Positions } from '../../events/index.ts';
import { Progress } from './progress.ts';

const at = (position: bigint, other?: bigint): Positions =>
  new Map([[0, position], ...(other === undefined ? [] : [[3, other] as const])]);

describe('how old a copy of the event store is', () => {
  const progress = new Progress();
  progress.note({ atMs: 1_000, heads: at(5n) });
  progress.note({ atMs: 1_100, heads: at(5n) });
  progress.note({ atMs: 1_200, heads: at(9n) });

  it.each([
    { position: 9n, asOfMs: 1_200 },
    { position: 12n, asOfMs: 1_200 },
    { position: 8n, asOfMs: 1_100 },
    { position: 5n, asOfMs: 1_100 },
    { position: 4n, asOfMs: null },
  ])('at $position it lacks nothing of $asOfMs', ({ position, asOfMs }) =>
    expect(progress.asOfMs(at(position))).toBe(asOfMs),
  );

  it('lacks nothing where it has got as far in every partition', () => {
    const divided = new Progress();
    divided.note({ atMs: 1_000, heads: at(5n) });
    divided.note({ atMs: 1_100, heads: at(5n, 7n) });
    divided.note({ atMs: 1_200, heads: at(9n, 8n) });
    expect(divided.asOfMs(at(9n, 7n))).toBe(1_100);
    expect(divided.asOfMs(at(9n))).toBe(1_000);
    expect(divided.asOfMs(at(9n, 8n))).toBe(1_200);
  });

  it('is not told by what has more than the store has later: it follows another one', () => {
    const failedOver = new Progress();
    failedOver.note({ atMs: 1_000, heads: at(5n, 5n) });
    expect(failedOver.asOfMs(at(5n, 6n))).toBe(1_000);
    failedOver.note({ atMs: 1_100, heads: at(7n, 5n) });
    expect(failedOver.asOfMs(at(7n, 6n))).toBe(Number.NEGATIVE_INFINITY);
    failedOver.note({ atMs: 1_200, heads: at(7n, 6n) });
    expect(failedOver.asOfMs(at(7n, 6n))).toBe(1_200);
  });

  it('is known of the latest looks alone', () => {
    const long = new Progress();
    for (let look = 1; look <= 500; look += 1) long.note({ atMs: look, heads: at(BigInt(look)) });
    expect(long.asOfMs(at(450n))).toBe(450);
    expect(long.asOfMs(at(400n))).toBeNull();
  });
});
