import { type Db, orUnavailable } from '../database/index.ts';
import type { ConsistencyPoint } from '../events/index.ts';
import { storedIds } from '../projection/index.ts';
import { openAreStored } from './are-stored.ts';
import { awaitConsistency, awaitEvents, type EventName } from './await-consistency.ts';
import { deadLetterQueries } from './dead-letter/dead-letter.ts';
import { type LiveChanges, type LiveChangesParts, openLiveChanges } from './live/live-changes.ts';
import { QUERIES } from './models.ts';
import { elseBy } from './replicas/else-by.ts';

/**
 * What may be asked of the read models. What is asked for by ids comes in any order, without those that are unknown. All
 * throw `Unavailable` while the database is away; pages throw `InvalidCursor`.
 */
export type Queries = {
  readonly [Name in keyof typeof QUERIES]: (typeof QUERIES)[Name] extends (
    db: Db,
    ...asked: infer Asked
  ) => infer Answer
    ? (...asked: Asked) => Answer
    : never;
};

/** The read side of a gateway. */
export interface Read extends Queries {
  /** Waits until the read side knows what the point names; false when that took longer. */
  readonly awaitConsistency: (point: ConsistencyPoint, timeoutMs: number) => Promise<boolean>;
  /** The same for these events: each is to be there, with what it changes. */
  readonly awaitEvents: (events: readonly EventName[], timeoutMs: number) => Promise<boolean>;
  readonly changes: LiveChanges;
}

type Query = (db: Db, ...asked: readonly unknown[]) => Promise<unknown>;

/** Every query, made by what the function makes of it. */
export const eachQuery = (
  make: (query: Query, name: string) => (...asked: readonly unknown[]) => Promise<unknown>,
): Queries =>
  Object.fromEntries(Object.entries(QUERIES).map(([name, query]) => [name, make(query as Query, name)])) as Queries;

/** Dead letters are shared by all services, and no read model. */
const isOfReadModels = (name: string): boolean => !Object.hasOwn(deadLetterQueries, name);

const queriesOf = (dbOf: (name: string) => Db): Queries =>
  eachQuery((query, name) => orUnavailable((...asked: readonly unknown[]) => query(dbOf(name), ...asked)));

export interface ReadParts extends LiveChangesParts {
  /** Where what all services share is, unless it is with the read models. */
  readonly shared?: Db;
}

/** Opens the read side of a gateway; disposing it ends its live changes. */
export const openRead = (parts: ReadParts): Read & AsyncDisposable => {
  const { db, shared = db } = parts;
  const changes = openLiveChanges(parts);
  const areStored = openAreStored((eventIds) => storedIds(db, eventIds));
  return {
    ...queriesOf((name) => (isOfReadModels(name) ? db : shared)),
    awaitConsistency: orUnavailable((point, timeoutMs) => awaitConsistency({ db, changes }, point, timeoutMs)),
    awaitEvents: orUnavailable((events, timeoutMs) => awaitEvents({ areStored, changes }, events, timeoutMs)),
    changes,
    [Symbol.asyncDispose]: () => changes[Symbol.asyncDispose](),
  };
};

/** The same, asked of a replica; what that one cannot answer, `read` does. Whoever waits, waits for `read`. */
export const readOfReplica = (db: Db, read: Read): Read => {
  const either = elseBy<Queries>(
    queriesOf(() => db),
    read,
  );
  const ofModels = Object.entries(either).filter(([name]) => isOfReadModels(name));
  return { ...read, ...Object.fromEntries(ofModels) };
};
