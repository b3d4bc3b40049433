import type { CheckoutRound, Question } from '../load/checkouts.ts';
import { type Contestant, meterCpu } from '../measure/index.ts';
import { openShop, PRODUCTS, type Servers, startChild } from '../stage/index.ts';
import { verifyCheckouts } from './verify-checkouts.ts';

export interface Crowd {
  readonly ofEach: number;
  readonly partitions: number;
  /** Whether Redis is a cluster; by default it is one server. */
  readonly isCluster?: boolean;
  /** Whether each customer stays at one gateway; by default each request goes to the next. */
  readonly staysAtOne?: boolean;
  readonly inFlight: number;
}

const verifyPartitions = async ({ pool }: Servers, partitions: number): Promise<void> => {
  const { rows } = await pool.query<{ readonly partitions: number }>('select partitions from audit.partitioning');
  if (rows[0]?.partitions !== partitions)
    throw new Error(`There are ${rows[0]?.partitions} partitions, not ${partitions}.`);
};

/** A panier of so many processes of each role and so many partitions. */
export const openCrowd = async (name: string, crowd: Crowd): Promise<Contestant> => {
  const { ofEach, partitions, inFlight, isCluster = false, staysAtOne = false } = crowd;
  await using opening = new AsyncDisposableStack();
  const shop = opening.use(await openShop({ ofEach }, { PANIER_PARTITIONS: String(partitions) }, { isCluster }));
  await verifyPartitions(shop.servers, partitions);
  const load = opening.use(startChild('load/checkouts.ts'));
  await load.ask({ type: 'prepare', urls: shop.urls, products: PRODUCTS, staysAtOne } satisfies Question);
  const opened = opening.move();
  let checkouts = 0;
  return {
    name,
    round: async (seconds) => {
      const used = meterCpu({ ...shop.processes, load: [load.pid] });
      const done = await load.ask<CheckoutRound>({ type: 'closed', seconds, inFlight } satisfies Question);
      checkouts += done.operations;
      return { ...done, cpuMicros: used() };
    },
    verify: () => verifyCheckouts(shop.servers, checkouts),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
};
