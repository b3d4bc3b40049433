import type { Signal } from '../engine/signal.ts';

/** As PostgreSQL names its failures: the program tells them apart by their code. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

export const uniqueViolation = (what: string): DatabaseError => new DatabaseError('23505', `${what} is taken`);
export const connectionFailure = (): DatabaseError => new DatabaseError('08006', 'Connection terminated');

/** Rows by their key, as they are committed. */
export class Table<Row> {
  readonly name: string;
  readonly committed = new Map<string, Row>();

  constructor(name: string) {
    this.name = name;
  }
}

const NO_ROW = Symbol('deleted');

/**
 * A transaction at READ COMMITTED. What it writes is seen by others when it commits; a row that it locked, or a key that
 * it inserted, makes others wait until it ends.
 */
export class Transaction {
  readonly #locks: Locks;
  readonly #written = new Map<Table<unknown>, Map<string, unknown>>();
  readonly #held = new Set<string>();
  readonly #shared = new Set<string>();
  readonly #effects: (() => void)[] = [];
  isOver = false;
  waitsFor: readonly Transaction[] = [];

  constructor(locks: Locks) {
    this.#locks = locks;
  }

  read<Row>(table: Table<Row>, key: string): Row | undefined {
    this.#assertOpen();
    const own = this.#written.get(table)?.get(key);
    if (own === NO_ROW) return undefined;
    return own === undefined ? table.committed.get(key) : (own as Row);
  }

  keys<Row>(table: Table<Row>): readonly string[] {
    const own = this.#written.get(table)?.keys() ?? [];
    return [...new Set([...table.committed.keys(), ...own])].filter((key) => this.read(table, key) !== undefined);
  }

  write<Row>(table: Table<Row>, key: string, row: Row): void {
    this.#assertOpen();
    const rows = this.#written.get(table) ?? new Map<string, unknown>();
    this.#written.set(table, rows.set(key, row));
  }

  delete<Row>(table: Table<Row>, key: string): void {
    this.write<unknown>(table, key, NO_ROW);
  }

  /** True, or whom to wait for. @throws a deadlock that the waiting would close. */
  lock(table: Table<never> | { readonly name: string }, key: string): true | { readonly until: Signal } {
    this.#assertOpen();
    const name = `${table.name} ${key}`;
    const others = this.#othersWith(name);
    if (others.length > 0) return this.#waitFor(others);
    this.waitsFor = [];
    this.#locks.holders.set(name, this);
    this.#held.add(name);
    return true;
  }

  /** As {@link lock}, and others may share it. */
  share(table: { readonly name: string }, key: string): true | { readonly until: Signal } {
    this.#assertOpen();
    const name = `${table.name} ${key}`;
    const holder = this.#locks.holders.get(name);
    if (holder !== undefined && holder !== this) return this.#waitFor([holder]);
    this.waitsFor = [];
    const sharers = this.#locks.sharers.get(name) ?? new Set();
    this.#locks.sharers.set(name, sharers.add(this));
    this.#shared.add(name);
    return true;
  }

  /** Whether it would have to wait: FOR UPDATE SKIP LOCKED looks first. */
  isLocked(table: Table<never> | { readonly name: string }, key: string): boolean {
    return this.#othersWith(`${table.name} ${key}`).length > 0;
  }

  /** At the commit, and only then. */
  atCommit(effect: () => void): void {
    this.#effects.push(effect);
  }

  commit(): void {
    this.#assertOpen();
    for (const [table, rows] of this.#written) {
      for (const [key, row] of rows) {
        if (row === NO_ROW) table.committed.delete(key);
        else table.committed.set(key, row);
      }
    }
    for (const effect of this.#effects) effect();
    this.#end();
  }

  rollBack(): void {
    if (!this.isOver) this.#end();
  }

  /** The server has ended it: because its session was lost, or was silent for too long. */
  #assertOpen(): void {
    if (this.isOver) throw connectionFailure();
  }

  #othersWith(name: string): readonly Transaction[] {
    const holder = this.#locks.holders.get(name);
    const all = new Set([...(holder === undefined ? [] : [holder]), ...(this.#locks.sharers.get(name) ?? [])]);
    all.delete(this);
    return [...all];
  }

  #waitFor(others: readonly Transaction[]): { readonly until: Signal } {
    const behind = new Set(others);
    for (const each of behind) for (const next of each.waitsFor) behind.add(next);
    if (behind.has(this)) throw new DatabaseError('40P01', 'deadlock detected');
    this.waitsFor = others;
    return { until: this.#locks.released };
  }

  #end(): void {
    this.isOver = true;
    this.waitsFor = [];
    for (const name of this.#shared) this.#locks.sharers.get(name)?.delete(this);
    for (const name of this.#held) this.#locks.holders.delete(name);
    this.#locks.released.notify();
  }
}

/** Who holds which row, and who shares it. */
export interface Locks {
  readonly holders: Map<string, Transaction>;
  readonly sharers: Map<string, Set<Transaction>>;
  readonly released: Signal;
}
