import { openBareCheckouts } from '../limits/bare-checkouts.ts';
import { figureOf, perSecond, type Round, type Row, spreadOf } from '../measure/index.ts';
import type { Scale } from './scale.ts';
import { GOAL_PER_SECOND, openCheckouts } from './whole-checkouts.ts';

const GOAL_P99_MS = 150;
const GOAL_RATIO = 0.5;
const ONE = 'panier, one process';
const APART = 'panier, gateway apart';
const BARE = 'bare, two batches of 32 at a time';

const rateOf = (rounds: readonly Round[]): number => perSecond(rounds).median;

export const p6 = ({ isQuick }: Scale): Row => ({
  id: 'P6',
  title: 'Whole checkouts, watched by a subscription to CONFIRMED',
  goal: `≥ ${GOAL_PER_SECOND}/s, ≥ ${GOAL_RATIO} of the bare writes; at half of that, p99 from checkout to the CONFIRMED frame ≤ ${GOAL_P99_MS} ms`,
  contestants: [
    () => openCheckouts(ONE, { topology: 'one process', inFlight: isQuick ? 8 : 64 }),
    ...(isQuick ? [] : [() => openCheckouts(APART, { topology: 'gateway apart', inFlight: 64 })]),
    () => openBareCheckouts(BARE, { inFlight: 64, waves: 2 }),
  ],
  judge: (results) => {
    const ranked = [...results]
      .filter(([name]) => name !== BARE)
      .toSorted(([, left], [, right]) => rateOf(right) - rateOf(left));
    const [name, rounds] = ranked[0] ?? [ONE, []];
    const p99 = spreadOf(rounds.flatMap(({ latencyMs }) => latencyMs?.p99 ?? [])).median;
    const [rate, limit] = [rateOf(rounds), rateOf(results.get(BARE) ?? [])];
    const half = figureOf(rounds, 'openPerSecond').median;
    const ratio = rate / limit;
    return {
      measured: `${rate.toFixed(0)}/s; p99 ${p99.toFixed(0)} ms at ${half.toFixed(0)}/s (${name})`,
      limit: `${limit.toFixed(0)}/s`,
      ratio,
      met: rate >= GOAL_PER_SECOND && ratio >= GOAL_RATIO && p99 <= GOAL_P99_MS,
    };
  },
});
