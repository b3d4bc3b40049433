import { Random } from '../support/random.ts';
import { lostIn, openIn, untilClosed } from './counted.ts';
import { evidenceOf } from './evidence-of.ts';
import { borneBy, type Customers, ordersOf, type Store } from './gather.ts';
import type { Options } from './options.ts';
import { playCalm } from './play/calm.ts';
import type { Played } from './play/played.ts';
import { playStormy } from './play/stormy.ts';
import { endProcesses, type Stage } from './stage.ts';
import { type Broken, countUntouched, type Evidence, judge, type Kill, type OrderSeen } from './verdict/index.ts';

const MICROS_PER_MS = 1_000;

export interface Proof {
  readonly evidence: Evidence;
  readonly played: Played;
  readonly broken: readonly Broken[];
  /** Orders that ended otherwise than their customers meant. */
  readonly strayed: readonly string[];
  /** Orders beside which no process was killed: all rules hold of them. */
  readonly untouched: number;
  /** What processes say that became of their spans: some that never ended, or were lost. */
  readonly counted: readonly string[];
  /** Why the sink did not take some. */
  readonly refused: readonly string[];
}

const killsOf = ({ processes: { members } }: Stage): readonly Kill[] =>
  members.flatMap(({ name, cutOffs }) =>
    cutOffs.map(({ atMs, byItsClockMs }) => ({
      process: name,
      atMicros: atMs * MICROS_PER_MS,
      byItsClockMicros: byItsClockMs * MICROS_PER_MS,
    })),
  );

const strayedOf = (orders: readonly OrderSeen[], { endOf }: Played): readonly string[] =>
  orders.flatMap(({ id, status }) => {
    const end = endOf(id);
    return end === null || end === status ? [] : [`${id} is ${status}, and ought to be ${end}`];
  });

/** Plays, has everything told, and judges the trace of every order. */
export const prove = async (stage: Stage, options: Options): Promise<Proof> => {
  const { processes } = stage;
  const played = await (options.chaos === null
    ? playCalm(processes, options)
    : playStormy(processes, options.chaos, new Random(options.seed)));
  const customersOf = (orderId: string): Customers => played.customersOf(orderId);
  const store: Store = { query: (text) => processes.postgres.query(text) };
  const orders = await ordersOf(store, customersOf);
  const borne = await borneBy(store);
  const counted = await untilClosed(stage.counted);
  await endProcesses(stage);
  const evidence = evidenceOf({ ...played, kills: killsOf(stage), spans: stage.spans, orders, borne });
  return {
    evidence,
    played,
    broken: [...judge(evidence)],
    strayed: strayedOf(orders, played),
    untouched: countUntouched(evidence),
    counted: [...openIn(counted), ...(options.chaos === null ? lostIn(counted) : [])],
    refused: stage.sink.complaints,
  };
};
