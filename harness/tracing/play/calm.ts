import { untilOver } from '../../chaos/observe/index.ts';
import { Progress } from '../../chaos/report/index.ts';
import { RESERVATION_SECONDS, type Stage } from '../../chaos/stage/index.ts';
import type { Options } from '../options.ts';
import { type Bought, Crowd } from '../shop/index.ts';
import type { Played } from './played.ts';

/** After the last order: the reservation of whoever walked away, and the way of its end. */
const OVER_PATIENCE_MS = (RESERVATION_SECONDS + 100) * 1_000;

const customersOf = (bought: Bought | undefined, frames: ReadonlyMap<string, number>) => {
  const later = bought?.play.later;
  const isWatched = (frames.get(bought?.orderId ?? '') ?? 0) > 0;
  return { commands: later === undefined ? [] : [later.command], isWatched };
};

const framesOf = async ({ bought }: Crowd): Promise<ReadonlyMap<string, number>> =>
  new Map(await Promise.all(bought.map(async ({ orderId, frames }) => [orderId, await frames] as const)));

/** Buys, and waits until every order is over and everything about it is done. Nothing is broken. */
export const playCalm = async (stage: Stage, { orders, atOnce, seed }: Options): Promise<Played> => {
  const crowd = new Crowd({ gateways: stage.gateways, orders, atOnce, seed });
  await using progress = new Progress(() => `${crowd.bought.length} of ${orders} orders`);
  await crowd.shop();
  progress.say(`${orders} orders placed`);
  const { left, ms } = await untilOver(stage, OVER_PATIENCE_MS);
  progress.say(`at rest after ${(ms / 1_000).toFixed(1)} s`);
  crowd.leave();
  const frames = await framesOf(crowd);
  const byId = new Map(crowd.bought.map((bought) => [bought.orderId, bought]));
  return {
    customersOf: (orderId) => customersOf(byId.get(orderId), frames),
    endOf: (orderId) => byId.get(orderId)?.play.ends ?? null,
    outside: crowd.callers.spanIds,
    sharesClock: true,
    complaints: [...left, ...stage.members.flatMap(({ crashes }) => crashes)],
    voidBecause: [],
  };
};
