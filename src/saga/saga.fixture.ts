import { testDatabase } from '../../harness/support/servers.ts';
import { type Database, type Db, migrate, openDatabase } from '../database/index.ts';
import { newId, PRODUCERS } from '../events/index.ts';
import type { Describe } from './change-stock.ts';
import { upserted } from './received.fixture.ts';
import { openSaga, type Saga } from './saga.ts';

export const RESERVATION_MS = 900_000;
export const UNKEYED = { idempotencyKey: null, traceparent: null, reach: 'Everything' } as const;
/** A catalogue that has every product. */
export const describe: Describe = async (id) => ({ id, name: 'Camera', price: '10.50', currency: 'EUR' });
export const WRITER = { producer: PRODUCERS.saga, producerInstance: `${PRODUCERS.saga}-1` };

export interface SagaAtWork extends AsyncDisposable {
  readonly url: string;
  readonly database: Database;
  readonly db: Db;
  readonly saga: Saga;
}

/** A saga on a database of its own. */
export const sagaAtWork = async (): Promise<SagaAtWork> => {
  await using opening = new AsyncDisposableStack();
  const { url } = opening.use(await testDatabase());
  const database = opening.use(openDatabase({ url, name: 'saga test', maxConnections: 12 }));
  const { db } = database;
  await migrate(db);
  const saga = openSaga({ database, writer: WRITER, reservationMs: RESERVATION_MS, describe });
  const opened = opening.move();
  return { url, database, db, saga, [Symbol.asyncDispose]: () => opened.disposeAsync() };
};

/** A new product with so many units available; its id. */
export const productWith = async ({ saga }: SagaAtWork, available: number): Promise<string> => {
  const productId = newId('Product');
  await saga.handle([upserted(productId)]);
  if (available > 0) await saga.adjustStock({ productId, delta: available, reason: null }, UNKEYED);
  return productId;
};

export const journalOf = ({ db }: SagaAtWork, aggregateIds: readonly string[]) =>
  db
    .selectFrom('saga.journal')
    .select(['event_id', 'type', 'version', 'sequence', 'causation_id', 'occurred_at', 'data'])
    .where('aggregate_id', 'in', aggregateIds)
    .orderBy('position')
    .execute();
