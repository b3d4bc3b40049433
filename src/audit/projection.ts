import type { Tx } from '../database/index.ts';
import type { Logger } from '../platform/index.ts';
import type { StoredRecorded } from './stored-event.ts';

/** The ids of what a batch changed in the read models. */
export interface Changes {
  readonly carts: readonly string[];
  readonly orders: readonly string[];
  readonly products: readonly string[];
}

/** What the events with positions above `after`, up to `position`, changed. */
export interface Announcement extends Changes {
  readonly after: bigint;
  readonly position: bigint;
}

export type Announce = (announcement: Announcement) => Promise<void>;

/**
 * Builds a read model. `apply` gets events that are new to the event store, in its order, and never the same one twice;
 * no other `apply` runs at the same time. It never rejects: a recorded event is a fact.
 */
export interface Projection<T = Tx> {
  readonly name: string;
  readonly apply: (tx: T, batch: readonly StoredRecorded[]) => Promise<Changes>;
}

/** Folds new events into all read models; what that changed. */
export const project = async <T>(
  tx: T,
  projections: readonly Projection<T>[],
  batch: readonly StoredRecorded[],
): Promise<Changes> => {
  const changes = await Promise.all(projections.map(({ apply }) => apply(tx, batch)));
  return {
    carts: changes.flatMap(({ carts }) => carts),
    orders: changes.flatMap(({ orders }) => orders),
    products: changes.flatMap(({ products }) => products),
  };
};

/** Announces what was committed. Whoever misses it finds it in the event store, so a failure is no failure. */
export const announceCommitted = (announce: Announce, logger: Logger, announcement: Announcement): void => {
  announce(announcement).catch((error: unknown) => {
    logger.debug({ error, position: String(announcement.position) }, 'changes not announced');
  });
};
