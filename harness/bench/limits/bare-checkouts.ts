import type { Contestant } from '../measure/index.ts';
import { meterLog, type OwnStore, openOwnStore, PRODUCTS, verifyWritten } from '../stage/index.ts';
import { openBareBus } from './bare-checkouts/bus.ts';
import { lifeOf } from './bare-checkouts/life.ts';
import { bringToEnd, type Wave } from './bare-checkouts/wave.ts';

const UNITS = 1_000_000_000;

const STOCK = `
  with product as (select unnest($1::text[]) as id), stocked as (
    insert into saga.stock (product_id, available) select id, ${UNITS} from product
  ), shown as (
    insert into read.product (id, name, natural_id, price, currency, available)
    select id, id, id, '19.90', 'EUR', ${UNITS} from product
  )
  insert into read.order_count (status, orders)
  select unnest(array['PENDING', 'AWAITING_PAYMENT', 'CONFIRMED', 'REJECTED', 'COMPENSATING', 'CANCELLED']), 0`;

const openWave = async ({ database, servers }: OwnStore, nth: number): Promise<Wave & Disposable> => {
  const client = await database.pool.connect();
  const bus = await openBareBus(servers.redis, nth);
  let last = nth;
  const nextNumber = (): number => (last += WAVES_AT_MOST);
  return { client, bus, nextNumber, [Symbol.dispose]: () => client.release() };
};

const WAVES_AT_MOST = 64;

export interface BareCheckouts {
  readonly inFlight: number;
  /** So many batches are on their way at once, each with its share of those in flight. */
  readonly waves: number;
}

const livesFrom = (first: number, many: number) =>
  Array.from({ length: many }, (_, nth) =>
    lifeOf([first + nth, first + nth + 1].map((product) => PRODUCTS[product % PRODUCTS.length] ?? '')),
  );

/**
 * The writes of a checkout, in panier's steps and its tables: what is durable there before the next step is durable here,
 * each step by one transaction for a whole batch. Nobody asks for it by HTTP, nothing is decided, decoded or folded.
 */
export const openBareCheckouts = async (name: string, { inFlight, waves }: BareCheckouts): Promise<Contestant> => {
  await using opening = new AsyncDisposableStack();
  const store = opening.use(await openOwnStore());
  await store.database.pool.query(STOCK, [PRODUCTS]);
  const opened: Wave[] = [];
  for (let nth = 0; nth < waves; nth += 1) opened.push(opening.use(await openWave(store, nth)));
  let checkouts = 0;
  const batch = Math.ceil(inFlight / waves);
  const work = async (wave: Wave, untilMs: number): Promise<void> => {
    while (performance.now() < untilMs) {
      const lives = livesFrom(checkouts, batch);
      checkouts += batch;
      await bringToEnd(wave, lives);
    }
  };
  const kept = opening.move();
  return {
    name,
    round: async (seconds) => {
      const [used, logged, before] = [store.meter(), await meterLog(store.servers), checkouts];
      const startedAt = performance.now();
      await Promise.all(opened.map((wave) => work(wave, startedAt + seconds * 1_000)));
      const took = (performance.now() - startedAt) / 1_000;
      const [cpuMicros, operations] = [used(), checkouts - before];
      return { operations, seconds: took, cpuMicros, figures: { logBytes: (await logged()) / operations } };
    },
    verify: () => verifyWritten(store.servers, checkouts),
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
};
