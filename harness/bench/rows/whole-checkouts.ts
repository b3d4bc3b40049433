import type { CheckoutRound, Question } from '../load/checkouts.ts';
import { type Contestant, meterCpu, type Round } from '../measure/index.ts';
import { type Child, meterLog, openShop, PRODUCTS, startChild, type Topology } from '../stage/index.ts';
import { verifyCheckouts } from './verify-checkouts.ts';

/** A second; the latencies are measured at half of it. */
export const GOAL_PER_SECOND = 250;

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

export interface Checkouts {
  readonly topology: Topology;
  readonly inFlight: number;
  /** Variables of the environment. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** A panier that is bought at, each order watched to its end by a process of its own. */
export const openCheckouts = async (name: string, { topology, inFlight, settings }: Checkouts): Promise<Contestant> => {
  await using opening = new AsyncDisposableStack();
  const shop = opening.use(await openShop(topology, settings));
  const load = opening.use(startChild('load/checkouts.ts'));
  await load.ask({ type: 'prepare', urls: shop.urls, products: PRODUCTS } satisfies Question);
  const opened = opening.move();
  let checkouts = 0;
  return {
    name,
    round: async (seconds) => {
      const stopMeter = meterCpu({ ...shop.processes, load: [load.pid] });
      const logged = await meterLog(shop.servers);
      const { all, ...round } = await play({ load, inFlight, stopMeter }, seconds);
      checkouts += all;
      // Of the checkouts of both loops: some of what the first has begun is written in the second.
      return { ...round, figures: { ...round.figures, logBytes: (await logged()) / all } };
    },
    verify: () => verifyCheckouts(shop.servers, checkouts),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
};
