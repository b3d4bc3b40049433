import { type CommandContext, type CommandInput, type CommandName, counted } from '../commands/index.ts';
import { type Database, orUnavailable } from '../database/index.ts';
import type { Envelope, ProductId, Recorded, Rejection, Writer } from '../events/index.ts';
import {
  type Clock,
  err,
  type InventoryConfig,
  type Logger,
  type Result,
  systemClock,
  Unavailable,
} from '../platform/index.ts';
import { adjustStock } from './adjust-stock.ts';
import type { Adjusted, Describe } from './change-stock.ts';
import type { StockKeeper } from './decide.ts';
import { handleBatch } from './handle.ts';
import type { LedgerStore } from './ledger-store.ts';
import { type Moved, moveStock, type StockMoving, type StockRefusal } from './move-stock.ts';
import { postgresLedger } from './postgres-ledger.ts';
import type { Availability } from './remote/availability.ts';
import { Breaker } from './remote/breaker.ts';
import { CallWorker } from './remote/call-worker.ts';
import { httpInventory } from './remote/http-inventory.ts';
import type { Inventory } from './remote/inventory.ts';
import { emptyLevel, type StockLevel } from './stock.ts';
import { undeliveredOf } from './undelivered.ts';

/** An inventory elsewhere, and how it is asked. */
export interface RemoteParts extends Pick<InventoryConfig, 'concurrency' | 'backoffMs'> {
  readonly inventory: Inventory;
}

export interface CallOptions {
  readonly logger: Logger;
  /** Null where none is configured: what was begun at one then still comes to its end where that needs no call. */
  readonly remote: RemoteParts | null;
}

/** The inventory: its commands, and its part in the saga of every order. */
export interface Saga {
  /** Who keeps the stock that new orders take. */
  readonly keeper: StockKeeper;
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
  /**
   * The stock of a product of the catalogue, all zero before anything was told of it; null for one that is not in it. What
   * is available is whoever's who keeps the stock.
   * @throws {Unavailable} when the database is away, or who keeps the stock elsewhere has not told what is available
   */
  productStock(productId: ProductId): Promise<StockLevel | null>;
  /**
   * The units of the product that whoever keeps the stock elsewhere can sell now; null where the ledger keeps it, or nobody
   * has told. Never rejects.
   */
  available(productId: string): Promise<number | null>;
  /**
   * Takes in events of any streams, in one transaction, with a number of statements that does not grow with the batch.
   * Events may come again, in any order and in several processes at once. @throws when nothing of the batch was taken
   * in, or when that is unknown: to hand it over again is always right.
   */
  handle(batch: readonly Recorded[]): Promise<void>;
  /** Starts to make the calls that orders are waiting for. */
  startCalls(options: CallOptions): AsyncDisposable;
  /** Ids of those events, all of the orders' owner, that the saga has not received. */
  undelivered(events: readonly Envelope[]): Promise<readonly string[]>;
}

interface Reserving {
  readonly writer: Writer;
  /** How long an unpaid order holds its stock. */
  readonly reservationMs: number;
  readonly describe: Describe;
  /** Who keeps the stock that new orders take; the ledger, unless told otherwise. */
  readonly keeper?: StockKeeper;
  /** What an inventory elsewhere has, where one keeps the stock. */
  readonly availability?: Pick<Availability, 'available'> | null;
  /** Called after a commit that recorded events: a hint for the relay. */
  readonly onCommit?: () => void;
}

export interface SagaParts extends Reserving {
  readonly store: LedgerStore;
  readonly clock: Clock;
}

const WITHOUT_INVENTORY = { inventory: null, concurrency: 1, backoffMs: 60_000 };

/** What the ledger took in would count nowhere. */
const KEPT_ELSEWHERE: Rejection = {
  code: 'INVALID_INPUT',
  message: 'The stock is kept in another inventory (PANIER_INVENTORY_URL): adjust it there.',
};

const NOT_TOLD = 'The inventory that keeps the stock (PANIER_INVENTORY_URL) has not told what is available.';

/** Carries out what only the ledger can, and tells what became of it. */
const ledgerCommands =
  (keeper: StockKeeper, onCommit: () => void) =>
  <T, E extends Rejection | StockRefusal>(
    name: CommandName,
    given: CommandContext,
    command: (context: CommandContext) => Promise<Result<T, E>>,
  ) =>
    counted<T, E | Rejection>(name, given, async (context) => {
      if (keeper === 'Remote') return err(KEPT_ELSEWHERE);
      const answer = await command(context);
      if (answer.ok) onCommit();
      return answer;
    });

/** The inventory on whatever keeps its ledger. */
export const assembleSaga = (parts: SagaParts): Saga => {
  const { reservationMs, keeper = 'Ledger', availability, onCommit = () => {}, ...changing } = parts;
  const { store, clock, writer, describe } = changing;
  let worker: CallWorker | undefined;
  const atLedger = ledgerCommands(keeper, onCommit);
  const available = async (productId: string): Promise<number | null> =>
    (await availability?.available(productId)) ?? null;
  const stockLevel = orUnavailable((productId: string) => store.stockLevel(productId));
  return {
    keeper,
    adjustStock: (command, given) =>
      atLedger('adjustStock', given, (context) => adjustStock(changing, command, context)),
    moveStock: (command, given) => atLedger(command.name, given, (context) => moveStock(changing, command, context)),
    stockLevel,
    productStock: async (productId) => {
      const asked = [describe(productId), stockLevel(productId), available(productId)] as const;
      const [product, level, elsewhere] = await Promise.all(asked);
      if (product === null) return null;
      const known = level ?? emptyLevel(productId);
      if (keeper === 'Ledger') return known;
      if (elsewhere === null) throw new Unavailable(NOT_TOLD);
      return { ...known, available: elsewhere };
    },
    available,
    undelivered: (events) => undeliveredOf(store, events),
    handle: async (batch) => {
      const { answers, calls } = await handleBatch({ store, clock, writer, reservationMs, keeper }, batch);
      if (answers > 0) onCommit();
      if (calls > 0) worker?.wake();
    },
    startCalls: ({ logger, remote }) => {
      const breaker = new Breaker({ clock, logger });
      const calling = { store, clock, writer, reservationMs, logger, breaker, onCommit };
      worker = new CallWorker({ ...calling, ...(remote ?? WITHOUT_INVENTORY) });
      return worker;
    },
  };
};

export interface SagaOptions extends Reserving {
  readonly database: Database;
}

/** The inventory on PostgreSQL. */
export const openSaga = ({ database, ...reserving }: SagaOptions): Saga =>
  assembleSaga({ ...reserving, store: postgresLedger(database), clock: systemClock });

/** Who keeps the stock that new orders take, by the configuration. */
export const keeperOf = (config: InventoryConfig | null): StockKeeper =>
  config?.newOrders === 'remote' ? 'Remote' : 'Ledger';

/** The inventory that is configured, over HTTP; null without. */
export const remoteOf = (config: InventoryConfig | null, logger: Logger): RemoteParts | null =>
  config && { ...config, inventory: httpInventory({ config, logger, clock: systemClock }) };
