import { openFilled } from './filled.ts';
import { measurePoint, type Pace, type Point } from './point.ts';
import { openRunning } from './running.ts';
import { ADD_TO_FRESH, CHECKOUT, ORDER_BY_ID } from './through-gateway.ts';

const EVENTS = 10_000;

/** 1, 2, 4 … up to a number in flight. */
const steps = (upTo: number): readonly number[] => {
  const all: number[] = [];
  for (let inFlight = 1; inFlight <= upTo; inFlight *= 2) all.push(inFlight);
  return all;
};

/** So many in flight beside one at a time, on the same panier. */
export const concurrencyCurve = async (upTo: number, pace: Pace): Promise<readonly Point[]> => {
  await using filled = await openFilled({ events: EVENTS, say: pace.say });
  await using running = await openRunning(filled);
  const [first = 1, ...more] = steps(upTo);
  const points: Point[] = [];
  for (const { name, open } of [ORDER_BY_ID, ADD_TO_FRESH, CHECKOUT])
    for (const inFlight of more) {
      const place = (x: number) => ({ x, open: open(running, x) });
      points.push(
        await measurePoint({ curve: 'concurrency', operation: name, here: place(inFlight), first: place(first) }, pace),
      );
    }
  return points;
};
