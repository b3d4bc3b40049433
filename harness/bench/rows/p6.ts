import type { CheckoutRound, Question } from '../load/checkouts.ts';
import { type Contestant, figureOf, meterCpu, perSecond, type Round, type Row, spreadOf } from '../measure/index.ts';
import { type Child, openShop, PRODUCTS, startChild, type Topology } from '../stage/index.ts';
import type { Scale } from './scale.ts';
import { verifyCheckouts } from './verify-checkouts.ts';

const GOAL_PER_SECOND = 250;
const GOAL_P99_MS = 150;
const ONE = 'panier, one process';
const APART = 'panier, gateway apart';

interface Play {
  readonly load: Child;
  readonly inFlight: number;
  readonly stopMeter: () => Readonly<Record<string, number>>;
}

/** The ceiling first; then, at half of the goal, or of a ceiling that is below it, the latencies. */
const play = async (
  { load, inFlight, stopMeter }: Play,
  seconds: number,
): Promise<Round & { readonly all: number }> => {
  const closed = await load.ask<CheckoutRound>({ type: 'closed', seconds, inFlight } satisfies Question);
  const cpuMicros = stopMeter();
  const openPerSecond = Math.max(1, Math.min(GOAL_PER_SECOND, closed.operations / closed.seconds) / 2);
  const open = await load.ask<CheckoutRound>({ type: 'open', seconds, perSecond: openPerSecond } satisfies Question);
  const { operations, seconds: elapsed } = closed;
  const figures = { openPerSecond, ceilingP99Ms: closed.latencyMs.p99 };
  return {
    operations,
    seconds: elapsed,
    cpuMicros,
    latencyMs: open.latencyMs,
    figures,
    all: operations + open.operations,
  };
};

const panier = async (name: string, topology: Topology, inFlight: number): Promise<Contestant> => {
  await using opening = new AsyncDisposableStack();
  const shop = opening.use(await openShop(topology));
  const load = opening.use(startChild('load/checkouts.ts'));
  await load.ask({ type: 'prepare', url: shop.url, products: PRODUCTS } satisfies Question);
  const opened = opening.move();
  let checkouts = 0;
  return {
    name,
    round: async (seconds) => {
      const stopMeter = meterCpu({ ...shop.processes, load: [load.pid] });
      const { all, ...round } = await play({ load, inFlight, stopMeter }, seconds);
      checkouts += all;
      return round;
    },
    verify: () => verifyCheckouts(shop.servers, checkouts),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
};

const rateOf = (rounds: readonly Round[]): number => perSecond(rounds).median;

export const p6 = ({ isQuick }: Scale): Row => ({
  id: 'P6',
  title: 'Whole checkouts, watched by a subscription to CONFIRMED',
  goal: `≥ ${GOAL_PER_SECOND}/s; at half of that, p99 from checkout to the CONFIRMED frame ≤ ${GOAL_P99_MS} ms`,
  contestants: [
    () => panier(ONE, 'one process', isQuick ? 8 : 64),
    ...(isQuick ? [] : [() => panier(APART, 'gateway apart', 64)]),
  ],
  judge: (results) => {
    const ranked = [...results].toSorted(([, left], [, right]) => rateOf(right) - rateOf(left));
    const [name, rounds] = ranked[0] ?? [ONE, []];
    const p99 = spreadOf(rounds.flatMap(({ latencyMs }) => latencyMs?.p99 ?? [])).median;
    const rate = rateOf(rounds);
    const half = figureOf(rounds, 'openPerSecond').median;
    return {
      measured: `${rate.toFixed(0)}/s; p99 ${p99.toFixed(0)} ms at ${half.toFixed(0)}/s (${name})`,
      limit: '–',
      ratio: null,
      met: rate >= GOAL_PER_SECOND && p99 <= GOAL_P99_MS,
    };
  },
});
