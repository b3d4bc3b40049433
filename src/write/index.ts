import type { Database } from '../database/index.ts';
import { PRODUCERS, type Recorded, STREAMS } from '../events/index.ts';
import { GroupCommit, type Writer } from '../journal/index.ts';
import type { Logger } from '../platform/index.ts';
import { Aggregates } from './aggregates.ts';
import { cartAggregate } from './cart/cart.ts';
import { productAggregate } from './catalogue/product.ts';
import { type Commands, openCommands } from './commands.ts';
import { Executor } from './executor.ts';
import { orderAggregate } from './order/order.ts';
import { openReactions } from './order/reactions.ts';
import { charge, expireReservation, refund } from './payment/charges.ts';
import { simulatedProvider } from './payment/simulated-provider.ts';
import { TaskWorker } from './payment/task-worker.ts';
import {
  type CartSnapshot,
  type CatalogueEntry,
  cartSnapshot,
  catalogueEntry,
  type OrderSnapshot,
  orderSnapshot,
} from './snapshots.ts';

export type { Commands } from './commands.ts';
export type { CommandContext } from './context.ts';
export type { CartSnapshot, CatalogueEntry, OrderSnapshot } from './snapshots.ts';

/** The consumer group in which the write side hears of stock and of payments made elsewhere. */
export const WRITE_GROUP = PRODUCERS.api;
export const WRITE_STREAMS = [STREAMS.orders, STREAMS.payments] as const;

/** The write side: commands, and reactions to what other services say. */
export interface Write extends Commands {
  /** What the write side knows at once; null when there is no such thing. */
  readonly cart: (id: string) => Promise<CartSnapshot | null>;
  readonly order: (id: string) => Promise<OrderSnapshot | null>;
  readonly product: (id: string) => Promise<CatalogueEntry | null>;
  /** Handles a delivery; heard twice, an event changes nothing. */
  readonly handle: (batch: readonly Recorded[]) => Promise<void>;
  /** Starts charging, refunding and expiring what is due. */
  readonly startTasks: (options: { readonly backoffMs: number }) => TaskWorker;
}

export interface WriteOptions {
  readonly database: Database;
  readonly writer: Writer;
  readonly logger: Logger;
  /** Called after each commit: a hint for the relay and for the task worker. */
  readonly onCommit: () => void;
}

const NOW = { maxAgeMs: 0 };

export const openWrite = ({ database, writer, logger, onCommit }: WriteOptions): Write => {
  const { db, pool } = database;
  const aggregates = new Aggregates(db);
  const executor = new Executor({ aggregates, journal: new GroupCommit(pool, 'write', onCommit), writer });
  const provider = simulatedProvider(db);
  const parts = { executor, aggregates, provider };
  return {
    ...openCommands(parts),
    cart: async (id) => cartSnapshot(await aggregates.load(cartAggregate, id, NOW)),
    order: async (id) => orderSnapshot(await aggregates.load(orderAggregate, id, NOW)),
    product: async (id) => catalogueEntry(await aggregates.load(productAggregate, id, NOW)),
    handle: openReactions({ db, executor }),
    startTasks: ({ backoffMs }) =>
      new TaskWorker({
        db,
        logger,
        backoffMs,
        run: {
          charge: (task) => charge(parts, task),
          refund: (task) => refund(parts, task),
          expire: (task) => expireReservation(parts, task),
        },
      }),
  };
};
