import type { Defer } from '../database/index.ts';
import type { NewEvent, Recorded, Writer } from '../events/index.ts';
import type { Adjustment, CallsDue, LockedRows, ReservationState } from './ledger.ts';
import type { StockLevel } from './stock.ts';

/** What is kept under an idempotency key. */
export interface KeptAnswer {
  readonly key: string;
  readonly hash: string;
  readonly answer: object;
}

/**
 * A transaction on the ledger, as its rows are kept. Locks last until it ends; what it writes is seen by others then. What it
 * is asked for takes effect in that order.
 */
export interface LedgerTransaction {
  /** Those of the orders that have one, locked in the order of their ids. */
  lockReservations(orderIds: readonly string[]): Promise<Map<string, ReservationState>>;
  /** Those of the products that are known, locked in the order of their ids. */
  lockStock(productIds: readonly string[]): Promise<Map<string, StockLevel>>;
  /** Makes products known, with no stock; those that are known already stay as they are. */
  createStock(productIds: readonly string[]): Promise<void>;
  /** The adjustments by their events' ids, and those that wait for one of the products. */
  loadAdjustments(of: {
    readonly eventIds: readonly string[];
    readonly productIds: readonly string[];
  }): Promise<LockedRows['adjustments']>;
  /** The time by the database's clock. Asked under the locks, it is later than that of whoever held them before. */
  time(): Promise<Date>;
  /** The last sequence that the journal holds of an aggregate; 0 without events. */
  lastSequence(aggregateId: string): Promise<number>;
  saveStock(levels: readonly StockLevel[]): Promise<void>;
  /** Writes reservations that were locked. */
  saveReservations(reservations: Reservations): Promise<void>;
  /** Writes reservations that nobody had. @throws a unique violation when somebody else has begun one meanwhile */
  beginReservations(reservations: Reservations): Promise<void>;
  saveAdjustments(adjustments: readonly Adjustment[]): Promise<void>;
  /** Journals events and queues them for publication. */
  record(
    events: readonly NewEvent[],
    by: { readonly writer: Writer; readonly occurredAt: string },
  ): Promise<readonly Recorded[]>;
  /** Has calls made as soon as possible; those that somebody is making already stay with them. */
  scheduleCalls(due: readonly CallsDue[]): Promise<void>;
  /** The lease on the calls of these orders, which are locked, anew. */
  keepCalls(orderIds: readonly string[]): Promise<void>;
  /** No call of these orders, which are locked, is due any more. */
  endCalls(orderIds: readonly string[]): Promise<void>;
  /** As the store's own; the orders are locked. */
  putOffCalls(putOff: readonly PutOff[]): Promise<void>;
  findAnswer(key: string): Promise<KeptAnswer | null>;
  /** Whether it was kept: false when a concurrent command took the key. */
  keepAnswer(answer: KeptAnswer): Promise<boolean>;
}

type Reservations = readonly (readonly [orderId: string, state: ReservationState])[];

/** What it defers need not be waited for: without it there is no commit. */
export type LedgerWork<T> = (tx: LedgerTransaction, defer: Defer) => Promise<T>;

/** An order whose calls are for the one alone who has claimed them, until the lease ends. */
export interface ClaimedCalls {
  readonly orderId: string;
  /** How often they were claimed before without getting further. */
  readonly earlierAttempts: number;
}

/** Calls of an order that are put off; not beyond the time at which it is told no. */
export interface PutOff {
  readonly orderId: string;
  readonly delayMs: number;
  /** How often it has been claimed without getting further. */
  readonly attempts: number;
}

/** Where the ledger is kept. */
export interface LedgerStore {
  /** How long claimed calls are for one alone. */
  readonly leaseMs: number;
  /** Runs `work` in a transaction, which its failure undoes. @throws what `work` throws, and when it lost a race. */
  transaction<T>(work: LedgerWork<T>): Promise<T>;
  /** Those of the orders that have one, as they are now. */
  reservations(orderIds: readonly string[]): Promise<ReadonlyMap<string, ReservationState>>;
  /** Null for a product that is unknown. */
  stockLevel(productId: string): Promise<StockLevel | null>;
  /**
   * Claims orders of which calls are due, by the database's clock; nobody else gets them before the lease ends. When there are
   * more, half are those that wait longest, and half are the newest: else, once behind, every order would be answered as late
   * as can be.
   */
  claimCalls(limit: number): Promise<readonly ClaimedCalls[]>;
  /** Lets anybody claim an order's calls, after a while. */
  putOffCalls(putOff: PutOff): Promise<void>;
}
