import { setImmediate as nextTurn } from 'node:timers/promises';
import { countedEach } from '../commands/index.ts';
import { type Database, orUnavailable } from '../database/index.ts';
import type { Reach, Recorded, Writer } from '../events/index.ts';
import { type Clock, type Logger, systemClock } from '../platform/index.ts';
import { type CartSnapshot, SHOWN_CART } from './cart/cart-snapshot.ts';
import { type CatalogueEntry, SHOWN_PRODUCT } from './catalogue/catalogue-entry.ts';
import type { StockOf } from './catalogue/stock-of.ts';
import { type Commands, openCommands } from './commands.ts';
import { Aggregates } from './execution/aggregates.ts';
import { Executor } from './execution/executor.ts';
import { find } from './execution/run-command.ts';
import type { AppendRequest } from './journal/append-request.ts';
import { GroupCommit } from './journal/group-commit.ts';
import { type DeadLetters, type Operations, openOperations } from './operations/dead-letter-commands.ts';
import { openTell } from './order/charges.ts';
import { openNextAction } from './order/next-action.ts';
import { type OrderSnapshot, SHOWN_ORDER } from './order/order-snapshot.ts';
import { INSIDE_KINDS, OUTSIDE_KINDS, orderTasks } from './order/order-tasks.ts';
import { openReactions } from './order/reactions.ts';
import { countedProvider } from './payment/counted-provider.ts';
import { openKeptReference } from './payment/kept-methods.ts';
import type { NextAction, Notices, OpenProvider, PaymentProvider, ProviderSettings, Tell } from './payment/provider.ts';
import { claimingAtWriting } from './tasks/claim-at-writing.ts';
import { TaskWorker } from './tasks/task-worker.ts';
import { findReached } from './visit/reach-on.ts';
import { postgresWriteStore, type WriteStore } from './write-store.ts';

/** The write side: commands, and reactions to what other services say. */
export interface Write extends Commands {
  /** What the write side knows at once; null when there is no such thing, or it is not reached. */
  readonly cart: (id: string, reach: Reach) => Promise<CartSnapshot | null>;
  readonly order: (id: string, reach: Reach) => Promise<OrderSnapshot | null>;
  readonly product: (id: string) => Promise<CatalogueEntry | null>;
  /** What the customer of an order has to do next for its payment; null when nothing. @throws {Unavailable} */
  readonly nextAction: (orderId: string) => Promise<NextAction | null>;
  /** What the payment provider calls back with; null for one that does not. */
  readonly paymentNotices: Notices | null;
  /** Handles a delivery; received twice, an event changes nothing. */
  readonly handle: (batch: readonly Recorded[]) => Promise<void>;
  /** What operators do about dead letters, on the executor of all other commands. */
  readonly openOperations: (letters: DeadLetters) => Operations;
  /** Starts charging, refunding and expiring what is due. */
  readonly startTasks: (options: TaskOptions) => AsyncDisposable;
}

export interface TaskOptions {
  /** The first pause before a task that failed is tried again. */
  readonly backoffMs: number;
  /** How much longer a reservation lasts while its charge is under way; 0 for not at all. */
  readonly chargeGraceMs: number;
}

interface Writing {
  readonly writer: Writer;
  readonly logger: Logger;
  /** Called after each commit: a hint for the relay. */
  readonly onCommit: () => void;
  readonly stockOf: StockOf;
}

export interface WriteParts extends Writing {
  readonly store: WriteStore;
  readonly openProvider: (tell: Tell) => PaymentProvider;
  readonly clock: Clock;
  /** Awaited before each batch of commands is written; by default not at all. */
  readonly gather?: (() => Promise<unknown>) | undefined;
}

const hasTaskForNow = ({ schedule }: AppendRequest): boolean => schedule.some(({ due }) => 'afterMs' in due);

/** Ended one after the other, a worker would go on taking tasks for as long as the one before it needs for its last. */
const endingTogether = (workers: readonly TaskWorker[]): AsyncDisposable => ({
  [Symbol.asyncDispose]: async () => {
    await Promise.all(workers.map((each) => each[Symbol.asyncDispose]()));
  },
});

/** The write side on whatever keeps its journal and charges its customers. */
export const assembleWrite = (given: WriteParts): Write => {
  const { store, openProvider, writer, logger, clock, onCommit, stockOf, gather } = given;
  const aggregates = new Aggregates(store.loadAggregates, clock);
  // Of what asks outside: of that alone, tasks are due as they are written.
  let worker: TaskWorker | undefined;
  const committed = (requests: readonly AppendRequest[]): void => {
    onCommit();
    if (requests.some(hasTaskForNow)) worker?.wake();
  };
  const journal = new GroupCommit({ appendBatch: store.appendBatch, clock, onCommit: committed, gather });
  const append = claimingAtWriting({ journal, leaseMs: store.leaseMs, worker: () => worker });
  const executor = new Executor({ aggregates, journal: { append }, writer, clock });
  const provider = countedProvider(openProvider(openTell({ executor })));
  const openCartsOf = orUnavailable(store.openCartsOf);
  const parts = { executor, aggregates, provider, stockOf, openCartsOf, keptReference: openKeptReference(store) };
  return {
    ...openCommands(parts),
    openOperations: (letters) => countedEach(openOperations(parts, letters)),
    cart: findReached(parts, SHOWN_CART),
    order: findReached(parts, SHOWN_ORDER),
    product: find(parts, SHOWN_PRODUCT),
    nextAction: openNextAction(parts),
    paymentNotices: provider.notices ?? null,
    handle: openReactions({ knownEventIds: store.knownEventIds, executor }),
    startTasks: ({ backoffMs, chargeGraceMs }) => {
      const run = orderTasks(parts, chargeGraceMs);
      const working = { store, logger, clock, backoffMs, run };
      worker = new TaskWorker({ ...working, kinds: OUTSIDE_KINDS });
      return endingTogether([worker, new TaskWorker({ ...working, kinds: INSIDE_KINDS })]);
    },
  };
};

export interface WriteOptions extends Writing {
  readonly database: Database;
  readonly provider: OpenProvider;
  readonly settings?: ProviderSettings;
}

/** The write side on PostgreSQL. */
export const openWrite = ({ database, provider, settings = {}, ...writing }: WriteOptions): Write =>
  assembleWrite({
    ...writing,
    store: postgresWriteStore(database),
    openProvider: (tell) => provider({ db: database.db, tell, logger: writing.logger, settings }),
    clock: systemClock,
    gather: nextTurn,
  });
