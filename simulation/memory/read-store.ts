import type { StoredRecorded } from '../../src/audit/index.ts';
import type { CartEvent, Recorded } from '../../src/events/index.ts';
import type { ProductState, ReadStore, Upserted } from '../../src/read/index.ts';
import type { Connection } from './connection.ts';
import type { Table, Transaction } from './transaction.ts';

type StockDelta = ProductState['stock'];

const NO_STOCK: StockDelta = { available: 0, reserved: 0, sold: 0 };

const byIds = <Row>(tx: Transaction, table: Table<Row>, ids: readonly string[]): ReadonlyMap<string, Row> => {
  const rows = new Map<string, Row>();
  for (const id of ids) {
    const row = tx.read(table, id);
    if (row !== undefined) rows.set(id, row);
  }
  return rows;
};

/** The statements of one read model on the simulated database. */
const statementsOf = (connection: Connection, name: string) => {
  const change = <Row>(tx: Transaction, table: Table<Row>, changed: () => readonly (readonly [string, Row])[]) =>
    connection.queryIn(tx, `${name} write`, () => {
      for (const [id, row] of changed()) tx.write(table, id, row);
    });
  return {
    change,
    load: <Row>(tx: Transaction, table: Table<Row>, ids: readonly string[]) =>
      connection.queryIn(tx, `${name} load`, () => byIds(tx, table, ids)),
    write: <Row>(tx: Transaction, table: Table<Row>, rows: readonly (readonly [string, Row])[]) =>
      change(tx, table, () => rows),
    events: (tx: Transaction, isWanted: (recorded: StoredRecorded) => boolean) =>
      connection.queryIn(tx, `${name} events`, () => {
        const { events } = connection.database;
        return tx
          .keys(events)
          .flatMap((id) => tx.read(events, id) ?? [])
          .filter(isWanted)
          .toSorted((one, other) => Number(one.position - other.position));
      }),
  };
};

const identified = <Row extends { readonly id: string }>(rows: readonly Row[]) =>
  rows.map((row) => [row.id, row] as const);

const cartsOf = (connection: Connection): ReadStore<Transaction>['carts'] => {
  const { load, write, events } = statementsOf(connection, 'carts');
  const { carts } = connection.database;
  return {
    load: async (tx, ids) => [...(await load(tx, carts, ids)).values()],
    write: (tx, rows) => write(tx, carts, identified(rows)),
    waiting: async (tx, ids, below) => {
      const isWaiting = ({ envelope: { aggregateId, version }, position }: StoredRecorded): boolean =>
        ids.includes(aggregateId) && (version ?? 0) > (tx.read(carts, aggregateId)?.version ?? 0) && position < below;
      return (await events(tx, isWaiting)) as unknown as readonly Recorded<CartEvent>[];
    },
  };
};

const withStock = (product: ProductState | undefined, id: string, delta: StockDelta): ProductState => {
  const { stock, ...known } = product ?? { id, upserted: null, upsertedVersion: 0, stock: NO_STOCK };
  const sum = (name: keyof StockDelta): number => stock[name] + delta[name];
  return { ...known, stock: { available: sum('available'), reserved: sum('reserved'), sold: sum('sold') } };
};

const described = (product: ProductState | undefined, { event, envelope }: Upserted) =>
  product === undefined
    ? []
    : [[product.id, { ...product, upserted: event.data, upsertedVersion: envelope.version ?? 0 }] as const];

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
  const { load, write, change, events } = statementsOf(connection, 'products');
  const { products, holds } = connection.database;
  return {
    load: async (tx, ids) => [...(await load(tx, products, ids)).values()],
    addStock: (tx, deltas) =>
      change(tx, products, () => [...deltas].map(([id, delta]) => [id, withStock(tx.read(products, id), id, delta)])),
    describe: (tx, descriptions) =>
      change(tx, products, () =>
        descriptions.flatMap((each) => described(tx.read(products, each.event.data.productId), each)),
      ),
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
