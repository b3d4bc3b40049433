import type { AggregateType, EventType, Recorded } from '../events/index.ts';
import type { Projection, Settle, StoredRecorded } from './projection.ts';

export type SqlType = 'text' | 'integer' | 'bigint' | 'boolean' | 'timestamptz' | 'json';

/**
 * A table of a read model and what a row of it is: each field a column, named in PostgreSQL's way (`updatedAt` is
 * `updated_at`). A `timestamptz` is RFC 3339 in UTC, a `bigint` a bigint, a `json` whatever JSON holds.
 */
export interface Table<Row> {
  readonly name: string;
  /** The fields of its primary key. */
  readonly key: readonly (keyof Row & string)[];
  readonly columns: { readonly [F in keyof Row]-?: SqlType };
  /** Batches of other aggregates write its rows, too: each does so in the order of their keys, so that none wait in a ring. */
  readonly isShared?: true;
  /** Fields of a known row that `write` sets only where they are null: others give them other values, by `moving`. */
  readonly kept?: readonly (keyof Row & string)[];
}

/** A table of whatever rows. */
export interface AnyTable {
  readonly name: string;
  readonly key: readonly string[];
  readonly columns: Readonly<Record<string, SqlType>>;
}

/** A value that is to become another one. */
export interface Move {
  readonly from: string;
  readonly to: string;
}

/** Rows that somebody else is at are passed over, or waited for one after the other. */
export type Patience = 'PassOver' | 'Wait';

/** The rows of one table, in a transaction of kind `T`. */
export interface Rows<T, Row> {
  /** By key, where that is one field; in any order, unknown ones are left out. */
  readonly load: (tx: T, keys: readonly string[]) => Promise<readonly Row[]>;
  /** Those that have one of these values in the field, which an index has; in any order. */
  readonly having: (field: keyof Row & string) => (tx: T, values: readonly string[]) => Promise<readonly Row[]>;
  /** A row whose key is there already is replaced. */
  readonly write: (tx: T, rows: readonly Row[]) => Promise<void>;
  /** Rows that are new. @throws when there is one with such a key. */
  readonly insert: (tx: T, rows: readonly Row[]) => Promise<void>;
  /** Adds these fields to the rows that are there, within what an integer holds; other rows are new. One row for each key. */
  readonly adding: (fields: readonly (keyof Row & string)[]) => (tx: T, rows: readonly Row[]) => Promise<void>;
  /** Replaces these fields, the key first among them, in the rows that are there. */
  readonly replacing: <F extends keyof Row & string>(
    fields: readonly F[],
  ) => (tx: T, rows: readonly Pick<Row, F>[]) => Promise<void>;
  /** Gives this field, which an index has, another value wherever it has the one. Returns the keys, which are one field, of what it changed. */
  readonly moving: (
    field: keyof Row & string,
    patience: Patience,
  ) => (tx: T, moves: readonly Move[]) => Promise<readonly string[]>;
  /** Takes out the rows with the keys of these; those that are not there are passed over. */
  readonly remove: (tx: T, rows: readonly Row[]) => Promise<void>;
  /** The same, but only where this field is 0. */
  readonly removeEmpty: (field: keyof Row & string) => (tx: T, rows: readonly Row[]) => Promise<void>;
  /** Takes out the rows that are equal to one of these in the first field, and below it in the second. */
  readonly removeBelow: <F extends keyof Row & string>(
    fields: readonly [same: F, lower: F],
  ) => (tx: T, bounds: readonly Pick<Row, F>[]) => Promise<void>;
}

/** A place in the numbering of an aggregate's events. */
export interface AtVersion {
  readonly id: string;
  readonly version: number;
}

/** What a projection may ask the event store for; in store order. */
export interface StoredEvents<T> {
  /** Events of these aggregates that the rows of the table do not know: above the row's version, and below a position. */
  readonly waiting: <Row extends { readonly id: string; readonly version: number }>(
    table: Table<Row>,
    aggregateType: AggregateType,
  ) => (tx: T, ids: readonly string[], below: bigint) => Promise<readonly StoredRecorded[]>;
  /** Events of one type with just these versions, up to a position. */
  readonly atVersions: (
    type: EventType,
  ) => (tx: T, places: readonly AtVersion[], upTo: bigint) => Promise<readonly StoredRecorded[]>;
}

/** A clock that several batches go by: until the transaction ends nobody else sets it or, where it is set, goes by it. */
export interface SharedClock<T> {
  readonly hold: (tx: T, purpose: 'Read' | 'Set') => Promise<void>;
}

/** Where read models are kept: in PostgreSQL's live schema, in that of a rebuild, in the memory of a simulation. */
export interface Storage<T> {
  readonly rows: <Row>(table: Table<Row>) => Rows<T, Row>;
  readonly events: StoredEvents<T>;
  readonly clock: SharedClock<T>;
}

/** Which things of a read model an aggregate's event may change: the one with the aggregate's id, or any. */
export type Concern = 'Itself' | 'Any';

/** Everything that is to be known of a read model by those who keep it, build it anew, compare it, and tell of its changes. */
export interface ReadModel<Name extends string = string> {
  /** What is kept in it, in the plural. Who waits for a change waits by this name; it stands on the wire. */
  readonly name: Name;
  /** To be raised with whatever else its rows are to say from now on: the next start builds them anew. */
  readonly version: number;
  /** Tables of schema `read` that its projection writes, and no other. */
  readonly tables: readonly AnyTable[];
  /** What the events of an aggregate may change of what is waited for; empty when nothing of it is. */
  readonly concerns: Partial<Readonly<Record<AggregateType, Concern>>>;
  readonly projection: <T>(storage: Storage<T>) => Projection<T>['prepare'];
  /** See {@link Settle}; null where there is nothing of that kind in the batch. */
  readonly settling?: <T>(storage: Storage<T>) => (batch: readonly Recorded[]) => Settle<T> | null;
}

/** The projections of these read models into a storage. */
export const projectionsInto = <T>(models: readonly ReadModel[], storage: Storage<T>): readonly Projection<T>[] =>
  models.map(({ name, version, projection, settling }) => ({
    name,
    version,
    prepare: projection(storage),
    settling: settling?.(storage) ?? (() => null),
  }));
