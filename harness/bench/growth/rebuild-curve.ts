import { REBUILD } from './behind-gateway.ts';
import { openFilled } from './filled.ts';
import { measurePoint, type Pace, type Point } from './point.ts';
import type { Sizes } from './size-curve.ts';

/** A rebuild of fewer events is over before the process is warm. */
const FIRST = 100_000;

/** 1,000,000 events, ten times as many …, each beside a database of {@link FIRST}. Every round is a whole rebuild. */
export const rebuildCurve = async ({ from, upTo }: Sizes, { rounds, say }: Pace): Promise<readonly Point[]> => {
  const points: Point[] = [];
  await using first = await openFilled({ events: FIRST, say });
  for (let size = 10 * FIRST; size <= upTo; size *= 10) {
    if (size < from) continue;
    await using here = await openFilled({ events: size, say });
    const measured = {
      curve: 'rebuild',
      operation: REBUILD.name,
      here: { x: here.events, open: REBUILD.open(here) },
      first: { x: first.events, open: REBUILD.open(first) },
    } as const;
    points.push(await measurePoint(measured, { rounds, say, seconds: 0, warmUpSeconds: 0 }));
  }
  return points;
};
