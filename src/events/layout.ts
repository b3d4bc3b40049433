import { type Partitioning, UNPARTITIONED } from './partitions.ts';

/** How the streams are divided, as a process knows it: a fraction of a second later than the database. */
export interface Layout {
  readonly current: () => Partitioning;
  /** Asks the database now, for who has seen that it has changed. */
  readonly refresh: () => Promise<Partitioning>;
  /** Calls back after each change, until disposed. */
  readonly onChange: (hear: (now: Partitioning) => void) => Disposable;
}

/** A layout that never changes; by default without partitions. */
export const fixedLayout = (partitioning: Partitioning = UNPARTITIONED): Layout => ({
  current: () => partitioning,
  refresh: async () => partitioning,
  onChange: () => ({ [Symbol.dispose]: () => {} }),
});
