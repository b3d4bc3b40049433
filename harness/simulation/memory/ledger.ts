import { envelop, type NewEvent, type Writer } from '../../../src/events/index.ts';
import type {
  Adjustment,
  CallsDue,
  KeptAnswer,
  LedgerStore,
  LedgerTransaction,
  PutOff,
  ReservationState,
  StockLevel,
} from '../../../src/saga/index.ts';
import type { Blocked } from '../engine/scheduler.ts';
import { claimCalls, endCalls, keepCalls, LEASE_MS, putOffCalls, putOffCallsIn, scheduleCalls } from './calls.ts';
import type { Connection } from './connection.ts';
import type { MemoryJournal } from './journal.ts';
import { insertMissing, insertNew, lockRows, writeRows } from './rows.ts';
import { DatabaseError, type Transaction } from './transaction.ts';

type Reservations = readonly (readonly [string, ReservationState])[];
type Recorded = ReturnType<typeof envelop>;

/** Journals in the order given; goes on where it had to wait. */
const recordAll = (journal: MemoryJournal, tx: Transaction, entries: readonly (readonly [number, Recorded])[]) => {
  const left = [...entries];
  return (): Blocked | undefined => {
    for (let next = left[0]; next !== undefined; next = left[0]) {
      const [sequence, { envelope }] = next;
      const blocked = journal.insert(tx, { sequence, received: false, envelope });
      if (blocked !== null) return blocked;
      left.shift();
    }
    return undefined;
  };
};

const assertNotBelowZero = ({ productId, available, reserved, sold }: StockLevel): void => {
  if (Math.min(available, reserved, sold) < 0) throw new DatabaseError('23514', `${productId} is below zero`);
};

/** The saga's statements on the simulated database. */
class MemoryLedgerTransaction implements LedgerTransaction {
  readonly #connection: Connection;
  readonly #tx: Transaction;

  constructor(connection: Connection, tx: Transaction) {
    this.#connection = connection;
    this.#tx = tx;
  }

  lockReservations(orderIds: readonly string[]): Promise<Map<string, ReservationState>> {
    return this.#query('lock reservations', lockRows(this.#tx, this.#database.reservations, orderIds));
  }

  lockStock(productIds: readonly string[]): Promise<Map<string, StockLevel>> {
    return this.#query('lock stock', lockRows(this.#tx, this.#database.stock, productIds));
  }

  async createStock(productIds: readonly string[]): Promise<void> {
    const rows = productIds.map((id) => [id, { productId: id, available: 0, reserved: 0, sold: 0 }] as const);
    await this.#query('create stock', insertMissing(this.#tx, this.#database.stock, rows));
  }

  loadAdjustments({ eventIds, productIds }: Parameters<LedgerTransaction['loadAdjustments']>[0]) {
    const { adjustments } = this.#database;
    const isWanted = ({ eventId, productId, isApplied }: Adjustment): boolean =>
      eventIds.includes(eventId) || (!isApplied && productIds.includes(productId));
    return this.#query('load adjustments', () => {
      const all = this.#tx
        .keys(adjustments)
        .toSorted()
        .flatMap((id) => this.#tx.read(adjustments, id) ?? []);
      return new Map(all.filter(isWanted).map((each) => [each.eventId, each]));
    });
  }

  time(): Promise<Date> {
    return this.#query('time', () => this.#database.now());
  }

  lastSequence(aggregateId: string): Promise<number> {
    return this.#query('last sequence', () => this.#database.saga.rowsOf(aggregateId).length);
  }

  saveStock(levels: readonly StockLevel[]): Promise<void> {
    const save = writeRows(
      this.#tx,
      this.#database.stock,
      levels.map((level) => [level.productId, level]),
    );
    return this.#query('save stock', () => {
      for (const level of levels) assertNotBelowZero(level);
      return save();
    });
  }

  saveReservations(saved: Reservations): Promise<void> {
    return this.#query('save reservations', writeRows(this.#tx, this.#database.reservations, saved));
  }

  beginReservations(begun: Reservations): Promise<void> {
    return this.#query('begin reservations', insertNew(this.#tx, this.#database.reservations, begun));
  }

  saveAdjustments(saved: readonly Adjustment[]): Promise<void> {
    const rows = saved.map((each) => [each.eventId, each] as const);
    return this.#query('save adjustments', writeRows(this.#tx, this.#database.adjustments, rows));
  }

  async record(events: readonly NewEvent[], by: { readonly writer: Writer; readonly occurredAt: string }) {
    const entries = events.map((event) => [event.sequence, envelop(by.writer, event, by.occurredAt)] as const);
    await this.#query('record', recordAll(this.#database.saga, this.#tx, entries));
    return entries.map(([, recorded]) => recorded);
  }

  scheduleCalls(due: readonly CallsDue[]): Promise<void> {
    return this.#query('schedule calls', scheduleCalls(this.#tx, this.#database, due));
  }

  keepCalls(orderIds: readonly string[]): Promise<void> {
    return this.#query('keep calls', keepCalls(this.#tx, this.#database, orderIds));
  }

  endCalls(orderIds: readonly string[]): Promise<void> {
    return this.#query('end calls', endCalls(this.#tx, this.#database, orderIds));
  }

  putOffCalls(putOff: readonly PutOff[]): Promise<void> {
    return this.#query('put off calls', putOffCallsIn(this.#tx, this.#database, putOff));
  }

  findAnswer(key: string): Promise<KeptAnswer | null> {
    return this.#query('find answer', () => {
      const kept = this.#tx.read(this.#database.write.keys, key);
      return kept === undefined ? null : { key, hash: kept.hash, answer: kept.result as object };
    });
  }

  async keepAnswer({ key, hash, answer }: KeptAnswer): Promise<boolean> {
    const row = [key, { hash, result: answer }] as const;
    return (await this.#query('keep answer', insertMissing(this.#tx, this.#database.write.keys, [row]))) === 1;
  }

  get #database() {
    return this.#connection.database;
  }

  #query<T>(label: string, effect: () => T | Blocked): Promise<T> {
    return this.#connection.queryIn(this.#tx, `saga ${label}`, effect);
  }
}

const entryOf = (id: string, state: ReservationState | undefined): readonly (readonly [string, ReservationState])[] =>
  state === undefined ? [] : [[id, state]];

export const memoryLedger = (connection: Connection): LedgerStore => ({
  leaseMs: LEASE_MS,
  transaction: (work) => connection.transaction((tx) => new MemoryLedgerTransaction(connection, tx), work),
  reservations: (orderIds) =>
    connection.query('reservations', () => {
      const { committed } = connection.database.reservations;
      return new Map(orderIds.flatMap((id) => entryOf(id, committed.get(id))));
    }),
  claimCalls: (limit) => connection.query('claim calls', () => claimCalls(connection.database, limit)),
  putOffCalls: (putOff) => connection.query('put off calls', putOffCalls(connection.database, putOff)),
  stockLevel: (productId) =>
    connection.query('stock level', () => connection.database.stock.committed.get(productId) ?? null),
});
