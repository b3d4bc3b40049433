import type { DeadLetter } from '../../../src/bus/index.ts';
import { type Partitioning, UNPARTITIONED } from '../../../src/events/index.ts';
import type { Table as ReadTable, StoredRecorded } from '../../../src/projection/index.ts';
import type { Adjustment, ReservationState, StockLevel } from '../../../src/saga/index.ts';
import { EPOCH_MS } from '../engine/determinism.ts';
import type { Scheduler } from '../engine/scheduler.ts';
import { Signal } from '../engine/signal.ts';
import type { GroupLeases } from './group-leases.ts';
import { MemoryJournal } from './journal.ts';
import { type Locks, Table, Transaction } from './transaction.ts';

export interface TaskRow {
  readonly kind: string;
  readonly orderId: string;
  readonly dueAtMs: number;
  readonly attempts: number;
  readonly payload: object;
}

export interface RemoteTaskRow {
  readonly orderId: string;
  readonly dueAtMs: number;
  readonly answerByMs: number;
  readonly attempts: number;
  readonly isClaimed: boolean;
}

export interface StoredInPartition extends StoredRecorded {
  readonly partition: number;
}

/** All that the services keep; survives every crash. */
export class MemoryDatabase {
  readonly write = new MemoryJournal('write');
  readonly saga = new MemoryJournal('saga');
  readonly tasks = new Table<TaskRow>('write.task');
  readonly methods = new Table<string>('write.payment_method');
  readonly stock = new Table<StockLevel>('saga.stock');
  readonly reservations = new Table<ReservationState>('saga.reservation');
  readonly adjustments = new Table<Adjustment>('saga.adjustment');
  readonly remoteTasks = new Table<RemoteTaskRow>('saga.remote_task');
  readonly events = new Table<StoredInPartition>('audit.event_store');
  /** How the streams and the event store are divided. */
  partitioning: Partitioning = UNPARTITIONED;
  /** Each division that there was, and the last position that was handed out before it. */
  readonly divisions: { readonly partitions: number; readonly after: bigint }[] = [];
  /** What happened how often. */
  readonly counts = new Map<string, number>();
  readonly #leases = new Map<string, GroupLeases>();
  readonly deadLetters = new Map<string, DeadLetter>();
  readonly locks: Locks = { holders: new Map(), sharers: new Map(), released: new Signal() };
  readonly #scheduler: Scheduler;
  readonly #readTables = new Map<string, Table<unknown>>();
  #lastEventPosition = 0n;

  constructor(scheduler: Scheduler) {
    this.#scheduler = scheduler;
  }

  begin(): Transaction {
    return new Transaction(this.locks);
  }

  /** The rows of a read model's table, which is made when it is first asked for. */
  readTable<Row>({ name }: ReadTable<Row>): Table<Row> {
    const table = this.#readTables.get(name) ?? new Table<unknown>(`read.${name}`);
    this.#readTables.set(name, table);
    return table as Table<Row>;
  }

  /** Handed out at once, and not given back by who rolls back. */
  nextEventPosition(): bigint {
    this.#lastEventPosition += 1n;
    return this.#lastEventPosition;
  }

  count(what: string): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
  }

  leasesOf(group: string): GroupLeases {
    const known = this.#leases.get(group) ?? { untilMs: new Map(), heldBy: new Map() };
    this.#leases.set(group, known);
    return known;
  }

  /** As if by a command, while nobody stores. */
  divide(partitions: number): void {
    this.partitioning = { partitions, most: Math.max(partitions, this.partitioning.most) };
    this.divisions.push({ partitions, after: this.#lastEventPosition });
    this.count('divided');
  }

  /** The database's clock. */
  now(): Date {
    return new Date(EPOCH_MS + this.#scheduler.nowMs);
  }
}
