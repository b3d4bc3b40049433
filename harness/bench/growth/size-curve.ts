import type { Contestant } from '../measure/index.ts';
import { type BackgroundOperation, CONSUMER_OPERATIONS, START_UP } from './behind-gateway.ts';
import { type Filled, openFilled } from './filled.ts';
import { type Measured, measurePoint, type Pace, type Point } from './point.ts';
import { openRunning } from './running.ts';
import { GATEWAY_OPERATIONS } from './through-gateway.ts';
import { verifySample } from './verify-sample.ts';

const IN_FLIGHT = 8;

/** 1,000, 10,000 … up to a number of events. */
const sizesUpTo = (upTo: number): readonly number[] => {
  const sizes: number[] = [];
  for (let size = 1_000; size <= upTo; size *= 10) sizes.push(size);
  return sizes;
};

interface Pair {
  readonly here: Filled;
  readonly first: Filled;
}

type OpenOn<T> = (on: T) => (name: string) => Promise<Contestant>;

const onBoth = <T>(
  name: string,
  { here, first }: Pair,
  open: { readonly here: T; readonly first: T; readonly on: OpenOn<T> },
): Measured => ({
  curve: 'size',
  operation: name,
  here: { x: here.events, open: open.on(open.here) },
  first: { x: first.events, open: open.on(open.first) },
});

const throughGateways = async (pair: Pair, pace: Pace): Promise<readonly Point[]> => {
  await using here = await openRunning(pair.here);
  await using first = await openRunning(pair.first);
  const points: Point[] = [];
  for (const { name, open } of GATEWAY_OPERATIONS) {
    const measured = onBoth(name, pair, { here, first, on: (running) => open(running, IN_FLIGHT) });
    points.push(await measurePoint(measured, pace));
  }
  return points;
};

const behindGateways = (pair: Pair, { name, open }: BackgroundOperation, pace: Pace): Promise<Point> =>
  measurePoint(onBoth(name, pair, { ...pair, on: open }), pace);

const measurePair = async (pair: Pair, pace: Pace): Promise<readonly Point[]> => {
  for (const filled of [pair.here, pair.first]) await verifySample(filled);
  const points = [await behindGateways(pair, START_UP, pace), ...(await throughGateways(pair, pace))];
  for (const operation of CONSUMER_OPERATIONS) points.push(await behindGateways(pair, operation, pace));
  return points;
};

export interface Sizes {
  readonly from: number;
  readonly upTo: number;
}

/** Each size on a database of its own, beside a new one of the first size. */
export const sizeCurve = async ({ from, upTo }: Sizes, pace: Pace): Promise<readonly Point[]> => {
  const [firstSize = 1_000, ...sizes] = sizesUpTo(upTo);
  const points: Point[] = [];
  for (const events of sizes.filter((size) => size >= from)) {
    await using here = await openFilled({ events, say: pace.say });
    await using first = await openFilled({ events: firstSize, say: pace.say });
    points.push(...(await measurePair({ here, first }, pace)));
  }
  return points;
};
