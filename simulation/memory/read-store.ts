import type { CartEvent, Recorded } from '../../src/events/index.ts';
import type { ReadStore, Upserted } from '../../src/read/index.ts';
import type { Connection } from './connection.ts';
import type { Table, Transaction } from './transaction.ts';

const byIds = <Row>(tx: Transaction, table: Table<Row>, ids: readonly string[]): ReadonlyMap<string, Row> => {
  const rows = new Map<string, Row>();
  for (const id of ids) {
    const row = tx.read(table, id);
    if (row !== undefined) rows.set(id, row);
  }
  return rows;
};

/** The statements of one read model on the simulated database. */
const statementsOf = ({ query, database }: Connection, name: string) => ({
  load: <Row>(tx: Transaction, table: Table<Row>, ids: readonly string[]) =>
    query(`${name} load`, () => byIds(tx, table, ids)),
  write: <Row>(tx: Transaction, table: Table<Row>, rows: readonly (readonly [string, Row])[]) =>
    query(`${name} write`, () => {
      for (const [id, row] of rows) tx.write(table, id, row);
    }),
  events: (tx: Transaction, isWanted: (recorded: Recorded) => boolean) =>
    query(`${name} events`, () =>
      tx
        .keys(database.events)
        .flatMap((id) => tx.read(database.events, id) ?? [])
        .filter(isWanted)
        .toSorted((one, other) => Number(one.position - other.position)),
    ),
});

const identified = <Row extends { readonly id: string }>(rows: readonly Row[]) =>
  rows.map((row) => [row.id, row] as const);

const cartsOf = (connection: Connection): ReadStore<Transaction>['carts'] => {
  const { load, write, events } = statementsOf(connection, 'carts');
  const { carts } = connection.database;
  return {
    load: async (tx, ids) => [...(await load(tx, carts, ids)).values()],
    write: (tx, rows) => write(tx, carts, identified(rows)),
    waiting: async (tx, places) => {
      const above = new Map(places.map(({ id, version }) => [id, version]));
      const isAbove = ({ envelope }: Recorded): boolean =>
        (envelope.version ?? 0) > (above.get(envelope.aggregateId) ?? Number.POSITIVE_INFINITY);
      return (await events(tx, isAbove)) as readonly Recorded<CartEvent>[];
    },
  };
};

const ordersOf = (connection: Connection): ReadStore<Transaction>['orders'] => {
  const { load, write } = statementsOf(connection, 'orders');
  const { orders, steps } = connection.database;
  return {
    load: async (tx, ids) => [...(await load(tx, orders, ids)).values()],
    write: (tx, rows) => write(tx, orders, identified(rows)),
    addSteps: (tx, rows) => {
      const keyed = rows.map((step) => [`${step.orderId} ${step.revision}`, step] as const);
      return write(tx, steps, keyed);
    },
  };
};

const productsOf = (connection: Connection): ReadStore<Transaction>['products'] => {
  const { load, write, events } = statementsOf(connection, 'products');
  const { products, holds } = connection.database;
  return {
    load: async (tx, ids) => [...(await load(tx, products, ids)).values()],
    write: (tx, rows) => write(tx, products, identified(rows)),
    loadHolds: (tx, orderIds) => load(tx, holds, orderIds),
    writeHolds: (tx, rows) => write(tx, holds, [...rows]),
    descriptionsAt: async (tx, places) => {
      const isAt = ({ envelope, event }: Recorded): boolean =>
        event.type === 'ProductUpserted' &&
        places.some(({ id, version }) => id === envelope.aggregateId && version === envelope.version);
      return (await events(tx, isAt)) as readonly Upserted[];
    },
  };
};

/** The read models on the simulated database. */
export const memoryReadStore = (connection: Connection): ReadStore<Transaction> => ({
  carts: cartsOf(connection),
  orders: ordersOf(connection),
  products: productsOf(connection),
});
