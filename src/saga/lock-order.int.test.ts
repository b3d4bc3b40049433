import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../../harness/support/eventually.ts';
import { openDatabase } from '../database/index.ts';
import { newId, type Recorded } from '../events/index.ts';
import { cancelled, created, upserted } from './received.fixture.ts';
import {
  describe as describeAny,
  journalOf,
  RESERVATION_MS,
  type SagaAtWork,
  sagaAtWork,
  UNKEYED,
  WRITER,
} from './saga.fixture.ts';
import { openSaga, type Saga } from './saga.ts';

// Without an index rows come in the order in which they were written: that PostgreSQL locks in the order of ids by
// itself, as long as it takes the index, is nothing to rely on.
const WITHOUT_INDEXES = '-c enable_indexscan=off -c enable_bitmapscan=off -c enable_indexonlyscan=off';

type Statement = ReturnType<typeof sql>;

let atWork: SagaAtWork;
let saga: Saga;

beforeAll(async () => {
  await using opening = new AsyncDisposableStack();
  atWork = opening.use(await sagaAtWork());
  const url = new URL(atWork.url);
  url.searchParams.set('options', WITHOUT_INDEXES);
  const database = opening.use(openDatabase({ url: url.href, name: 'saga test', maxConnections: 2 }));
  saga = openSaga({ database, writer: WRITER, reservationMs: RESERVATION_MS, describe: describeAny });
  const opened = opening.move();
  return () => opened.disposeAsync();
});

const stockOf = (id: string) => sql`select from saga.stock where product_id = ${id} for update`;
const reservationOf = (id: string) => sql`select from saga.reservation where order_id = ${id} for update`;

const sagaWaits = () =>
  eventually(async () => {
    const { rows } = await sql`select from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`.execute(atWork.db);
    expect(rows).toHaveLength(1);
  });

/** Delivers a batch that wants two rows while somebody has the lower one; the higher one must not be held meanwhile. */
const handleWhileHeld = async (batch: readonly Recorded[], lower: Statement, higher: Statement): Promise<void> => {
  const { handled } = await atWork.db.transaction().execute(async (tx) => {
    await lower.execute(tx);
    const handling = saga.handle(batch);
    await sagaWaits();
    await sql`${higher} nowait`.execute(tx);
    return { handled: handling };
  });
  await handled;
};

describe('a batch that wants several rows', () => {
  it('locks stock in the order of its ids, wherever the rows lie', async () => {
    for (const productId of ['prod_b', 'prod_a']) {
      await saga.handle([upserted(productId)]);
      await saga.adjustStock({ productId, delta: 10, reason: null }, UNKEYED);
    }
    const order = created(newId('Order'), { prod_b: 1, prod_a: 1 });
    await handleWhileHeld([order], stockOf('prod_a'), stockOf('prod_b'));
    expect(await saga.stockLevel('prod_b')).toMatchObject({ available: 9, reserved: 1 });
  });

  it('locks reservations in the order of their ids, wherever the rows lie', async () => {
    for (const orderId of ['order_b', 'order_a']) await saga.handle([created(orderId, {})]);
    const batch = [cancelled('order_b'), cancelled('order_a')];
    await handleWhileHeld(batch, reservationOf('order_a'), reservationOf('order_b'));
    expect(await journalOf(atWork, ['order_a', 'order_b'])).toHaveLength(4);
  });
});
