import { type Envelope, streamKey, UNPARTITIONED } from '../../../src/events/index.ts';
import type { Publication, Withheld } from '../../../src/relay/index.ts';
import { isBlocked } from '../engine/scheduler.ts';
import { Table, type Transaction, uniqueViolation } from './transaction.ts';

export interface JournalRow {
  readonly position: number;
  readonly sequence: number;
  readonly received: boolean;
  readonly envelope: Envelope;
}

/** A publication, and when it was confirmed by the database's clock. */
export type KeptPublication = Publication & { readonly publishedAtMs: number };

export type KeptKey = { readonly hash: string; readonly result: unknown };

/** Later positions may be seen before earlier ones: they are handed out at the insert, and seen after the commit. */
const positionKey = (position: number): string => String(position).padStart(9, '0');

/** A journal with its outbox, its publications and its idempotency keys. */
export class MemoryJournal {
  readonly name: 'write' | 'saga';
  readonly rows: Table<JournalRow>;
  readonly eventIds: Table<string>;
  readonly outbox: Table<JournalRow>;
  readonly publications: Table<KeptPublication>;
  readonly keys: Table<KeptKey>;
  /** Of sweeps, by their groups. */
  readonly checkpoints = new Map<string, bigint>();
  leader: object | null = null;
  #lastPosition = 0;

  constructor(name: 'write' | 'saga') {
    this.name = name;
    this.rows = new Table(`${name}.journal`);
    this.eventIds = new Table(`${name}.event_id`);
    this.outbox = new Table(`${name}.outbox`);
    this.publications = new Table(`${name}.publication`);
    this.keys = new Table(`${name}.idempotency`);
  }

  rowAt(aggregateId: string, sequence: number): JournalRow | undefined {
    return this.rows.committed.get(`${aggregateId} ${sequence}`);
  }

  rowsOf(aggregateId: string): readonly JournalRow[] {
    const rows: JournalRow[] = [];
    for (let sequence = 1; ; sequence += 1) {
      const row = this.rowAt(aggregateId, sequence);
      if (row === undefined) return rows;
      rows.push(row);
    }
  }

  /** Null when it is inserted; else whom to wait for. @throws a unique violation */
  insert(tx: Transaction, row: Omit<JournalRow, 'position'>) {
    const { envelope, sequence, received } = row;
    const key = `${envelope.aggregateId} ${sequence}`;
    for (const [table, unique] of [
      [this.rows, key],
      [this.eventIds, envelope.eventId],
    ] as const) {
      const lock = tx.lock(table, unique);
      if (isBlocked(lock)) return lock;
      if (table.committed.has(unique)) throw uniqueViolation(`${table.name} ${unique}`);
    }
    this.#lastPosition += 1;
    const inserted = { ...row, position: this.#lastPosition };
    tx.write(this.rows, key, inserted);
    tx.write(this.eventIds, envelope.eventId, key);
    if (!received) tx.write(this.outbox, positionKey(inserted.position), inserted);
    return null;
  }

  /** Own events behind a position, in order. */
  ownRowsAfter(position: number): readonly JournalRow[] {
    return [...this.rows.committed.values()]
      .filter((row) => !row.received && row.position > position)
      .toSorted((one, other) => one.position - other.position);
  }

  nextQueued(limit: number, { streams, aggregateIds, partitioning = UNPARTITIONED }: Withheld): readonly JournalRow[] {
    const keys = [...this.outbox.committed.keys()].toSorted();
    const rows = keys.flatMap((key) => this.outbox.committed.get(key) ?? []);
    const isFree = ({ envelope }: JournalRow): boolean =>
      !streams.includes(streamKey(envelope.stream, envelope.aggregateId, partitioning)) &&
      !aggregateIds.includes(envelope.aggregateId);
    return rows.filter(isFree).slice(0, limit);
  }

  confirm(publications: readonly KeptPublication[]): void {
    const keyOf = ({ stream, number }: KeptPublication): string => `${stream} ${number}`;
    const taken = publications.map(keyOf).find((key) => this.publications.committed.has(key));
    if (taken !== undefined) throw uniqueViolation(taken);
    for (const publication of publications) {
      this.publications.committed.set(keyOf(publication), publication);
      for (const position of publication.positions) this.outbox.committed.delete(positionKey(Number(position)));
    }
  }

  /** The row of a position; a journal loses none. */
  rowOf(position: string): JournalRow {
    for (const row of this.rows.committed.values()) if (row.position === Number(position)) return row;
    throw new Error(`There is no position ${position}.`);
  }

  /** The positions that did not wait already. */
  queueAgain(positions: Iterable<string>): ReadonlySet<string> {
    const queued = new Set<string>();
    for (const position of positions) {
      const row = this.rowOf(position);
      const key = positionKey(row.position);
      if (this.outbox.committed.has(key)) continue;
      this.outbox.committed.set(key, row);
      queued.add(position);
    }
    return queued;
  }

  /** The positions of what was published after that time. */
  publishedAfter(ms: number): ReadonlySet<string> {
    const recent = [...this.publications.committed.values()].filter(({ publishedAtMs }) => publishedAtMs > ms);
    return new Set(recent.flatMap(({ positions }) => positions));
  }
}
