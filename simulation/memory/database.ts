import type { StoredRecorded } from '../../src/audit/index.ts';
import type { DeadLetter } from '../../src/bus/index.ts';
import type { CartState, Hold, OrderState, OrderStep, ProductState } from '../../src/read/index.ts';
import type { Adjustment, ReservationState, StockLevel } from '../../src/saga/index.ts';
import { EPOCH_MS } from '../engine/determinism.ts';
import type { Scheduler } from '../engine/scheduler.ts';
import { Signal } from '../engine/signal.ts';
import { MemoryJournal } from './journal.ts';
import { type Locks, Table, Transaction } from './transaction.ts';

export interface TaskRow {
  readonly kind: string;
  readonly orderId: string;
  readonly dueAtMs: number;
  readonly attempts: number;
  readonly payload: object;
}

/** All that the services keep; survives every crash. */
export class MemoryDatabase {
  readonly write = new MemoryJournal('write');
  readonly saga = new MemoryJournal('saga');
  readonly tasks = new Table<TaskRow>('write.task');
  readonly stock = new Table<StockLevel>('saga.stock');
  readonly reservations = new Table<ReservationState>('saga.reservation');
  readonly adjustments = new Table<Adjustment>('saga.adjustment');
  readonly events = new Table<StoredRecorded>('audit.event_store');
  readonly carts = new Table<CartState>('read.cart');
  readonly orders = new Table<OrderState>('read.order');
  readonly steps = new Table<OrderStep>('read.order_step');
  readonly products = new Table<ProductState>('read.product');
  readonly holds = new Table<Hold>('read.hold');
  readonly deadLetters = new Map<string, DeadLetter>();
  readonly locks: Locks = { holders: new Map(), released: new Signal() };
  readonly #scheduler: Scheduler;
  #lastEventPosition = 0n;

  constructor(scheduler: Scheduler) {
    this.#scheduler = scheduler;
  }

  begin(): Transaction {
    return new Transaction(this.locks);
  }

  /** Handed out at once, and not given back by who rolls back. */
  nextEventPosition(): bigint {
    this.#lastEventPosition += 1n;
    return this.#lastEventPosition;
  }

  /** The database's clock. */
  now(): Date {
    return new Date(EPOCH_MS + this.#scheduler.nowMs);
  }
}
