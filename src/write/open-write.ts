import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database } from '../database/index.ts';
import { type AggregateType, type EventRef, type IdOf, parseId, type Recorded, type Writer } from '../events/index.ts';
import { type Clock, type Deadline, type Logger, systemClock } from '../platform/index.ts';
import { cartAggregate } from './cart/cart.ts';
import { productAggregate } from './catalogue/product.ts';
import type { StockOf } from './catalogue/stock-of.ts';
import { type Commands, openCommands } from './commands.ts';
import type { Aggregate, Loaded } from './execution/aggregate.ts';
import { Aggregates } from './execution/aggregates.ts';
import { Executor } from './execution/executor.ts';
import { GroupCommit } from './journal/group-commit.ts';
import type { Unit } from './journal/unit.ts';
import { charge, expireReservation, refund } from './order/charges.ts';
import { orderAggregate } from './order/order.ts';
import { openReactions, unheardOf } from './order/reactions.ts';
import type { PaymentProvider } from './payment/provider.ts';
import { simulatedProvider } from './payment/simulated-provider.ts';
import { postgresWriteStore } from './postgres-write-store.ts';
import {
  type CartSnapshot,
  type CatalogueEntry,
  cartSnapshot,
  catalogueEntry,
  type OrderSnapshot,
  orderSnapshot,
} from './snapshots.ts';
import { TaskWorker } from './tasks/task-worker.ts';
import type { ClaimedTask } from './tasks/tasks.ts';
import type { WriteStore } from './write-store.ts';

/** The write side: commands, and reactions to what other services say. */
export interface Write extends Commands {
  /** What the write side knows at once; null when there is no such thing. */
  readonly cart: (id: string) => Promise<CartSnapshot | null>;
  readonly order: (id: string) => Promise<OrderSnapshot | null>;
  readonly product: (id: string) => Promise<CatalogueEntry | null>;
  /** Handles a delivery; heard twice, an event changes nothing. */
  readonly handle: (batch: readonly Recorded[]) => Promise<void>;
  /** Ids of those events that the write side ought to have heard and has not. */
  readonly missing: (events: readonly EventRef[]) => Promise<readonly string[]>;
  /** Starts charging, refunding and expiring what is due. */
  readonly startTasks: (options: TaskOptions) => TaskWorker;
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
  readonly provider: PaymentProvider;
  readonly clock: Clock;
  /** Awaited before each batch of commands is written; by default not at all. */
  readonly gather?: (() => Promise<unknown>) | undefined;
}

const NOW = { maxAgeMs: 0 };

const hasTaskForNow = ({ schedule }: Unit): boolean => schedule.some(({ due }) => 'afterMs' in due);

/** What there is under an id, as it is now; null also for what cannot be an id of this kind. */
const findIn =
  <State, Snapshot, K extends AggregateType>(
    aggregates: Aggregates,
    aggregate: Aggregate<State, K>,
    snapshot: (loaded: Loaded<State>) => Snapshot | null,
  ) =>
  async (given: string): Promise<Snapshot | null> => {
    const id: IdOf<K> | null = parseId(aggregate.kind, given);
    return id && snapshot(await aggregates.load(aggregate, id, NOW));
  };

/** The write side on whatever keeps its journal and charges its customers. */
export const assembleWrite = (given: WriteParts): Write => {
  const { store, provider, writer, logger, clock, onCommit, stockOf, gather } = given;
  const aggregates = new Aggregates(store.loadAggregates, clock);
  const workers: TaskWorker[] = [];
  const committed = (units: readonly Unit[]): void => {
    onCommit();
    if (units.some(hasTaskForNow)) for (const worker of workers) worker.wake();
  };
  const journal = new GroupCommit({ appendUnits: store.appendUnits, clock, onCommit: committed, gather });
  const append = (unit: Unit, deadline?: Deadline) => (workers[0] ?? journal).append(unit, deadline);
  const executor = new Executor({ aggregates, journal: { append }, writer, clock });
  const parts = { executor, aggregates, provider, stockOf };
  return {
    ...openCommands(parts),
    cart: findIn(aggregates, cartAggregate, cartSnapshot),
    order: findIn(aggregates, orderAggregate, orderSnapshot),
    product: findIn(aggregates, productAggregate, catalogueEntry),
    handle: openReactions({ knownEventIds: store.knownEventIds, executor }),
    missing: unheardOf(store),
    startTasks: ({ backoffMs, chargeGraceMs }) => {
      const run = {
        charge: (task: ClaimedTask) => charge(parts, task),
        refund: (task: ClaimedTask) => refund(parts, task),
        expire: (task: ClaimedTask) => expireReservation(parts, task, chargeGraceMs),
      };
      const worker = new TaskWorker({ store, journal, logger, clock, backoffMs, run });
      workers.push(worker);
      return worker;
    },
  };
};

export interface WriteOptions extends Writing {
  readonly database: Database;
}

/** The write side on PostgreSQL, with the simulated payment provider. */
export const openWrite = ({ database, ...writing }: WriteOptions): Write =>
  assembleWrite({
    ...writing,
    store: postgresWriteStore(database),
    provider: simulatedProvider(database.db),
    clock: systemClock,
    gather: nextTurn,
  });
