import type { CheckoutRound, Question } from '../load/checkouts.ts';
import { type Contestant, meterCpu, type Round } from '../measure/index.ts';
import { type Child, meterLog, openShop, PRODUCTS, startChild, type Topology } from '../stage/index.ts';
import { verifyCheckouts } from './verify-checkouts.ts';

/** A second; the latencies are measured at half of it. */
export const GOAL_PER_SECOND = 250;

interface Play {
  readonly load: Child;
  readonly inFlight: number;
  readonly isCeilingOnly: boolean;
  readonly stopMeter: () => Readonly<Record<string, number>>;
}

type Played = Round & { readonly all: number };

const playCeiling = async ({ load, inFlight, stopMeter }: Play, seconds: number): Promise<Played> => {
  const closed = await load.ask<CheckoutRound>({ type: 'closed', seconds, inFlight } satisfies Question);
  const { operations, latencyMs } = closed;
  const figures = { ceilingP99Ms: latencyMs.p99 };
  return { operations, seconds: closed.seconds, cpuMicros: stopMeter(), figures, all: operations };
};

/** At half of the goal, or of a ceiling that is below it. */
const playLatencies = async ({ load }: Play, seconds: number, ceiling: Played): Promise<Played> => {
  const openPerSecond = Math.max(1, Math.min(GOAL_PER_SECOND, ceiling.operations / ceiling.seconds) / 2);
  const open = await load.ask<CheckoutRound>({ type: 'open', seconds, perSecond: openPerSecond } satisfies Question);
  const figures = { ...ceiling.figures, openPerSecond };
  return { ...ceiling, latencyMs: open.latencyMs, figures, all: ceiling.all + open.operations };
};

const play = async (playing: Play, seconds: number): Promise<Played> => {
  const ceiling = await playCeiling(playing, seconds);
  return playing.isCeilingOnly ? ceiling : playLatencies(playing, seconds, ceiling);
};

export interface Checkouts {
  readonly topology: Topology;
  readonly inFlight: number;
  /** Whether only the rate is measured; otherwise also the latencies, at half of it. */
  readonly isCeilingOnly?: boolean;
  /** Variables of the environment. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** A panier that is bought at, each order watched to its end by a process of its own. */
export const openCheckouts = async (name: string, checkouts: Checkouts): Promise<Contestant> => {
  const { topology, inFlight, isCeilingOnly = false, settings } = checkouts;
  await using opening = new AsyncDisposableStack();
  const shop = opening.use(await openShop(topology, settings));
  const load = opening.use(startChild('load/checkouts.ts'));
  await load.ask({ type: 'prepare', urls: shop.urls, products: PRODUCTS } satisfies Question);
  const opened = opening.move();
  let begun = 0;
  return {
    name,
    round: async (seconds) => {
      const stopMeter = meterCpu({ ...shop.processes, load: [load.pid] });
      const logged = await meterLog(shop.servers);
      const { all, ...round } = await play({ load, inFlight, isCeilingOnly, stopMeter }, seconds);
      begun += all;
      // Of the checkouts of both loops: some of what the first has begun is written in the second.
      return { ...round, figures: { ...round.figures, logBytes: (await logged()) / all } };
    },
    verify: () => verifyCheckouts(shop.servers, begun),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
};
