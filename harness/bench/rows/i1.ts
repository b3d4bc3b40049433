import { setTimeout as pause } from 'node:timers/promises';
import type { Recorded } from '../../../src/events/index.ts';
import { openBareCalls } from '../limits/bare-calls.ts';
import { type Contestant, cpuOf, Latencies, perSecond, type Round, type Row } from '../measure/index.ts';
import {
  ELSEWHERE_PRODUCTS,
  ELSEWHERE_UNITS,
  openElsewhere,
  orderElsewhere,
  type StoreElsewhere,
} from '../stage/index.ts';

const GOAL = 300;
const GOAL_P99_MS = 1_000;
const AT_ONCE = 'panier, all orders at once';
const PACED = 'panier, 100 orders a second';
const BARE = 'undici, the same requests';
const PACE = 100;
const TICKS = 20;
/** Orders that wait when a round begins, for each second that it is to last. */
const BACKLOG = 300;
const LINES = 2;

const answered = async ({ store }: StoreElsewhere): Promise<number> => {
  const { rows } = await store.database.pool.query<{ readonly many: string }>(
    "select count(*) as many from saga.journal where type = 'StockReserved'",
  );
  return Number(rows[0]?.many);
};

const untilAnswered = async (stage: StoreElsewhere, many: number): Promise<void> => {
  while ((await answered(stage)) < many) await pause(20);
};

const ordersFrom = (first: number, many: number): readonly Recorded[] =>
  Array.from({ length: many }, (_, nth) => orderElsewhere(first + nth));

/** How long these took from the order to the stock's answer, as the two are dated. */
const latenciesOf = async ({ store }: StoreElsewhere, orders: readonly Recorded[]) => {
  const { rows } = await store.database.pool.query<{ readonly id: string; readonly at: Date }>(
    'select aggregate_id as id, occurred_at as at from saga.journal where aggregate_id = any ($1)',
    [orders.map(({ envelope }) => envelope.aggregateId)],
  );
  const begunAt = new Map(orders.map(({ envelope }) => [envelope.aggregateId, Date.parse(envelope.occurredAt)]));
  const latencies = new Latencies();
  for (const { id, at } of rows) latencies.record(at.getTime() - (begunAt.get(id) ?? 0));
  return latencies.summary();
};

const AT_A_TIME = 100;

const handAllOver = async ({ saga }: StoreElsewhere, orders: readonly Recorded[]): Promise<void> => {
  for (let first = 0; first < orders.length; first += AT_A_TIME)
    await saga.handle(orders.slice(first, first + AT_A_TIME));
};

/** On time, whatever becomes of those before. */
const handOverPaced = async (
  { saga }: StoreElsewhere,
  first: number,
  seconds: number,
): Promise<readonly Recorded[]> => {
  const [begunMs, all, handing] = [performance.now(), [] as Recorded[], [] as Promise<void>[]];
  for (let tick = 0; tick < seconds * TICKS; tick += 1) {
    await pause(Math.max(0, begunMs + (tick * 1_000) / TICKS - performance.now()));
    const orders = ordersFrom(first + all.length, PACE / TICKS);
    all.push(...orders);
    handing.push(saga.handle(orders));
  }
  await Promise.all(handing);
  return all;
};

type Hand = (stage: StoreElsewhere, first: number, seconds: number) => Promise<readonly Recorded[]>;

const handBacklog: Hand = async (stage, first, seconds) => {
  const orders = ordersFrom(first, Math.ceil(seconds * BACKLOG));
  await handAllOver(stage, orders);
  return orders;
};

const verify = async ({ inventory }: StoreElsewhere, ordered: number): Promise<void> => {
  const left = Object.values(await inventory.levels()).reduce((sum, units) => sum + units, 0);
  const taken = ELSEWHERE_UNITS * ELSEWHERE_PRODUCTS.length - left;
  if (taken !== ordered * LINES) throw new Error(`${ordered} orders of two units, but ${taken} units were taken.`);
};

const openPanier = async (name: string, hand: Hand): Promise<Contestant> => {
  const stage = await openElsewhere();
  let ordered = 0;
  return {
    name,
    round: async (seconds) => {
      const [used, startedAt] = [stage.store.meter(), performance.now()];
      const orders = await hand(stage, ordered, seconds);
      ordered += orders.length;
      await untilAnswered(stage, ordered);
      const took = (performance.now() - startedAt) / 1_000;
      const latencyMs = await latenciesOf(stage, orders);
      return { operations: orders.length, seconds: took, cpuMicros: used(), latencyMs };
    },
    verify: () => verify(stage, ordered),
    [Symbol.asyncDispose]: () => stage[Symbol.asyncDispose](),
  };
};

const openBare = async (): Promise<Contestant> => {
  await using opening = new AsyncDisposableStack();
  const stage = opening.use(await openElsewhere());
  const calls = opening.use(openBareCalls(stage.inventory));
  const opened = opening.move();
  let ordered = 0;
  return {
    name: BARE,
    round: async (seconds) => {
      const many = Math.ceil(seconds * BACKLOG * LINES);
      const [cpu, startedAt] = [process.cpuUsage(), performance.now()];
      await calls.reduceAll(ordered, ordered + many);
      ordered += many;
      const { user, system } = process.cpuUsage(cpu);
      const took = (performance.now() - startedAt) / 1_000;
      return { operations: many, seconds: took, cpuMicros: { process: user + system } };
    },
    verify: () => verify(stage, ordered),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
};

const worstP99 = (rounds: readonly Round[]): number =>
  Math.max(0, ...rounds.map(({ latencyMs }) => latencyMs?.p99 ?? 0));

export const i1 = (): Row => ({
  id: 'I1',
  title: 'Orders of two lines taken from an inventory in another process',
  goal: `≥ ${GOAL} orders/s decided; p99 ≤ ${GOAL_P99_MS / 1_000} s at ${PACE}/s`,
  contestants: [() => openPanier(AT_ONCE, handBacklog), () => openPanier(PACED, handOverPaced), openBare],
  judge: (results) => {
    const [atOnce, paced, bare] = [AT_ONCE, PACED, BARE].map((name) => results.get(name) ?? []);
    const [rate, limit] = [perSecond(atOnce ?? []).median, perSecond(bare ?? []).median];
    const p99 = worstP99(paced ?? []);
    const cpu = cpuOf(atOnce ?? [], 'process').median / 1_000;
    return {
      measured: `${rate.toFixed(0)} orders/s, ${cpu.toFixed(1)} ms of CPU each; at ${PACE}/s p99 ${p99.toFixed(0)} ms`,
      limit: `${limit.toFixed(0)} orders/s`,
      ratio: rate / limit,
      met: rate >= GOAL && p99 <= GOAL_P99_MS,
    };
  },
});
