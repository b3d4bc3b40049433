import { newId } from '../../../src/events/index.ts';
import type { Contestant } from '../measure/index.ts';
import { type OwnStore, openOwnStore } from '../stage/index.ts';
import { BARE_TABLES, bareEvents, RECORD_BARE } from './bare-events.ts';

const BATCH = 500;
const STOCK = 1_000_000_000;

const LOCK = `select available from bare.stock where product_id = 'prod_hot' for update`;
const TAKE = `update bare.stock set available = available - $1::integer where product_id = 'prod_hot'`;
const RESERVE = `insert into bare.reservation select order_id, 1 from unnest($1::text[]) as reserved (order_id)`;

const reserve = async ({ database }: OwnStore, orderIds: readonly string[]): Promise<void> => {
  const client = await database.pool.connect();
  try {
    await client.query('begin');
    await client.query(LOCK);
    await client.query(TAKE, [orderIds.length]);
    await client.query(RESERVE, [orderIds]);
    await client.query({ name: 'bare', text: RECORD_BARE, values: bareEvents(orderIds) });
    await client.query('commit');
  } finally {
    client.release();
  }
};

const verify = async ({ database }: OwnStore, reserved: number): Promise<void> => {
  const { rows } = await database.pool.query<{ taken: string; rows: string }>(
    `select (select ${STOCK} - available from bare.stock) as taken, (select count(*) from bare.reservation) as rows`,
  );
  if (Number(rows[0]?.taken) !== reserved || Number(rows[0]?.rows) !== reserved)
    throw new Error(`${reserved} were reserved, but the tables hold ${JSON.stringify(rows[0])}.`);
};

/** One product's row locked, a row and an event for each of 500 orders, one transaction; nothing is read from a stream. */
export const openBareReservation = async (name: string): Promise<Contestant> => {
  await using opening = new AsyncDisposableStack();
  const store = opening.use(await openOwnStore());
  await store.database.pool.query(`${BARE_TABLES}; update bare.stock set available = ${STOCK}`);
  let reserved = 0;
  const opened = opening.move();
  return {
    name,
    round: async (seconds) => {
      const [used, before, startedAt] = [store.meter(), reserved, performance.now()];
      while (performance.now() < startedAt + seconds * 1_000) {
        const orderIds = Array.from({ length: BATCH }, () => newId('Order'));
        await reserve(store, orderIds);
        reserved += BATCH;
      }
      const took = (performance.now() - startedAt) / 1_000;
      return { operations: reserved - before, seconds: took, cpuMicros: used() };
    },
    verify: () => verify(store, reserved),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
};
