import { setTimeout as pause } from 'node:timers/promises';
import { testDatabase } from '../../../harness/support/servers.ts';
import { type Database, migrate, openDatabase } from '../../database/index.ts';
import { type InventoryConfig, openLogger } from '../../platform/index.ts';
import type { StockKeeper } from '../decide.ts';
import { describe as inCatalogue, WRITER } from '../saga.fixture.ts';
import { openSaga, remoteOf, type Saga } from '../saga.ts';

export interface RemoteSaga extends AsyncDisposable {
  readonly database: Database;
  readonly saga: Saga;
  /** The same, with somebody else who keeps the stock of new orders. */
  readonly withKeeper: (keeper: StockKeeper) => { readonly saga: Saga };
  /** What the saga has said of the order, in order: types and data. */
  readonly told: (orderId: string) => Promise<readonly { readonly type: string; readonly data: object }[]>;
  /** Waits until it has said so many things of the order. */
  readonly toldSo: (orderId: string, many: number) => ReturnType<RemoteSaga['told']>;
  /** Waits until no calls are due, or rest. */
  readonly settled: () => Promise<void>;
  /** Starts to make calls; disposed with the saga. */
  readonly startCalls: (settings?: Partial<InventoryConfig>) => AsyncDisposable;
}

const configOf = (url: string, settings: Partial<InventoryConfig> = {}): InventoryConfig => ({
  url,
  token: undefined,
  timeoutMs: 300,
  concurrency: 8,
  backoffMs: 5,
  newOrders: 'remote',
  ...settings,
});

const PATIENCE_MS = 15_000;

const until = async <T>(look: () => Promise<T | null>): Promise<T> => {
  for (const deadline = Date.now() + PATIENCE_MS; ; await pause(10)) {
    const seen = await look();
    if (seen !== null) return seen;
    if (Date.now() > deadline) throw new Error('It did not come about in time.');
  }
};

/** A saga whose stock is at `url`, on a database of its own. It makes no calls until it is told to. */
export const remoteSaga = async (url: string, reservationMs = 900_000): Promise<RemoteSaga> => {
  await using opening = new AsyncDisposableStack();
  const { url: databaseUrl } = opening.use(await testDatabase());
  const database = opening.use(openDatabase({ url: databaseUrl, name: 'remote saga', maxConnections: 8 }));
  const { db } = database;
  await migrate(db);
  const sagaOf = (keeper: StockKeeper): Saga =>
    openSaga({ database, writer: WRITER, reservationMs, describe: inCatalogue, keeper });
  const saga = sagaOf('Remote');
  const told = (orderId: string) =>
    db
      .selectFrom('saga.journal')
      .select(['type', 'data'])
      .where('aggregate_id', '=', orderId)
      .orderBy('position')
      .execute();
  const logger = openLogger('silent');
  const opened = opening.move();
  return {
    database,
    saga,
    withKeeper: (keeper) => ({ saga: sagaOf(keeper) }),
    told,
    toldSo: (orderId, many) => until(async () => ((await told(orderId)).length < many ? null : told(orderId))),
    settled: () =>
      until(async () =>
        (await db.selectFrom('saga.remote_task').selectAll().execute()).length > 0 ? null : undefined,
      ),
    startCalls: (settings) =>
      opened.use(saga.startCalls({ logger, remote: remoteOf(configOf(url, settings), logger) })),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
};
