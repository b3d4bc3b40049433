import type { CommandContext, CommandInput } from '../commands/index.ts';
import { type Database, orUnavailable } from '../database/index.ts';
import type { Envelope, ProductId, Recorded, Rejection, Writer } from '../events/index.ts';
import { type Clock, type Result, systemClock } from '../platform/index.ts';
import { adjustStock } from './adjust-stock.ts';
import type { Adjusted, Describe } from './change-stock.ts';
import { handleBatch } from './handle.ts';
import type { LedgerStore } from './ledger-store.ts';
import { type Moved, moveStock, type StockMoving } from './move-stock.ts';
import { postgresLedger } from './postgres-ledger.ts';
import { emptyLevel, type StockLevel } from './stock.ts';
import { undeliveredOf } from './undelivered.ts';

/** The inventory: its commands, and its part in the saga of every order. */
export interface Saga {
  /**
   * Adds `delta` units to what is available of a product of the catalogue. The same key and input again answer what the
   * first command was answered, a rejection included: with the product and its stock of then.
   * @throws {Unavailable} when the database is away; the outcome is then unknown.
   */
  adjustStock(command: CommandInput<'adjustStock'>, context: CommandContext): Promise<Result<Adjusted, Rejection>>;
  /**
   * Takes units out of what is available of a product of the catalogue, all of them or none, or adds units to it; keys and
   * failures as those of `adjustStock`. What the stock does not allow is refused with what is available.
   */
  moveStock(command: StockMoving, context: CommandContext): Promise<Moved>;
  /** The product's stock as the ledger has it now; null for a product never heard of. */
  stockLevel(productId: string): Promise<StockLevel | null>;
  /** The stock of a product of the catalogue, all zero before anything was told of it; null for one that is not in it. */
  productStock(productId: ProductId): Promise<StockLevel | null>;
  /**
   * Takes in events of any streams, in one transaction, with a number of statements that does not grow with the batch.
   * Events may come again, in any order and in several processes at once. @throws when nothing of the batch was taken
   * in, or when that is unknown: to hand it over again is always right.
   */
  handle(batch: readonly Recorded[]): Promise<void>;
  /** Ids of those events, all of the orders' owner, that the saga has not received. */
  undelivered(events: readonly Envelope[]): Promise<readonly string[]>;
}

interface Reserving {
  readonly writer: Writer;
  /** How long an unpaid order holds its stock. */
  readonly reservationMs: number;
  readonly describe: Describe;
  /** Called after a commit that recorded events: a hint for the relay. */
  readonly onCommit?: () => void;
}

export interface SagaParts extends Reserving {
  readonly store: LedgerStore;
  readonly clock: Clock;
}

/** The inventory on whatever keeps its ledger. */
export const assembleSaga = ({ reservationMs, onCommit = () => {}, ...changing }: SagaParts): Saga => {
  const { store, clock, writer, describe } = changing;
  const hinting = async <T extends Result<unknown, unknown>>(command: Promise<T>): Promise<T> => {
    const answer = await command;
    if (answer.ok) onCommit();
    return answer;
  };
  const stockLevel = orUnavailable((productId: string) => store.stockLevel(productId));
  return {
    adjustStock: (command, context) => hinting(adjustStock(changing, command, context)),
    moveStock: (command, context) => hinting(moveStock(changing, command, context)),
    stockLevel,
    productStock: async (productId) => {
      const [product, level] = await Promise.all([describe(productId), stockLevel(productId)]);
      return product === null ? null : (level ?? emptyLevel(productId));
    },
    undelivered: (events) => undeliveredOf(store, events),
    handle: async (batch) => {
      const answers = await handleBatch({ store, clock, writer, reservationMs }, batch);
      if (answers > 0) onCommit();
    },
  };
};

export interface SagaOptions extends Reserving {
  readonly database: Database;
}

/** The inventory on PostgreSQL. */
export const openSaga = ({ database, ...reserving }: SagaOptions): Saga =>
  assembleSaga({ ...reserving, store: postgresLedger(database), clock: systemClock });
