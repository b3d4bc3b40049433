import { beforeAll, expect, it } from 'vitest';
import { testDatabase } from '../../harness/support/servers.ts';
import { type Database, type Db, type JournalName, migrate, openDatabase } from '../database/index.ts';
import {
  EVENT_COLUMN_NAMES,
  envelop,
  eventArrayParameters,
  eventArrays,
  newId,
  PRODUCERS,
  type Recorded,
} from '../events/index.ts';
import { postgresSweepStore } from '../relay/index.ts';
import { openSaga, type Saga } from '../saga/index.ts';
import { readersOf } from './sweeps.ts';

const ORDER = newId('Order');
const CART = newId('Cart');
/** Of which the saga has told; so that the first order's sequence in its journal is free. */
const OTHER = newId('Order');

const PRODUCER: Readonly<Record<JournalName, string>> = { write: PRODUCERS.api, saga: PRODUCERS.saga };
const writerOf = (journal: JournalName) => ({
  producer: PRODUCER[journal],
  producerInstance: `${PRODUCER[journal]}-1`,
});

const describe = async (id: string) => ({ id, name: 'Camera', price: '1.00', currency: 'EUR' });

let atWork: { readonly database: Database; readonly db: Db; readonly saga: Saga };

beforeAll(async () => {
  const opened = new AsyncDisposableStack();
  const { url } = opened.use(await testDatabase());
  const database = opened.use(openDatabase({ url, name: 'sweeps test', maxConnections: 12 }));
  await migrate(database.db);
  const saga = openSaga({ database, writer: writerOf('saga'), reservationMs: 900_000, describe });
  atWork = { database, db: database.db, saga };
  return () => opened.disposeAsync();
});

const created = (): Recorded['event'] => ({
  type: 'OrderCreated',
  data: {
    orderId: ORDER,
    cartId: CART,
    customerId: null,
    sessionId: null,
    currency: 'EUR',
    lines: [{ productId: 'prod_1', quantity: 1, unitPrice: '1.00' }],
    totalAmount: '1.00',
    methodKind: null,
  },
});

/** Records an event in a journal, long ago. */
const journal = async (name: JournalName, aggregateId: string, event: Recorded['event']): Promise<Recorded> => {
  const position = { aggregateId, sequence: 1, version: 1, causationId: null, traceparent: null };
  const recorded = envelop(writerOf(name), { event, ...position }, new Date(0).toISOString());
  await atWork.database.pool.query(
    `insert into ${name}.journal (sequence, ${EVENT_COLUMN_NAMES}) select 1, * from unnest(${eventArrayParameters(1)})`,
    eventArrays([recorded.envelope]),
  );
  return recorded;
};

/** As the event store and the write side write down what they receive. */
const receiveAll = async (): Promise<void> => {
  const { pool } = atWork.database;
  for (const name of ['write', 'saga'])
    await pool.query(`insert into audit.event_store (${EVENT_COLUMN_NAMES})
      select ${EVENT_COLUMN_NAMES} from ${name}.journal`);
  await pool.query(`insert into write.journal (sequence, heard, ${EVENT_COLUMN_NAMES})
    select sequence + 1, true, ${EVENT_COLUMN_NAMES} from saga.journal`);
};

/** What each group lacks, as the sweep finds it, and finds it again. */
const lackingOf = async (): Promise<Readonly<Record<string, readonly string[]>>> => {
  const found: Record<string, readonly string[]> = {};
  for (const reader of readersOf({ saga: atWork.saga, write: atWork.db, store: atWork.db })) {
    const store = postgresSweepStore(atWork.db, reader);
    const { lacking } = await store.look({ after: 0n, minAgeMs: 0, limit: 100 });
    expect(await store.stillLacking(lacking)).toEqual(lacking);
    found[`${reader.group} of ${reader.journal}`] = lacking.map(({ envelope }) => envelope.type);
  }
  return found;
};

it('asks each group of each journal that it reads, until it has received what it is to receive', async () => {
  await journal('write', CART, { type: 'CartItemRemoved', data: { cartItemId: '1' } });
  const begun = await journal('write', ORDER, created());
  await journal('saga', OTHER, { type: 'StockCompensated', data: { orderId: OTHER, lines: [] } });
  expect(await lackingOf()).toEqual({
    'event-audit-api of write': ['CartItemRemoved', 'OrderCreated'],
    'event-audit-api of saga': ['StockCompensated'],
    'inventory-saga-consumer of write': ['OrderCreated'],
    'ecommerce-api of saga': ['StockCompensated'],
  });
  await atWork.saga.handle([begun]);
  await receiveAll();
  expect(await lackingOf()).toEqual({
    'event-audit-api of write': [],
    'event-audit-api of saga': [],
    'inventory-saga-consumer of write': [],
    'ecommerce-api of saga': [],
  });
});
