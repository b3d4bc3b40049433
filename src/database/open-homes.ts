import { DATABASE_HOMES, type DatabaseAddresses, type DatabaseHome } from '../platform/index.ts';
import { type Database, openDatabase, type PoolOptions } from './open.ts';

/** The databases of all homes; homes at one address have one between them. */
export interface Homes extends AsyncDisposable {
  readonly at: (home: DatabaseHome) => Database;
  /** Each once. */
  readonly all: readonly Database[];
}

/** Opens a pool of the same kind to each. No connection is made before the first query. */
export const openHomes = (addresses: DatabaseAddresses, options: Omit<PoolOptions, 'url'>): Homes => {
  const opened = new AsyncDisposableStack();
  const byUrl = new Map<string, Database>();
  const at = (home: DatabaseHome): Database => {
    const url = addresses[home];
    const database = byUrl.get(url) ?? opened.use(openDatabase({ ...options, url }));
    byUrl.set(url, database);
    return database;
  };
  const all = [...new Set(DATABASE_HOMES.map(at))];
  return { at, all, [Symbol.asyncDispose]: () => opened.disposeAsync() };
};
